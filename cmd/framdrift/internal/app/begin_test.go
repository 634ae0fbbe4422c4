package app_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

// However many ask at once, a region begins once.
func TestARegionBeginsOnce(t *testing.T) {
	a := open(t, t.TempDir())
	defer closeApp(t, a)
	var wait sync.WaitGroup
	for i := range 16 {
		wait.Go(func() {
			if _, err := a.Init(context.Background(), ask(commandID(i), actors.RegisterRegion{Region: "fosen", Name: "Fosenregionen"})); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	r, err := a.Region("fosen")
	if err != nil {
		t.Fatal(err)
	}
	if got := position(r); got != 3 {
		t.Errorf("the log has %d events, want the 3 that begin it", got)
	}
}

func TestARefusedInitLeavesNoRegion(t *testing.T) {
	a := open(t, t.TempDir())
	defer closeApp(t, a)
	for name, q := range map[string]domain.Request{
		"no name":         ask(commandID(1), actors.RegisterRegion{Region: "fosen"}),
		"no id":           ask(commandID(2), actors.RegisterRegion{Name: "Fosen"}),
		"a path":          ask(commandID(3), actors.RegisterRegion{Region: "../fosen", Name: "Fosen"}),
		"nobody asks":     {ID: commandID(4), Channel: domain.ChannelCLI, Command: actors.RegisterRegion{Region: "fosen", Name: "Fosen"}},
		"from the future": {ID: commandID(5), By: "u1", Effective: domain.MustDate("2099-01-01"), Command: actors.RegisterRegion{Region: "fosen", Name: "Fosen"}},
	} {
		if _, err := a.Init(context.Background(), q); err == nil {
			t.Errorf("%s: a region has begun", name)
		}
	}
	if regions := a.Regions(); len(regions) != 0 {
		t.Errorf("there are %d regions", len(regions))
	}
}

// A log that is gone, or the keys of its texts, are not replaced by new ones.
func TestWhatIsGoneIsNotMadeAnew(t *testing.T) {
	for _, part := range []string{"jetstream", "vault", "vault/keys"} {
		t.Run(part, func(t *testing.T) {
			dir := t.TempDir()
			a := open(t, dir)
			fill(t, a, 1)
			closeApp(t, a)
			gone := filepath.Join(dir, part)
			if err := os.RemoveAll(gone); err != nil {
				t.Fatal(err)
			}
			if _, err := app.Open(context.Background(), app.Options{Dir: dir}); domain.KindOf(err) != domain.Damaged {
				t.Errorf("it is opened: %v", err)
			}
			if _, err := os.Stat(gone); err == nil {
				t.Errorf("%s has been made anew", part)
			}
		})
	}
}
