package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	json2 "github.com/go-json-experiment/json"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/vault"
)

// A person is who a user is, and who says so, on the wire.
type person struct {
	By    domain.UserID `json:"by,omitempty"`
	User  domain.UserID `json:"user"`
	Name  string        `json:"name"`
	Email string        `json:"email,omitempty"`
}

func people(a *app.App, r *http.Request) ([]person, error) {
	region, err := a.Region(domain.RegionID(r.PathValue("region")))
	if err != nil {
		return nil, err
	}
	entries, err := region.People(r.Context())
	all := make([]person, len(entries))
	for i, e := range entries {
		all[i] = person{User: e.User, Name: e.Name, Email: e.Email}
	}
	return all, err
}

func introduce(a *app.App, w http.ResponseWriter, r *http.Request) (any, error) {
	var p person
	if err := json2.UnmarshalRead(http.MaxBytesReader(w, r.Body, maxBody), &p, strict); err != nil {
		return nil, errBody.With(err)
	}
	region, err := a.Region(domain.RegionID(r.PathValue("region")))
	if err != nil {
		return nil, err
	}
	return struct{}{}, region.Introduce(context.WithoutCancel(r.Context()), p.By, p.User, vault.Person{Name: p.Name, Email: p.Email})
}

func (r *remote) People(ctx context.Context) ([]vault.Entry, error) {
	var all []person
	err := r.client.get(ctx, r.path+"/people", nil, &all)
	entries := make([]vault.Entry, len(all))
	for i, p := range all {
		entries[i] = vault.Entry{User: p.User, Person: vault.Person{Name: p.Name, Email: p.Email}}
	}
	return entries, err
}

func (r *remote) Introduce(ctx context.Context, by, user domain.UserID, who vault.Person) error {
	body, err := json.Marshal(person{by, user, who.Name, who.Email})
	if err != nil {
		return errBody.With(err)
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://framdrift"+r.path+"/people", bytes.NewReader(body))
	if err != nil {
		return errBody.With(err)
	}
	return r.client.send(q, &struct{}{}, errUnknownOutcome)
}
