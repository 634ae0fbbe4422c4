package jetstream

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/nats-io/nats-server/v2/server"
	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/eventstore"
)

// The server keeps the stream of a region in a directory of its own
// (server/filestore.go):
//
//	jetstream/FRAMDRIFT/streams/FRAMDRIFT_fosen/
//	  meta.inf      the stream's settings, JSON
//	  meta.sum      HighwayHash-64 of meta.inf in hex; its key is the SHA-256 of the stream's name
//	  msgs/1.blk …  the records; at most 8 MB a file, or one larger record
//	  msgs/index.db what the blocks hold, written now and then and at a clean stop
//	  obs/          consumers; ours lie in memory, so it is empty
const (
	metaFile  = "meta.inf"
	sumFile   = "meta.sum"
	indexFile = "msgs/index.db"
)

func streamsPath(dir string) string { return filepath.Join(dir, "jetstream", account, "streams") }

func streamPath(dir, region string) string {
	return filepath.Join(streamsPath(dir), streamName(region))
}

// alone refuses the directory of a server of a cluster. It keeps what the
// servers agree on in jetstream/<system account>/_js_ (server/jetstream_cluster.go,
// defaultStoreDirName), and what has been agreed on may not be in the blocks yet.
func (p *preflight) alone() error {
	agreed, err := filepath.Glob(filepath.Join(p.path, "..", "..", "..", "*", "_js_"))
	if err != nil || len(agreed) == 0 {
		return err
	}
	return &eventstore.SettingsError{Region: p.region, Setting: "the files of a cluster in " + agreed[0], Want: "those of a server that is alone"}
}

// layout looks at the name, the kind and the permissions of every file. A
// name that is not the server's is refused, for some of them it would act on:
// __new_msgs__ takes the place of msgs, 01.blk of 1.blk, meta.key says that
// the stream is encrypted, and a consumer in obs can stop the stream.
func (p *preflight) layout() error {
	p.sizes = map[int]int64{}
	for _, d := range []struct {
		name  string
		knows func(e fs.DirEntry) error
	}{
		{".", p.inStream},
		{"msgs", p.inMessages},
		{"obs", func(fs.DirEntry) error { return errStrange }},
	} {
		if err := p.look(d.name, d.knows); err != nil {
			return p.damage(err, "%v", err)
		}
	}
	return nil
}

var errStrange = errors.New("the server puts no such file there")

func (p *preflight) look(name string, knows func(fs.DirEntry) error) error {
	path := filepath.Join(p.path, name)
	if info, err := os.Lstat(path); err == nil && !info.IsDir() {
		return fmt.Errorf("%s is not a directory", name)
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return fmt.Errorf("reading the directory %s: %w", name, err)
	}
	if err := writable(path); err != nil {
		return fmt.Errorf("writing to the directory %s: %w", name, err)
	}
	for _, e := range entries {
		if err := knows(e); err != nil {
			return fmt.Errorf("%s: %w", filepath.Join(name, e.Name()), err)
		}
	}
	return nil
}

func (p *preflight) inStream(e fs.DirEntry) error {
	switch name := e.Name(); {
	case name == "msgs", name == "obs":
		return nil // look finds out whether they are directories
	case name == metaFile, name == sumFile, name == metaFile+".tmp", name == sumFile+".tmp", strings.HasPrefix(name, "_test_"):
		return usable(p.path, e)
	}
	return errStrange
}

func (p *preflight) inMessages(e fs.DirEntry) error {
	dir, name := filepath.Join(p.path, "msgs"), strings.TrimSuffix(e.Name(), ".tmp")
	if e.Name() == filepath.Base(indexFile) {
		return usable(dir, e)
	}
	digits, ok := strings.CutSuffix(name, ".blk")
	index, err := strconv.Atoi(digits)
	if !ok || err != nil || index < 1 || strconv.Itoa(index) != digits {
		return errStrange
	}
	if name != e.Name() { // it was being rewritten; the server does not look at it
		return usable(dir, e)
	}
	info, err := e.Info()
	if err != nil {
		return err
	}
	if p.blocks == 0 || index < p.first {
		p.first = index
	}
	p.blocks = max(p.blocks, index)
	p.sizes[index] = info.Size()
	if !e.Type().IsRegular() {
		p.sizes[index] = irregular
	}
	return nil // loadBlock tries it, when the message that it begins with is known
}

