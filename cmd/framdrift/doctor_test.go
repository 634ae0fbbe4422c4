package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gofrs/flock"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/doctor"
)

// diagnosis is what the doctor found, by check and region, of what is not the
// machine's, and its exit code.
func diagnosis(t *testing.T, args ...string) (map[string][]finding, int) {
	t.Helper()
	var out, err strings.Builder
	code := run(context.Background(), append([]string{"doctor", "-o", "json"}, args...), strings.NewReader(""), &out, &err)
	var all []finding
	if e := json.Unmarshal([]byte(out.String()), &all); e != nil {
		t.Fatalf("%v\n%s%s", e, out.String(), err.String())
	}
	found, worst := map[string][]finding{}, exitOK
	for _, f := range all {
		if f.Says == "" || (f.Code == "") == (f.Status == doctor.Wrong) {
			t.Errorf("it finds %+v", f)
		}
		switch machine := slices.Contains([]string{"fileSystem", "space"}, string(f.Check)); {
		case !machine:
			found[string(f.Check)] = append(found[string(f.Check)], f)
		case f.Status == doctor.Wrong:
			worst = exitFailed // the disk of the tests may be in memory
		}
	}
	if wrong := strings.Contains(err.String(), "[doctor.unwell]"); wrong != (code != exitOK) || code == worst && wrong && worst == exitOK {
		t.Errorf("exit code %d\n%s", code, err.String())
	}
	if code == worst {
		code = exitOK
	}
	return found, code
}

func TestTheDoctorFindsNothingWrongWithAndWithoutServe(t *testing.T) {
	withPlan(t)
	want := []string{"access", "clock", "directory", "events", "lock", "log", "mark", "program", "projection", "sync", "vault", "zone"}
	withAndWithoutServe(t, func(t *testing.T, s *served) {
		found, code := diagnosis(t)
		checks := want
		if s != nil {
			checks = append([]string{"changes"}, want...)
		}
		for _, check := range checks {
			if len(found[check]) == 0 {
				t.Errorf("it does not look at %s", check)
			}
		}
		for check, all := range found {
			for _, f := range all {
				if fine := f.Status == doctor.Fine; fine == (check == "sync") {
					t.Errorf("%s: %+v", check, f)
				}
			}
		}
		if code != exitOK {
			t.Errorf("exit code %d", code)
		}
	})
}

// It is one screen: 24 lines of a terminal for an installation that is well.
func TestTheDoctorIsOneScreenInEveryLanguage(t *testing.T) {
	withPlan(t)
	for lang, words := range map[string][]string{
		"nb": {"ok      katalog", "ukjent  synk", "framdrift bench", "86 hendelser"},
		"nn": {"ok      katalog", "ukjent  synk", "framdrift bench", "86 hendingar"},
		"en": {"ok      directory", "unknown sync", "framdrift bench", "86 events"},
	} {
		var out, err strings.Builder
		run(context.Background(), []string{"doctor", "--lang", lang}, strings.NewReader(""), &out, &err)
		said(t, out.String(), words...)
		if lines := strings.Count(out.String(), "\n"); lines > 24 {
			t.Errorf("%s: it has %d lines", lang, lines)
		}
	}
	csv, _ := framdriftAnyCode(t, "doctor", "-o", "csv")
	if header, _, _ := strings.Cut(csv, "\n"); header != "check,region,status,code,says,cause" {
		t.Errorf("the csv begins with %s", header)
	}
}

// framdriftAnyCode is framdrift for what ends as the machine's disk is.
func framdriftAnyCode(t *testing.T, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, err strings.Builder
	run(context.Background(), args, strings.NewReader(""), &out, &err)
	return out.String(), err.String()
}

func TestTheDoctorOfADamagedLogSaysWhereAndTouchesNothing(t *testing.T) {
	withPlan(t)
	block := filepath.Join(defaultData, "jetstream/jetstream/FRAMDRIFT/streams/FRAMDRIFT_fosen/msgs/1.blk")
	data, err := os.ReadFile(block)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)-100] ^= 4
	if err := os.WriteFile(block, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, stderr := framdrift(t, exitDamaged, "doctor")
	said(t, out, "FEIL    logg fosen", "er skadet fra sekvens 2", "Før det er 1 meldinger med", "[log.damaged]", "msgs/1.blk at byte", "ukjent  merke fosen")
	said(t, stderr, "1 av ", "ting er ikke som de skal", "[doctor.unwell]")
	after, err := os.ReadFile(block)
	if err != nil || string(after) != string(data) {
		t.Errorf("it changed the log (%v)", err)
	}
}

func TestTheDoctorOfALogOfANewerProgramNamesItsEvent(t *testing.T) {
	withPlan(t)
	written(t, paused)
	withAndWithoutServe(t, func(t *testing.T, _ *served) {
		found, code := diagnosis(t)
		if code != exitDamaged || found["events"][0].Code != "log.newer" || found["log"][0].Status != doctor.Fine || found["mark"][0].Status != doctor.Fine {
			t.Errorf("exit code %d: %+v", code, found)
		}
		said(t, found["events"][0].Says, "hendelse 87", "no.framdrift.measure.paused.v1")
		for _, p := range found["projection"] {
			if p.Code != "log.projection-stopped" {
				t.Errorf("a projection is %+v", p)
			}
		}
	})
}

// A process that has the directory open and does not answer is told of, and
// what can be seen beside it is.
func TestTheDoctorSaysWhoHasTheDirectoryOpen(t *testing.T) {
	withPlan(t)
	held := flock.New(filepath.Join(defaultData, "lock"))
	if ok, err := held.TryLock(); !ok || err != nil {
		t.Fatal(err)
	}
	defer held.Unlock() //nolint:errcheck // the test's own
	found, code := diagnosis(t)
	if code == exitDamaged || found["lock"][0].Status != doctor.Wrong || found["log"][0].Status != doctor.Unknown || found["vault"][0].Status != doctor.Fine {
		t.Errorf("exit code %d: %+v", code, found)
	}
}

func TestTheDoctorWhereThereIsNothingSaysHowToBegin(t *testing.T) {
	atHome(t)
	out, _ := framdrift(t, exitUsage, "doctor")
	said(t, out, "FEIL    katalog", "framdrift init", "[data.none]")
	if app.Holds(defaultData) {
		t.Error("it made some")
	}
}

func TestALongFindingGoesOnUnderItself(t *testing.T) {
	for _, tt := range []struct{ line, want int }{{0, 1}, {20, 1}, {60, 2}, {48, 3}} {
		text := "en to tre fire fem seks sju åtte ni ti elleve tolv"
		lines := strings.Split(wrapped(text, 26, tt.line), "\n")
		if len(lines) != tt.want || strings.Join(strings.Fields(strings.Join(lines, " ")), " ") != text {
			t.Errorf("on %d: %q", tt.line, lines)
		}
		for i, l := range lines[1:] {
			if !strings.HasPrefix(l, strings.Repeat(" ", 26)) || len([]rune(l)) > tt.line {
				t.Errorf("on %d, line %d: %q", tt.line, i+2, l)
			}
		}
	}
}
