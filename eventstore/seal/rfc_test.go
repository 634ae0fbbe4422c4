package seal_test

import (
	"crypto/sha256"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// RFC 6962, 2.1, word for word, over the lines of a log: what every other
// implementation is held against.

// mth is the Merkle tree hash of D.
func mth(d [][]byte) seal.Hash {
	switch len(d) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return sha256.Sum256(append([]byte{0}, d[0]...))
	}
	k := split(len(d))
	return node(mth(d[:k]), mth(d[k:]))
}

func node(left, right seal.Hash) seal.Hash {
	return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
}

// split is the largest power of two smaller than n.
func split(n int) int {
	k := 1
	for 2*k < n {
		k *= 2
	}
	return k
}

// auditPath is PATH(m, D[n]), 2.1.1.
func auditPath(m int, d [][]byte) []seal.Hash {
	if len(d) == 1 {
		return nil
	}
	k := split(len(d))
	if m < k {
		return append(auditPath(m, d[:k]), mth(d[k:]))
	}
	return append(auditPath(m-k, d[k:]), mth(d[:k]))
}

// consistency is PROOF(m, D[n]), 2.1.2.
func consistency(m int, d [][]byte) []seal.Hash { return subproof(m, d, true) }

func subproof(m int, d [][]byte, whole bool) []seal.Hash {
	if m == len(d) {
		if whole {
			return nil
		}
		return []seal.Hash{mth(d)}
	}
	k := split(len(d))
	if m <= k {
		return append(subproof(m, d[:k], whole), mth(d[k:]))
	}
	return append(subproof(m-k, d[k:], false), mth(d[:k]))
}
