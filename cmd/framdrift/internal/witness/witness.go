// Package witness is what a member municipality runs so that nobody, not even
// whoever keeps the log, can rewrite its past unseen. A round is
//
//	fetch the checkpoint → is it signed by the log → fetch the tiles that show
//	whether the log extends the one seen last → keep it → cosign it
//
// What has been seen last lies in a directory of the witness's own, a file for
// each log: the checkpoint with the witness's own cosignature. It is on disk
// before anybody gets the cosignature.
//
// The log is asked over HTTP for what c2sp.org/tlog-tiles says, under a prefix.
// Nothing it answers is believed: the proof is held against the signed roots.
package witness

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

const (
	// patience is how long one question to the log may take.
	patience = 30 * time.Second
	// largest is the largest checkpoint that is read, in bytes.
	largest = 64 << 10
)

// ErrLog is a log that cannot be reached, or does not answer as one.
var ErrLog = errors.New("witness: the log does not answer")

// A Witness watches logs.
type Witness struct {
	Key   *seal.Cosigner
	State string // the directory of what has been seen
	Now   func() time.Time
}

// A Seen is what came of a round.
type Seen struct {
	Origin   string    `json:"origin"`
	Events   uint64    `json:"events"`
	Root     string    `json:"root"`
	Before   uint64    `json:"before"` // events of the log when it was last seen
	At       time.Time `json:"at"`
	Cosigned string    `json:"cosigned"` // the checkpoint with the cosignature
}

// Round looks at the log under a prefix once. Errors: ErrLog; seal.ErrSignature
// and its kin for what the log has not signed; seal.ErrRollback, seal.ErrFork
// and seal.ErrUnproven for a log that was rewritten, after the checkpoint that
// shows it has been kept beside the one seen before.
func (w *Witness) Round(ctx context.Context, prefix string, log *seal.Policy) (Seen, error) {
	signed, err := get(ctx, prefix+"/"+seal.CheckpointPath, largest)
	if err != nil {
		return Seen{}, err
	}
	c, _, err := log.Open(signed)
	if err != nil {
		return Seen{}, fmt.Errorf("witness: %w", err)
	}
	last, err := w.last(log)
	if err != nil {
		return Seen{}, err
	}
	proof, err := prove(ctx, prefix, last, c.TreeHead)
	if errors.Is(err, ErrLog) {
		return Seen{}, err
	}
	now := w.Now().UTC().Truncate(time.Second)
	line, head, err := seal.Witness{Log: log, Key: w.Key}.Cosign(last, signed, proof, now)
	if err != nil {
		return Seen{}, errors.Join(fmt.Errorf("witness: %w", err), w.keep(log.Origin()+".refused", signed))
	}
	cosigned := append(append([]byte{}, signed...), line...)
	if err := w.keep(log.Origin()+".checkpoint", cosigned); err != nil {
		return Seen{}, err
	}
	return Seen{Origin: c.Origin, Events: head.Size, Root: head.Root.String(), Before: last.Size, At: now, Cosigned: string(cosigned)}, nil
}

// prove makes the proof that the log extends what was seen, of tiles that it
// serves. A log that cannot show it gives no proof, which Cosign refuses.
func prove(ctx context.Context, prefix string, last, now seal.TreeHead) ([]seal.Hash, error) {
	if last.Size == 0 || last.Size >= now.Size {
		return nil, nil
	}
	t := &tree{ctx: ctx, prefix: prefix, size: now.Size, tiles: map[string][]byte{}}
	proof, err := seal.ProveExtension(t, now, last.Size)
	if t.failed != nil {
		return nil, t.failed
	}
	return proof, err
}

// last is the head that was seen last.
func (w *Witness) last(log *seal.Policy) (seal.TreeHead, error) {
	signed, err := os.ReadFile(w.file(log.Origin() + ".checkpoint"))
	if errors.Is(err, fs.ErrNotExist) {
		return seal.TreeHead{}, nil
	}
	if err != nil {
		return seal.TreeHead{}, fmt.Errorf("witness: %w", err)
	}
	c, err := seal.Unverified(signed) // it is ours, and the log may have another key by now
	if err == nil && c.Origin != log.Origin() {
		err = seal.ErrOrigin
	}
	if err != nil {
		return seal.TreeHead{}, fmt.Errorf("witness: what was seen last, %s: %w", w.file(log.Origin()+".checkpoint"), err)
	}
	return c.TreeHead, nil
}

func (w *Witness) file(name string) string {
	return filepath.Join(w.State, strings.ReplaceAll(name, "/", "_"))
}

// keep writes a file that is there whole or not at all, on disk.
func (w *Witness) keep(name string, content []byte) error {
	path := w.file(name)
	err := os.MkdirAll(w.State, 0o700)
	var f *os.File
	if err == nil {
		f, err = os.CreateTemp(w.State, ".*.tmp")
	}
	if err == nil {
		_, err = f.Write(content)
		err = errors.Join(err, f.Sync(), f.Close())
		if err == nil {
			err = os.Rename(f.Name(), path)
		}
	}
	var dir *os.File
	if err == nil {
		dir, err = os.Open(w.State)
	}
	if err == nil {
		err = errors.Join(dir.Sync(), dir.Close())
	}
	if err != nil {
		return fmt.Errorf("witness: keeping %s: %w", path, err)
	}
	return nil
}

// A tree reads the hashes of a log's tree from the tiles that the log serves.
type tree struct {
	ctx    context.Context //nolint:containedctx // seal.Hashes has none, and a tree lives for one proof
	prefix string
	size   uint64
	tiles  map[string][]byte
	failed error
}

// ReadHashes is that of seal.Hashes.
func (t *tree) ReadHashes(level int, first uint64, p []byte) error {
	for n := range uint64(len(p) / len(seal.Hash{})) {
		at := first + n
		tile := seal.Tile{Kind: seal.HashTile, Level: level, N: at / seal.TileWidth, Width: seal.TileWidth}
		if whole := t.size >> (8 * level); (tile.N+1)*seal.TileWidth > whole {
			if at >= whole {
				return seal.ErrNoHash
			}
			tile.Width = int(whole - tile.N*seal.TileWidth) //nolint:gosec // less than a tile
		}
		data, err := t.tile(tile)
		if err != nil {
			return err
		}
		copy(p[n*32:(n+1)*32], data[at%seal.TileWidth*32:])
	}
	return nil
}

func (t *tree) tile(tile seal.Tile) ([]byte, error) {
	path := tile.Path()
	if data, ok := t.tiles[path]; ok {
		return data, nil
	}
	data, err := get(t.ctx, t.prefix+"/"+path, seal.TileWidth*32)
	if err == nil && len(data) != tile.Width*32 {
		err = fmt.Errorf("%w: %s has %d bytes", ErrLog, path, len(data))
	}
	if err != nil {
		t.failed = err
		return nil, err
	}
	t.tiles[path] = data
	return data, nil
}

// client asks now and then, so no connection is kept.
var client = &http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true}}

// get reads what lies at an address, up to so many bytes.
func get(ctx context.Context, url string, most int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLog, err)
	}
	answer, err := client.Do(q)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLog, err)
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, most+1))
	err = errors.Join(err, answer.Body.Close())
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrLog, err)
	case answer.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("%w: %s: %s", ErrLog, url, answer.Status)
	case int64(len(body)) > most:
		return nil, fmt.Errorf("%w: %s has more than %d bytes", ErrLog, url, most)
	}
	return body, nil
}