// irregular stands for the size of what is not a regular file.
const irregular = -1

// usable tries whether a file is regular, and whether we may read and write it.
func usable(dir string, e fs.DirEntry) error {
	if !e.Type().IsRegular() {
		return fmt.Errorf("it is not a regular file (%v)", e.Type())
	}
	file, err := os.OpenFile(filepath.Join(dir, e.Name()), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return file.Close()
}

// settings reads how the stream is kept, as the server will. Fields that this
// server does not know would make it take the stream out of use.
func (p *preflight) settings() error {
	stored, err := os.ReadFile(filepath.Join(p.path, metaFile))
	if err != nil {
		return p.damage(err, "%s: %v", metaFile, err)
	}
	sum, err := os.ReadFile(filepath.Join(p.path, sumFile))
	if err != nil {
		return p.damage(err, "%s: %v", sumFile, err)
	}
	h := keyedHash(p.stream)
	h.Write(stored)
	if want := hex.EncodeToString(h.Sum(nil)); want != string(sum) {
		return p.damage(nil, "the checksum of %s is %s and not %q, which %s says", metaFile, want, sum, sumFile)
	}
	var strict server.FileStreamInfo
	decoder := json.NewDecoder(bytes.NewReader(stored))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&strict); err != nil {
		return p.damage(err, "%s: %v", metaFile, err)
	}
	var config natsjs.StreamConfig
	if err := json.Unmarshal(stored, &config); err != nil {
		return p.damage(err, "%s: %v", metaFile, err)
	}
	switch {
	case config.Name != p.stream:
		return p.damage(nil, "%s is of the stream %q", metaFile, config.Name)
	case config.Replicas > 1:
		return &eventstore.SettingsError{Region: p.region, Setting: fmt.Sprintf("num_replicas %d", config.Replicas), Want: "1, for this server is alone"}
	}
	return check(p.region, config)
}

// index compares the server's own index with what the blocks hold. It is
//
//	11, version (1–4), then uvarints: messages, bytes, first sequence, time of
//	the first (zigzag), last sequence, …; and HighwayHash-64 of it all, keyed
//	as meta.sum
//
// (server/filestore.go, _writeFullState). The server removes one that it
// cannot read and reads the blocks instead. With one that knows of more
// messages than there are, it would note a deletion up to there, so that
// numbers are never used again, and the log would have a hole for ever.
func (p *preflight) index() error {
	stored, err := os.ReadFile(filepath.Join(p.path, indexFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return p.damage(err, "%s: %v", indexFile, err)
	case len(stored) < 32:
		return nil
	}
	body, sum := stored[:len(stored)-recordSum], stored[len(stored)-recordSum:]
	h := keyedHash(p.stream)
	h.Write(body)
	if !bytes.Equal(h.Sum(nil), sum) || body[0] != 11 || body[1] < 1 || body[1] > 4 {
		return nil
	}
	messages, first, last, ok := indexHead(body[2:])
	switch has := p.report.Head.Sequence; {
	case !ok:
		return nil
	case last > has:
		return p.damage(nil, "%s knows of %d messages, and the blocks hold %d", indexFile, last, has)
	case messages != last || messages > 0 && first != 1:
		return p.damage(nil, "%s says that the messages are %d and numbered %d to %d", indexFile, messages, first, last)
	}
	return nil
}

func indexHead(body []byte) (messages, first, last uint64, ok bool) {
	var fields [5]uint64
	for i := range fields {
		v, n := binary.Uvarint(body)
		if n <= 0 {
			return 0, 0, 0, false
		}
		fields[i], body = v, body[n:]
	}
	return fields[0], fields[2], fields[4], true
}
