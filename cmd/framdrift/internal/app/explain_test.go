package app

import (
	"errors"
	"io/fs"
	"syscall"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
)

// A log whose files we may not use is not for that a damaged log.
func TestDamageIsToldFromWhatWeMayNotUse(t *testing.T) {
	for code, cause := range map[string]error{
		"log.no-access": &fs.PathError{Op: "open", Path: "1.blk", Err: syscall.EROFS},
		"log.damaged":   &fs.PathError{Op: "read", Path: "1.blk", Err: syscall.EIO},
		"log.foreign":   eventstore.ErrForeign,
	} {
		err := explain("fosen", &eventstore.DamageError{Region: "fosen", Sequence: 1, Reason: "1.blk", Cause: cause})
		if e := domain.Explain(err); e.Code != code || e.Kind != domain.Damaged || !errors.Is(err, cause) {
			t.Errorf("%v is told as %v", cause, err)
		}
	}
}
