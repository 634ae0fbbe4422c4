package jetstream

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"

	"github.com/minio/highwayhash"
)

// A record is one message as it lies in a block file (server/filestore.go,
// writeMsgRecordLocked). Numbers are little-endian:
//
//	offset  bytes
//	0       4      length of the whole record; the top bit says that it has headers
//	4       8      sequence; its two top bits mark an erased message and a deletion
//	12      8      when it was stored, in nanoseconds since 1970
//	20      2      length of the subject
//	22      n      subject
//	        4      length of the headers       (only with headers)
//	        h      NATS/1.0\r\n…\r\n\r\n       (only with headers)
//	        p      payload
//	        8      HighwayHash-64 of sequence, time, subject, headers and payload
//
// The key of the hash is the SHA-256 of «<stream>-<number of the block>», so a
// record is right in one block only. The hash does not cover the three
// lengths. That of the record, and with headers that of the subject, move what
// is hashed; that of the headers moves nothing, so it must agree with the
// blank line that ends them. Every message of ours has headers.
type record struct {
	sequence uint64
	subject  []byte
	headers  bool
	payload  []byte
	size     int // bytes of the record
}

const (
	recordHead = 22
	recordSum  = 8
	hasHeaders = 1 << 31 // in the length
	isErased   = 1 << 63 // in the sequence
	isDeletion = 1 << 62 // in the sequence

	maxSubject = 1<<16 - 1
	// maxRecord is the largest record that our server writes.
	maxRecord = recordHead + maxSubject + 4 + MaxMessage + recordSum
)

var (
	headersBegin = []byte("NATS/1.0\r\n")
	headersEnd   = []byte("\r\n\r\n")

	// errBroken is bytes that are not a record: too few, lengths that do not
	// fit, or a wrong checksum. A torn write looks so; every other error is of
	// a record that was written whole.
	errBroken = errors.New("it is not a record")
)

// blockHash is the checksum of the records in one block.
func blockHash(stream string, index int) hash.Hash {
	return keyedHash(fmt.Sprintf("%s-%d", stream, index))
}

func keyedHash(name string) hash.Hash {
	key := sha256.Sum256([]byte(name))
	h, err := highwayhash.New64(key[:])
	if err != nil {
		panic(fmt.Sprintf("jetstream: making a hash with a key of 32 bytes: %v", err)) // only another length errs
	}
	return h
}

// parse reads the record that data begins with. The record points into data.
func parse(data []byte, h hash.Hash) (record, error) {
	if len(data) < recordHead+recordSum {
		return record{}, fmt.Errorf("%w: %d bytes are left, too few for one", errBroken, len(data))
	}
	return parseSized(data, int(binary.LittleEndian.Uint32(data)&^uint32(hasHeaders)), h)
}

// parseSized is parse for a record whose length is said by somebody else.
func parseSized(data []byte, size int, h hash.Hash) (record, error) {
	subject := int(binary.LittleEndian.Uint16(data[20:]))
	rest := recordHead + subject // where the headers' length, or the payload, begins
	headers := binary.LittleEndian.Uint32(data)&hasHeaders != 0
	if headers {
		rest += 4
	}
	switch {
	case size < rest+recordSum || size > maxRecord:
		return record{}, fmt.Errorf("%w: its length is said to be %d bytes", errBroken, size)
	case size > len(data):
		return record{}, fmt.Errorf("%w: it has %d bytes of %d", errBroken, len(data), size)
	}
	end := size - recordSum
	h.Reset()
	h.Write(data[4:20])
	h.Write(data[recordHead : recordHead+subject])
	h.Write(data[rest:end])
	var sum [recordSum]byte
	if !bytes.Equal(h.Sum(sum[:0]), data[end:size]) {
		return record{}, fmt.Errorf("%w: its checksum is wrong", errBroken)
	}
	r := record{
		sequence: binary.LittleEndian.Uint64(data[4:]), subject: data[recordHead : recordHead+subject],
		headers: headers, payload: data[rest:end], size: size,
	}
	if !headers {
		return r, nil
	}
	length := int(binary.LittleEndian.Uint32(data[rest-4:]))
	found := bytes.Index(r.payload, headersEnd)
	if !bytes.HasPrefix(r.payload, headersBegin) || found < 0 || found+len(headersEnd) != length {
		return record{}, errors.New("its headers do not have the length that is said")
	}
	r.payload = r.payload[length:]
	return r, nil
}

