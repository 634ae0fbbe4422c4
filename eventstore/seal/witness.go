package seal

import (
	"bytes"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// A Witness cosigns the checkpoints of a log as long as each extends the one
// before. Whoever runs it keeps the last checkpoint it cosigned on disk, gives
// it with the next, and has stored the new one before anyone gets the
// cosignature; two at once would let the log go back.
type Witness struct {
	Log *Policy // the log's keys; a quorum of none
	Key *Cosigner
}

// Cosign gives the signature line for a checkpoint, and its head to be kept,
// when the proof shows that it extends the last; the zero TreeHead is none
// seen, and then the proof is empty. The same checkpoint again is cosigned
// again, with its time. Else the error says why not, and the answer to give
// by c2sp.org/tlog-witness is in parentheses: ErrMalformed (400), ErrOrigin
// (404), ErrSignature (403), ErrRollback (409), ErrFork (409; keep both
// checkpoints, they are the evidence), ErrUnproven (422).
func (w Witness) Cosign(last TreeHead, signed []byte, proof []Hash, at time.Time) (line []byte, seen TreeHead, err error) {
	c, _, err := w.Log.Open(signed)
	if err != nil {
		return nil, last, err
	}
	switch {
	case c.Size < last.Size:
		return nil, last, fmt.Errorf("%w: %s has %d events, and had %d", ErrRollback, c.Origin, c.Size, last.Size)
	case c.Size == last.Size && c.Size > 0 && c.Root != last.Root:
		return nil, last, fmt.Errorf("%w: at %d events %s has the root %v, and had %v", ErrFork, c.Size, c.Origin, c.Root, last.Root)
	}
	if err := CheckExtension(proof, last, c.TreeHead); err != nil {
		return nil, last, fmt.Errorf("%w: %w", ErrUnproven, err)
	}
	cosigned, err := note.Sign(&note.Note{Text: c.Text()}, w.Key.At(at))
	if err != nil {
		return nil, last, fmt.Errorf("seal: cosigning: %w", err)
	}
	_, line, _ = bytes.Cut(cosigned, []byte("\n\n"))
	return line, c.TreeHead, nil
}
