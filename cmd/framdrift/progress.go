package main

import (
	"os"

	"github.com/cheggaaa/pb/v3"

	"github.com/fosenregionen/framdrift/domain"
)

// terminal is stderr where that is one, else nil.
func (c *cli) terminal() *os.File {
	f, ok := c.err.(*os.File)
	if !ok {
		return nil
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	return f
}

// A bar shows progress on stderr where that is a terminal, and is quiet elsewhere.
type bar struct{ shown *pb.ProgressBar }

func (c *cli) progress() *bar {
	f := c.terminal()
	if f == nil {
		return &bar{}
	}
	return &bar{pb.New(0).SetWriter(f).Start()}
}

func (b *bar) step(done, of int) { b.at(int64(done), int64(of)) }

func (b *bar) at(done, of int64) {
	if b.shown != nil {
		b.shown.SetTotal(of).SetCurrent(done)
	}
}

func (b *bar) finish() {
	if b.shown != nil {
		b.shown.Finish()
	}
}

// largeFile is how many bytes make it worth telling how far they have come
// where there is no terminal to show a bar on: some seconds.
const largeFile = 100 << 20

// A meter is a bar that counts bytes, and where there is no terminal a line at
// each tenth of a large file.
type meter struct {
	*bar
	tell   func(percent int64)
	tenths int64 // told
}

// meter tells with a phrase that has a place for per cent.
func (c *cli) meter(words domain.Phrase) *meter {
	m := &meter{bar: c.progress(), tell: func(percent int64) { c.say(words, percent) }}
	if m.shown != nil {
		m.shown.Set(pb.Bytes, true)
		m.tell = func(int64) {}
	}
	return m
}

// at is told that so many bytes are done of so many, 0 if nobody knows.
func (m *meter) at(done, of int64) {
	m.bar.at(done, of)
	if of < largeFile {
		return
	}
	if tenths := 10 * done / of; tenths > m.tenths {
		m.tenths = tenths
		m.tell(10 * tenths)
	}
}
