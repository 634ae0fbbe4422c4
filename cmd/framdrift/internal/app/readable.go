package app

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

// An auditor reads a log in a file with the keys of its texts in another, a
// line each (docs/format.md):
//
//	{"event":"0193471e-7a5c-7d3e-8f10-2b4c6d8e0f12","key":"qOUHJKJOSTKtVLX6cYKNPfHNO2SRPoPSUl44OBJdGYs"}
type keyLine struct {
	Event domain.EventID `json:"event"`
	Key   string         `json:"key"`
}

// mostInALine bounds a line of a log in a file that goes into no store.
const mostInALine = 64 << 20

var errKeyLine = book.Rule(domain.Invalid, "keys.foreign",
	"Linje %[1]d i fila med nøkler er ikke en nøkkel som «log export --readable» har skrevet. Hent fila på nytt.",
	"Linje %[1]d i fila med nøklar er ikkje ein nøkkel som «log export --readable» har skrive. Hent fila på nytt.",
	"Line %[1]d of the file with keys is not a key that “log export --readable” wrote. Fetch the file again.")

// ExportKeys writes the keys of the texts that are not erased, of the first
// events of a region's log, and gives how many they are. Whoever has them and
// the log can read every text.
func (a *App) ExportKeys(ctx context.Context, id domain.RegionID, events uint64, w io.Writer) (int, error) {
	id, err := ChooseRegion(a.RegionIDs(), id)
	if err != nil {
		return 0, err
	}
	r, err := a.Region(id)
	if err != nil {
		return 0, err
	}
	found := &finding{Keys: r.erasing.keys, to: json.NewEncoder(w)}
	reading := codec.New(found)
	for m, err := range r.log.Read(ctx, eventstore.Head{}) {
		if err != nil {
			return found.n, explain(id, err)
		}
		for position, line := range m.Lines() {
			if position > events {
				return found.n, nil
			}
			if _, err := reading.Decode(line); err != nil {
				return found.n, explain(id, fmt.Errorf("position %d: %w", position, err))
			}
		}
	}
	return found.n, nil
}

// finding writes every key that is found, once.
type finding struct {
	codec.Keys
	to   *json.Encoder
	last domain.EventID
	n    int
}

func (f *finding) Find(id domain.EventID) (codec.Key, error) {
	key, err := f.Keys.Find(id)
	if err != nil || id == f.last {
		return key, err
	}
	f.last = id
	f.n++
	return key, f.to.Encode(keyLine{id, base64.RawURLEncoding.EncodeToString(key[:])})
}

// given is the keys of a file.
type given map[domain.EventID]codec.Key

func (given) Make(domain.EventID) (codec.Key, error) {
	return codec.Key{}, errors.New("app: nothing is sealed while a copy is read")
}

func (g given) Find(id domain.EventID) (codec.Key, error) {
	key, ok := g[id]
	if !ok {
		return key, codec.ErrNoKey
	}
	return key, nil
}

// ReadKeys reads the keys that ExportKeys wrote.
func ReadKeys(from io.Reader) (codec.Keys, error) {
	all, lines := given{}, bufio.NewScanner(from)
	for n := 1; lines.Scan(); n++ {
		var line keyLine
		err := json.Unmarshal(lines.Bytes(), &line)
		key, bad := base64.RawURLEncoding.Strict().DecodeString(line.Key)
		if err != nil || bad != nil || len(key) != len(codec.Key{}) || line.Event == "" {
			return nil, errKeyLine.With(n)
		}
		all[line.Event] = codec.Key(key)
	}
	return all, lines.Err()
}
