package api

import (
	"context"
	"net/http"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

func readTertial(ctx context.Context, r *app.Region, q *http.Request, per app.Per) (any, error) {
	from, wrong := domain.ParseDate(q.FormValue("from"))
	to, err := domain.ParseDate(q.FormValue("to"))
	if err := domain.FirstError(wrong, err); err != nil {
		return nil, err
	}
	return r.Tertial(ctx, domain.PlanID(q.FormValue("plan")), from, to, per)
}

// routeProgramme is the regions beside each other; the report of each is
// asked for by itself.
func routeProgramme(mux *http.ServeMux, a *app.App, shown form) {
	all := app.Members{
		Region: func(_ context.Context, id domain.RegionID) (app.Reporter, error) { return a.Region(id) },
		Tell:   func(int, int) {},
	}
	mux.HandleFunc("GET /api/programme", func(w http.ResponseWriter, q *http.Request) {
		answer(w, func() (any, error) {
			per, err := app.ParsePer(q.FormValue("per"), q.FormValue("visning"))
			if err != nil {
				return nil, err
			}
			m, err := all.As(per)
			if err != nil {
				return nil, err
			}
			m.IDs = a.RegionIDs()
			return shown(q, func() (any, error) { return app.Programme(q.Context(), q.FormValue("programme"), per.View, m) })
		})
	})
}

func (r *remote) Tertial(ctx context.Context, id domain.PlanID, from, to domain.Date, per app.Per) (t finalreport.Tertial, err error) {
	v := query(id, per)
	v.Set("from", from.String())
	v.Set("to", to.String())
	err = r.client.get(ctx, r.path+"/report/tertial", v, &t)
	return t, err
}

func (r *remote) Figures(ctx context.Context, id domain.PlanID, per app.Per) (f finalreport.RegionFigures, err error) {
	err = r.client.get(ctx, r.path+"/report/figures", query(id, per), &f)
	return f, err
}

func (r *remote) Would(ctx context.Context, ask domain.Request) error {
	_, err := r.client.post(ctx, r.path+"/commands?would=1", ask)
	return err
}
