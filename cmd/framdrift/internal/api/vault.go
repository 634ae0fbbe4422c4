package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	json2 "github.com/go-json-experiment/json"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
)

// A vaultCopy is where a copy of the vault is to be, and how many keys it got.
type vaultCopy struct {
	Dir  string `json:"dir"`
	Keys int    `json:"keys,omitempty"`
}

func backUpVault(a *app.App, w http.ResponseWriter, r *http.Request) (done vaultCopy, err error) {
	if err := json2.UnmarshalRead(http.MaxBytesReader(w, r.Body, maxBody), &done, strict); err != nil {
		return done, errBody.With(err)
	}
	done.Keys, err = a.BackUpVault(r.Context(), done.Dir)
	return done, err
}

// BackUpVault has the serve write a copy of the vault to a directory, which it
// must be told whole.
func (c *Client) BackUpVault(ctx context.Context, dir string) (keys int, err error) {
	body, err := json.Marshal(vaultCopy{Dir: dir})
	if err != nil {
		return 0, errBody.With(err)
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://framdrift/api/vault/backup", bytes.NewReader(body))
	if err != nil {
		return 0, fmt.Errorf("api: %w", err)
	}
	var done vaultCopy
	err = c.send(q, &done, errUnknownOutcome)
	return done.Keys, err
}
