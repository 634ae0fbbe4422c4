package api

import (
	"encoding/json"
	"net/http"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
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
	return m
}()

func command[C domain.Command](m map[string]func(json.RawMessage) (domain.Command, error)) {
	var zero C
	m[zero.CommandName()] = func(data json.RawMessage) (domain.Command, error) {
		var c C
		err := json.Unmarshal(data, &c)
		return c, err
	}
}

func encodeRequest(ask domain.Request) (request, error) {
	data, err := json.Marshal(ask.Command)
	return request{
		ID: ask.ID, By: ask.By, OnBehalfOf: ask.OnBehalfOf, Channel: ask.Channel, Plan: ask.Plan,
		Effective: ask.Effective, Retrospective: ask.Retrospective, Command: ask.Command.CommandName(), Data: data,
	}, err
}

func (r request) decode() (domain.Request, error) {
	decode, ok := decoders[r.Command]
	if !ok {
		return domain.Request{}, errCommand.With(r.Command)
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
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&q); err != nil {
		return domain.Request{}, errBody.With(err)
	}
	return q.decode()
}
