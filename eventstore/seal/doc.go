// Package seal makes a log that can be trusted without trusting whoever keeps
// it: a hash tree over the events, signed heads of the tree, cosignatures by
// witnesses, and proofs. It is pure: it reads and writes what it is given,
// and time and randomness are given too. The formats are those of RFC 6962
// and of c2sp.org (signed-note, tlog-checkpoint, tlog-cosignature,
// tlog-tiles, tlog-proof), so a program that knows them can check ours.
// docs/verify.py is one.
//
// # The tree
//
// The line of an event is its bytes, and the newline is one of them: the
// leaves, laid end to end, are the bytes of the log. The event at position n
// is leaf n−1. A leaf is SHA-256(0x00 ‖ line), a node is
// SHA-256(0x01 ‖ left ‖ right), and what is left of a node is the largest
// power of two that leaves something for the right. So the log
//
//	{"position":1}\n
//	{"position":2}\n
//	{"position":3}\n
//
// has
//
//	leaf 0  bb4375c5abfd48408521562f4cde55290b7e37d2caf056a3bf0ee612b776b90e
//	leaf 1  4a105c396c83739ceb710180e9bf95d0926e1aaf2af692a50cb205ff7ae4a615
//	leaf 2  0c8e69ed96b655f80d7a79ceb0bb0d05287e601b6ef77f0d2221710c41f61378
//	root    76574af14995ec5838e171813fbb262122b628f2b1b7ed7de420e4f1377f1e83
//
// The right edge is what is needed to append and to tell the root: the roots
// of the full subtrees that the tree falls into, one for each bit of its size
// that is set, never more than 60. As bytes it is the size, with its highest
// byte first, and those roots, the largest subtree first. Here they are the
// node over leaves 0 and 1, and leaf 2:
//
//	edge    0000000000000003
//	        5fe9460141e8f305c6f26de09c1bd582cb3c5507f0f87df74bcd6b8be8109431
//	        0c8e69ed96b655f80d7a79ceb0bb0d05287e601b6ef77f0d2221710c41f61378
//
// # What it costs
//
// An Edge is 2 KiB, and nothing more an event. A Tree keeps hashes in a Store
// as well: every leaf, the root of every 256 leaves, of every 65536, and so
// on. That is 32.13 bytes an event in files that are only appended to, one a
// level, and 32.22 in Memory. What lies between is hashed again when it is
// needed. To append costs the hash of the line and that of one node, 65
// bytes, and allocates nothing.
//
// # Keys
//
// A key is Ed25519, and a line of text: a name, a key id, and base64 of one
// byte that says what it may sign and 32 bytes. The secret
// of 32 times 01 makes these two, for a log:
//
//	PRIVATE+KEY+framdrift/fosen+c9a5370a+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB
//	framdrift/fosen+c9a5370a+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c
//
// and 32 times 02 these, for a witness:
//
//	PRIVATE+KEY+indre-fosen.example+6b02c857+BAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC
//	indre-fosen.example+6b02c857+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU
//
// # Checkpoints and witnesses
//
// A checkpoint is a note: the log's origin, the size and the root in base64;
// an empty line; signatures. The origin is the log's name for ever, and the
// name of its keys: a URL without its scheme, framdrift/ and the region when
// nobody chose another.
//
// Whoever has the log's key can sign another past. A Witness is somebody
// else, a member municipality, who cosigns a checkpoint only if it extends
// the one it cosigned last, and says when. A Policy is whose word it takes to
// believe a checkpoint: the log's keys, and how many of which witnesses.
//
//	framdrift/fosen
//	3
//	dldK8UmV7Fg44XGBP7smISK2KPKxt+195CDk8Td/HoM=
//
//	— framdrift/fosen yaU3ClV6m8duX2/vc6e/DywisDjsRZG6Q2ug/2wx+jlj2Ccv0doRKPPcHzVH2jkflWKb52dEO12XFKDrGUkGkl3jxgk=
//	— indre-fosen.example awLIVwAAAABlU/EA7YTUZB53i3BI64FXJSOvdePzXWWaow8QHDWnKWkw9QPC5CXi1eaCgw4MubtaFlzokKlEQ5SfjEEHvANoE9bkAA==
//
// # Proofs
//
// A proof file shows that an event stands at its position, and only a Policy
// is needed to check it. It holds the line, the index of the leaf, the hashes
// beside its way to the root, an empty line, and the checkpoint. That extra
// is the line is our choice; the rest is c2sp.org/tlog-proof. For the second
// event it begins
//
//	c2sp.org/tlog-proof@v1
//	extra eyJwb3NpdGlvbiI6Mn0K
//	index 1
//	u0N1xav9SECFIVYvTN5VKQt+N9LK8Fajvw7mErd2uQ4=
//	DI5p7Za2VfgNennOsLsNBSh+YBtu938NIiFxDEH2E3g=
//
// and goes on as above.
//
// # Tiles
//
// A Tile is 256 stored hashes, or 256 events, with a path of
// c2sp.org/tlog-tiles: who is served them makes any proof alone. An entry
// bundle takes lines of at most 65535 bytes. One with a longer line is not
// served at all; tile/lines/<N> has the same events as they lie on the log,
// whatever their length.
//
// # Keys that are changed, lost or stolen
//
// A log's key is changed without a seam. The new one has the same name, and
// its public key goes out by the road the first one did. For a time each
// checkpoint is signed by both, and who knows either believes it. Then the old
// secret is destroyed. Old checkpoints stay as good as they were, under the
// old public key.
//
// When a key is lost there is no such time. Who knows an old checkpoint asks
// for the proof that the first one under the new key extends it: then it is
// the same log. Every witness asks that by itself, as soon as its Policy has
// the new key.
//
// A stolen key can sign a fork. Witnesses refuse one that leaves the log
// before the checkpoint they cosigned last. One that leaves it after, they
// cosign if it comes to them first; then it is the true log they refuse, and
// everybody sees that there are two. So change the key as a lost one, from a
// cosigned checkpoint that both agree on, and let no policy keep the old. A
// witness's key is changed by its owner, under the same name: a Policy that
// knows both counts one witness.
package seal
