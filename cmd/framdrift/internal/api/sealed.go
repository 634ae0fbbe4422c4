package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// routeSealed serves the last signed checkpoint of each log and the tiles of its
// tree, as c2sp.org/tlog-tiles has them, under /api/regions/{region}/log:
//
//	checkpoint                  the signed note
//	cosigned                    the last that a witness has cosigned
//	keys                        the public keys, one a line, the newest first
//	tile/<level>/<n>[.p/<w>]    hashes
//	tile/entries/…, tile/lines/…    the events
func routeSealed(mux *http.ServeMux, a *app.App) {
	region := func(read func(r *app.Region, q *http.Request) (string, []byte, error)) http.HandlerFunc {
		return func(w http.ResponseWriter, q *http.Request) {
			var kind string
			var body []byte
			r, err := a.Region(domain.RegionID(q.PathValue("region")))
			if err == nil {
				kind, body, err = read(r, q)
			}
			if err != nil {
				writeProblem(w, err)
				return
			}
			w.Header().Set("Content-Type", kind)
			w.Header().Set("X-Content-Type-Options", "nosniff")
			_, _ = w.Write(body) // the only error left is a reader that went away
		}
	}
	const text = "text/plain; charset=utf-8"
	mux.HandleFunc("GET /api/regions/{region}/log/"+seal.CheckpointPath, region(func(r *app.Region, _ *http.Request) (string, []byte, error) {
		return text, []byte(r.Signed().Checkpoint), nil
	}))
	mux.HandleFunc("GET /api/regions/{region}/log/cosigned", region(func(r *app.Region, _ *http.Request) (string, []byte, error) {
		cosigned, err := r.Cosigned()
		return text, []byte(cosigned), err
	}))
	mux.HandleFunc("GET /api/regions/{region}/log/keys", region(func(r *app.Region, _ *http.Request) (string, []byte, error) {
		var lines []byte
		for _, key := range r.Signed().Keys {
			lines = append(append(lines, key...), '\n')
		}
		return text, lines, nil
	}))
	mux.HandleFunc("GET /api/regions/{region}/log/tile/{path...}", region(func(r *app.Region, q *http.Request) (string, []byte, error) {
		tile, err := r.Tile(q.Context(), "tile/"+q.PathValue("path"))
		return "application/octet-stream", tile, err
	}))
}

// routeSealing is what the socket has beside it: to sign, to prove and to verify.
func routeSealing(mux *http.ServeMux, a *app.App) {
	with := askedOf(a)
	mux.HandleFunc("POST /api/regions/{region}/log/checkpoint", with(func(r *app.Region, q *http.Request) (any, error) {
		return r.Checkpoint(q.Context())
	}))
	mux.HandleFunc("POST /api/regions/{region}/log/cosigned", with(func(r *app.Region, q *http.Request) (any, error) {
		var c cosigned
		if err := json.NewDecoder(http.MaxBytesReader(nil, q.Body, maxCosigned)).Decode(&c); err != nil {
			return nil, errBody.With(err)
		}
		return r.AddCosigned(q.Context(), c.Checkpoint, c.Witnesses)
	}))
	mux.HandleFunc("GET /api/regions/{region}/log/proof", with(func(r *app.Region, q *http.Request) (any, error) {
		position, err := numberOf("position", q.FormValue("position"), 0)
		if err != nil {
			return nil, err
		}
		return r.Prove(q.Context(), position)
	}))
	mux.HandleFunc("GET /api/regions/{region}/log/verification", with(func(r *app.Region, q *http.Request) (any, error) {
		return a.Look().Verify(q.Context(), r.ID(), func(int64, int64) {})
	}))
}

// maxCosigned bounds a checkpoint with its cosignatures, in bytes.
const maxCosigned = 256 << 10

// cosigned is a checkpoint that comes back from a witness.
type cosigned struct {
	Checkpoint string   `json:"checkpoint"`
	Witnesses  []string `json:"witnesses"` // public keys of new ones
}

func (r *remote) AddCosigned(ctx context.Context, checkpoint string, witnesses []string) (names []string, err error) {
	body, err := json.Marshal(cosigned{checkpoint, witnesses})
	if err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://framdrift"+r.path+"/log/cosigned", bytes.NewReader(body))
	if err == nil {
		err = r.client.send(q, &names, errAway)
	}
	return names, err
}

func (r *remote) Checkpoint(ctx context.Context) (s app.Sealed, err error) {
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://framdrift"+r.path+"/log/checkpoint", http.NoBody)
	if err == nil {
		err = r.client.send(q, &s, errAway)
	}
	return s, err
}

func (r *remote) Prove(ctx context.Context, position uint64) (proof string, err error) {
	v := query("", app.Per{})
	v.Set("position", strconv.FormatUint(position, 10))
	err = r.client.get(ctx, r.path+"/log/proof", v, &proof)
	return proof, err
}

// Verify is what the serve finds when it reads the log of a region anew.
func (c *Client) Verify(ctx context.Context, id domain.RegionID) (v app.Verification, err error) {
	region, err := c.Region(ctx, id)
	if err != nil {
		return v, err
	}
	err = c.get(ctx, region.(*remote).path+"/log/verification", nil, &v)
	return v, err
}
