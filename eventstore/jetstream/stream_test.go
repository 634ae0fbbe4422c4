package jetstream

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/eventstore"
)

// settings are the ways of keeping a stream that would lose or change events.
var settings = []struct {
	name   string
	change func(*natsjs.StreamConfig)
	// refused by the server itself: such a stream can only have been made by another version of it
	impossible bool
}{
	{"storage", func(c *natsjs.StreamConfig) { c.Storage = natsjs.MemoryStorage }, false},
	{"persist_mode", func(c *natsjs.StreamConfig) { c.PersistMode = natsjs.AsyncPersistMode }, false},
	{"no_ack", func(c *natsjs.StreamConfig) { c.NoAck = true }, false},
	{"retention", func(c *natsjs.StreamConfig) { c.Retention = natsjs.InterestPolicy }, false},
	{"retention", func(c *natsjs.StreamConfig) { c.Retention = natsjs.WorkQueuePolicy }, false},
	{"max_age", func(c *natsjs.StreamConfig) { c.MaxAge = 100 * 365 * 24 * time.Hour }, false},
	{"max_msgs", func(c *natsjs.StreamConfig) { c.MaxMsgs = 1 << 40 }, false},
	{"max_bytes", func(c *natsjs.StreamConfig) { c.MaxBytes = 1 << 30 }, false},
	{"max_msgs_per_subject", func(c *natsjs.StreamConfig) { c.MaxMsgsPerSubject = 1 }, false},
	{"discard", func(c *natsjs.StreamConfig) { c.Discard = natsjs.DiscardOld }, false},
	{"deny_delete", func(c *natsjs.StreamConfig) { c.DenyDelete = false }, false},
	{"deny_purge", func(c *natsjs.StreamConfig) { c.DenyPurge = false }, false},
	{"allow_rollup_hdrs", func(c *natsjs.StreamConfig) { c.AllowRollup = true }, true},
	{"allow_msg_ttl", func(c *natsjs.StreamConfig) { c.AllowMsgTTL = true }, false},
	{"subject_delete_marker_ttl", func(c *natsjs.StreamConfig) { c.SubjectDeleteMarkerTTL = time.Hour }, false},
	{"allow_msg_counter", func(c *natsjs.StreamConfig) { c.AllowMsgCounter = true }, true},
	{"allow_msg_schedules", func(c *natsjs.StreamConfig) { c.AllowMsgSchedules = true }, true},
	{"compression", func(c *natsjs.StreamConfig) { c.Compression = natsjs.S2Compression }, false},
	{"subjects", func(c *natsjs.StreamConfig) { c.Subjects = []string{"framdrift.fosen.plan.>"} }, false},
	{"subjects", func(c *natsjs.StreamConfig) { c.Subjects = append(c.Subjects, "elsewhere.>") }, false},
	{"subject_transform", func(c *natsjs.StreamConfig) {
		c.SubjectTransform = &natsjs.SubjectTransformConfig{Source: "framdrift.fosen.>", Destination: "framdrift.fosen.moved.>"}
	}, false},
	{"mirror", func(c *natsjs.StreamConfig) { c.Subjects, c.Mirror = nil, &natsjs.StreamSource{Name: "OTHER"} }, false},
	{"mirror", func(c *natsjs.StreamConfig) { c.Mirror = &natsjs.StreamSource{Name: "OTHER"} }, true},
	{"sources", func(c *natsjs.StreamConfig) { c.Sources = []*natsjs.StreamSource{{Name: "OTHER"}} }, false},
	{"republish", func(c *natsjs.StreamConfig) {
		c.RePublish = &natsjs.RePublish{Source: ">", Destination: "copy.>"}
	}, false},
	{"first_seq", func(c *natsjs.StreamConfig) { c.FirstSeq = 5 }, false},
	{"allow_direct", func(c *natsjs.StreamConfig) { c.AllowDirect = true }, false},
	{"mirror_direct", func(c *natsjs.StreamConfig) { c.MirrorDirect = true }, true},
}

func TestASettingThatLosesOrChangesEventsIsRefused(t *testing.T) {
	for i, tt := range settings {
		t.Run(fmt.Sprintf("%d %s", i, tt.name), func(t *testing.T) {
			f := openWithRoot(t)
			config := streamConfig(region, 1)
			tt.change(&config)
			_, err := f.root.CreateStream(t.Context(), config)
			if (err != nil) != tt.impossible {
				t.Fatalf("the server makes such a stream with the error %v", err)
			}
			if tt.impossible {
				err = check(region, config)
			} else {
				_, err = f.Open(t.Context(), region)
			}
			var refused *eventstore.SettingsError
			if !errors.As(err, &refused) || !strings.HasPrefix(refused.Setting, tt.name+" ") || refused.Region != region {
				t.Errorf("Open gives %v", err)
			}
		})
	}
}

func TestASettingThatOnlyRefusesIsNot(t *testing.T) {
	f := openWithRoot(t)
	config := streamConfig(region, 1)
	config.MaxMsgSize = 100_000
	config.Description = "made by an operator"
	config.MaxConsumers = 50
	config.Metadata = nil
	if _, err := f.root.CreateStream(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	log, err := f.Open(t.Context(), region)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := log.MaxPayload(), 100_000-headerRoom; got != want {
		t.Errorf("MaxPayload is %d, want %d", got, want)
	}
}

func TestAStreamThatIsMadeTwiceAtOnceIsMadeOnce(t *testing.T) {
	s := openAt(t, Embedded{Dir: t.TempDir()})
	errs := make(chan error)
	for range 8 {
		go func() {
			_, err := s.Create(t.Context(), region)
			errs <- err
		}()
	}
	made := 0
	for range 8 {
		switch err := <-errs; {
		case err == nil:
			made++
		case !errors.Is(err, eventstore.ErrExists):
			t.Errorf("Create: %v", err)
		}
	}
	if made != 1 {
		t.Errorf("it was made %d times", made)
	}
}

func TestAStreamInThePlaceOfAnotherIsNotMade(t *testing.T) {
	f := openWithRoot(t)
	config := streamConfig("other", 1)
	config.Subjects = []string{"framdrift.fosen.>"}
	if _, err := f.root.CreateStream(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Create(t.Context(), region); err == nil || errors.Is(err, eventstore.ErrExists) {
		t.Errorf("Create where another stream takes the subjects gives %v", err)
	}
	if _, err := f.Open(t.Context(), region); !errors.Is(err, eventstore.ErrMissing) {
		t.Errorf("Open gives %v", err)
	}
}

// A kill in the middle of a Create leaves any beginning of what the server
// makes; none keeps the region from getting a log that can be opened again.
func TestALogThatWasNeverBegunIsMadeAnew(t *testing.T) {
	for what, leave := range map[string]func(dir string) error{
		"a directory":                 func(dir string) error { return os.RemoveAll(inStream(dir, metaFile)) },
		"settings without a checksum": func(dir string) error { return os.Remove(inStream(dir, sumFile)) },
		"settings in part":            func(dir string) error { return os.Truncate(inStream(dir, metaFile), 100) },
	} {
		dir := t.TempDir()
		store := openAt(t, Embedded{Dir: dir})
		createLog(t, store)
		closeStore(t, store)
		must(t, leave(dir))
		again := openAt(t, Embedded{Dir: dir})
		head := fill(t, createLog(t, again), eventstore.Head{}, 3)
		closeStore(t, again)
		if report, err := Preflight(t.Context(), dir, region, nil); err != nil || report.Head != head {
			t.Errorf("%s was left: %+v, %v", what, report, err)
		}
	}
}