// fits checks a record that is whole against its place in the log of a region
// whose subjects all begin with prefix.
func (r record) fits(want uint64, prefix []byte) error {
	switch {
	case r.sequence&isDeletion != 0:
		return fmt.Errorf("the deletion of message %d is noted there", r.sequence&^isDeletion)
	case r.sequence&isErased != 0:
		return fmt.Errorf("message %d is erased", r.sequence&^isErased)
	case r.sequence != want:
		return fmt.Errorf("message %d stands there", r.sequence)
	case !r.headers:
		return errors.New("it has no headers")
	case !bytes.HasPrefix(r.subject, prefix) || len(r.subject) == len(prefix):
		return fmt.Errorf("it lies on the subject %q", r.subject)
	case len(r.payload) == 0 || r.payload[len(r.payload)-1] != '\n':
		return errors.New("it does not end with a newline")
	}
	return nil
}

// sector is what a disk writes whole or not at all; larger ones are multiples.
const sector = 512

// torn reports whether tail, which lies at offset in the last block and ends
// it, can be what a crash left of the one record that was being written: the
// message numbered want. Such a record was not acknowledged.
//
// With SyncAlways the server writes a record with one write at the end of the
// file and syncs it before it acknowledges it or writes another. So a kill
// leaves a beginning of that one record, and a power cut leaves any of its
// sectors: the others are missing at the end, or read as zeros. What a crash
// can not leave is
//
//   - anything after the record, or another record in it;
//   - a record that is all there and has a wrong byte: a flipped bit, then;
//   - bytes that do not begin as the record wanted would.
//
// An acknowledged last record that lost whole sectors or its end looks the
// same as a torn one. Who remembers the last known position can tell.
func torn(tail []byte, offset int64, want uint64, h hash.Hash) bool {
	if len(tail) > maxRecord || holdsRecord(tail, want, h) {
		return false
	}
	if unwritten(tail, offset) {
		return true
	}
	if !begins(tail, want) {
		return false
	}
	return len(tail) < 4 || int(binary.LittleEndian.Uint32(tail)&^uint32(hasHeaders)) > len(tail)
}

// holdsRecord reports whether a whole record lies in the tail: at its
// beginning with another length than is said, or anywhere after it.
func holdsRecord(tail []byte, want uint64, h hash.Hash) bool {
	if len(tail) < recordHead+recordSum {
		return false
	}
	if _, err := parseSized(tail, len(tail), h); !errors.Is(err, errBroken) {
		return true
	}
	last := want + uint64(len(tail))/(recordHead+recordSum)
	for i := 1; i <= len(tail)-recordHead-recordSum; i++ {
		sequence := binary.LittleEndian.Uint64(tail[i+4:]) &^ (isErased | isDeletion)
		if sequence < want || sequence > last {
			continue
		}
		if _, err := parse(tail[i:], h); !errors.Is(err, errBroken) {
			return true
		}
	}
	return false
}

// unwritten reports whether a sector of the tail is all zeros. Payloads are
// JSON and hold none.
func unwritten(tail []byte, offset int64) bool {
	for len(tail) > 0 {
		n := min(len(tail), sector-int(offset%sector))
		if len(bytes.Trim(tail[:n], "\x00")) == 0 {
			return true
		}
		tail, offset = tail[n:], offset+int64(n)
	}
	return false
}

// begins reports whether the tail, as far as it goes, is the beginning of a
// record with headers and the sequence wanted.
func begins(tail []byte, want uint64) bool {
	if len(tail) >= 4 {
		length := binary.LittleEndian.Uint32(tail)
		if size := length &^ hasHeaders; length&hasHeaders == 0 || size > maxRecord {
			return false
		}
		tail = tail[4:min(len(tail), 12)]
		return bytes.HasPrefix(binary.LittleEndian.AppendUint64(nil, want), tail)
	}
	return true
}
