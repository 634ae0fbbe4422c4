package api

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
)

// routeProjections is what the socket has for whoever runs the program: how the
// projections are doing, and making them anew.
func routeProjections(mux *http.ServeMux, a *app.App) {
	with := askedOf(a)
	mux.HandleFunc("GET /api/regions/{region}/projections", with(func(r *app.Region, q *http.Request) (any, error) {
		return r.Projections(q.Context())
	}))
	mux.HandleFunc("GET /api/regions/{region}/projections/diff", with(func(r *app.Region, q *http.Request) (any, error) {
		return r.Compare(q.Context(), q.FormValue("name"))
	}))
	mux.HandleFunc("POST /api/regions/{region}/projections", with(func(r *app.Region, q *http.Request) (any, error) {
		return r.Rebuild(q.Context(), q.FormValue("name"))
	}))
}

func (r *remote) Projections(ctx context.Context) (all []app.Projected, err error) {
	err = r.client.get(ctx, r.path+"/projections", nil, &all)
	return all, err
}

func (r *remote) Compare(ctx context.Context, name string) (all []app.Compared, err error) {
	err = r.client.get(ctx, r.path+"/projections/diff", url.Values{"name": {name}}, &all)
	return all, err
}

func (r *remote) Rebuild(ctx context.Context, name string) (all []app.Projected, err error) {
	path := "http://framdrift" + r.path + "/projections?" + url.Values{"name": {name}}.Encode()
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, path, http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	err = r.client.send(q, &all, errAway)
	return all, err
}
