package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	json2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	json1 "github.com/go-json-experiment/json/v1"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/domain/story"
)

// A request is domain.Request on the wire: the command by its name, and its
// fields as data.
type request struct {
	ID            domain.CommandID `json:"id"`
	By            domain.UserID    `json:"by"`
	OnBehalfOf    domain.ActorID   `json:"onBehalfOf,omitempty"`
	Channel       domain.Channel   `json:"channel"`
	Plan          domain.PlanID    `json:"plan,omitempty"`
	Effective     domain.Date      `json:"effective,omitzero"`
	Retrospective bool             `json:"retrospective,omitempty"`
	Command       string           `json:"command"`
	Data          json.RawMessage  `json:"data"`
}

// decoders holds every command that can be sent.
var decoders = func() map[string]func(json.RawMessage) (domain.Command, error) {
	m := map[string]func(json.RawMessage) (domain.Command, error){}
	command[actors.RegisterRegion](m)
	command[actors.DescribeRegion](m)
	command[actors.JoinProgramme](m)
	command[actors.Register](m)
	command[actors.Classify](m)
	command[actors.Merge](m)
	command[actors.Grant](m)
	command[actors.Revoke](m)
	command[actors.Forget](m)
	command[plan.Import](m)
	command[plan.Endorse](m)
	command[plan.Revise](m)
	command[plan.Close](m)
	command[plan.Amend](m)
	command[plan.Withdraw](m)
	command[plan.Assign](m)
	command[plan.Accept](m)
	command[plan.Decline](m)
	command[plan.AdoptDeadline](m)
	command[plan.GiveForecast](m)
	command[plan.Start](m)
	command[plan.HandleDeviation](m)
	command[plan.ConfirmPartner](m)
	command[plan.ResolvePartner](m)
	command[plan.RecordContribution](m)
	command[plan.AttachEvidence](m)
	command[plan.Complete](m)
	command[plan.Reopen](m)
	command[reporting.OpenPeriod](m)
	command[reporting.ClosePeriod](m)
	command[reporting.Report](m)
	command[reporting.Return](m)
	command[reporting.Approve](m)
	command[reporting.WithdrawReport](m)
	command[reporting.DefineDelivery](m)
	command[story.WriteLead](m)
	command[story.SetGoal](m)
	command[story.RecordResult](m)
	command[story.GiveAdvice](m)
	command[story.PlanContinuation](m)
	command[story.NoteObstacle](m)
	command[story.QuoteExcerpt](m)
	command[story.LinkDocument](m)
	command[story.FormTeam](m)
	command[story.PublishReport](m)
	command[correction.Redact](m)
	return m
}()

func command[C domain.Command](m map[string]func(json.RawMessage) (domain.Command, error)) {
	var zero C
	m[zero.CommandName()] = func(data json.RawMessage) (domain.Command, error) {
		var c C
		err := json2.Unmarshal(data, &c, strict)
		return c, err
	}
}

// strict refuses what is not one JSON value in UTF-8, a name that stands
// twice, and a field that this program does not know, which a newer command
// line may send: what somebody said is never dropped in silence.
var strict = json2.JoinOptions(json2.RejectUnknownMembers(true), json2.MatchCaseInsensitiveNames(true))

// sparse leaves out what is not there, and only that: an empty thing is sent
// as empty.
var sparse = json2.JoinOptions(json2.OmitZeroStructFields(true), json1.OmitEmptyWithLegacySemantics(true))

// channels are the ways a command may say it came.
var channels = []domain.Channel{domain.ChannelWeb, domain.ChannelAPI, domain.ChannelCLI, domain.ChannelImport, domain.ChannelSystem}

func encodeRequest(ask domain.Request) (request, error) {
	data, err := json2.Marshal(ask.Command, sparse)
	if err == nil {
		data, err = lowerNames(data)
	}
	return request{
		ID: ask.ID, By: ask.By, OnBehalfOf: ask.OnBehalfOf, Channel: ask.Channel, Plan: ask.Plan,
		Effective: ask.Effective, Retrospective: ask.Retrospective, Command: ask.Command.CommandName(), Data: data,
	}, err
}

// lowerNames gives every name in a JSON text its outside form, lowerCamelCase:
// the commands are plain structs of the domain.
func lowerNames(text []byte) ([]byte, error) {
	var out bytes.Buffer
	from, to := jsontext.NewDecoder(bytes.NewReader(text)), jsontext.NewEncoder(&out)
	for {
		token, err := from.ReadToken()
		if errors.Is(err, io.EOF) {
			return bytes.TrimSpace(out.Bytes()), nil
		}
		if err != nil {
			return nil, err
		}
		if kind, n := from.StackIndex(from.StackDepth()); kind == '{' && n%2 == 1 && token.Kind() == '"' {
			token = jsontext.String(lowerCamel(token.String()))
		}
		if err := to.WriteToken(token); err != nil {
			return nil, err
		}
	}
}

func lowerCamel(name string) string {
	if name == strings.ToUpper(name) {
		return strings.ToLower(name)
	}
	return strings.ToLower(name[:1]) + name[1:]
}

func (r request) decode() (domain.Request, error) {
	decode, ok := decoders[r.Command]
	if !ok {
		return domain.Request{}, errCommand.With(r.Command)
	}
	if err := domain.CheckChoice("channel", r.Channel, channels...); err != nil {
		return domain.Request{}, err
	}
	c, err := decode(r.Data)
	if err != nil {
		return domain.Request{}, errBody.With(err)
	}
	return domain.Request{
		ID: r.ID, By: r.By, OnBehalfOf: r.OnBehalfOf, Channel: r.Channel, Plan: r.Plan,
		Effective: r.Effective, Retrospective: r.Retrospective, Command: c,
	}, nil
}

func readRequest(w http.ResponseWriter, r *http.Request) (domain.Request, error) {
	var q request
	err := json2.UnmarshalRead(http.MaxBytesReader(w, r.Body, maxBody), &q, strict)
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return domain.Request{}, errBodyTooLarge.With(maxBody)
	}
	if err != nil {
		return domain.Request{}, errBody.With(err)
	}
	return q.decode()
}
