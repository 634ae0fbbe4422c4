// Package segment keeps one region's log as local files that can be verified:
// the backup, what an auditor takes home, the way back, and the fast way to
// replay. A Writer follows a log into a directory, an Archive reads one. The
// log on JetStream stays the truth: a directory may lag behind it, and what it
// lacks is read from there.
//
// # The directory
//
// The log is cut into segments, each named by the position of its first event:
//
//	00000000000000000001.jsonl.zst    sealed: compressed, and never changed again
//	00000000000000014256.jsonl.zst
//	00000000000000028604.jsonl        open: the lines as they are, only appended to
//	00000000000000028604.messages     what the lines do not say of themselves
//
// So zstd -dc *.zst and cat *.jsonl give the log, one event a line, the exact
// bytes. The message that brings a segment to 8 MiB is its last, whoever
// writes it: two instances have the same segments. A full segment is sealed
// when there is time, so several may be plain; they are the last ones.
//
// # Messages
//
// The lines do not tell which of them were one message, nor what it was about.
// That stands in the .messages file, a line for a message:
//
//	framdrift messages 1 00000000000000000000 00000000000000000000
//	plan-2022.measure.t07 6a1df4d2
//	pack 0b5f7c19 c62d3a90 1f88e7b4
//
// The first line is where the log stood before: sequence and position. Each
// other is the subject of a message, or pack, and after it the running CRC-32C
// after each of its events, in hex: of the first line, newline included; then,
// for each message, of its subject and its lines. So damage is located to the event.
//
// # A sealed segment
//
//	a zstd frame: the lines
//	5a 2a 4d 18, and 4 bytes: how many follow, lowest byte first (a skippable frame)
//	    a zstd frame: what the .messages file was
//	    the right edge of the tree after the last event (package seal)
//	    378 bytes of text
//
// zstd passes over the skippable frame. The text is, with 20 digits a number:
//
//	framdrift segment 1
//	before <sequence> <position> <root>    before the first event; base64, as in a checkpoint
//	after  <sequence> <position> <root>    after the last
//	lines  <bytes> <bytes compressed>
//	index  <bytes> <bytes compressed>      of the messages
//	sha256 <64 hex digits>                 of all bytes of the file before the digits
//
// # What is on disk when
//
// The lines of a message are written and synced before its line in .messages
// is written, and that is synced before more is written. So what .messages says
// is in the lines, and what lines it does not name were never kept. After a
// crash the Writer cuts off those lines, and the end of .messages if it was
// being written: too few bytes, or sectors of zeros. The log has them still.
// Anything else that does not fit is a DamageError and is left as it is.
//
// A sealed segment is written beside the plain one, read back, synced, and
// renamed; then the plain one is removed. Of a crash in between only whole
// files, and a .tmp file that nobody reads, are left.
package segment
