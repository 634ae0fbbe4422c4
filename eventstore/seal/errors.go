package seal

import "errors"

var (
	// ErrLine is an event that is not one line with a newline at its end.
	ErrLine = errors.New("seal: an event is one line, with a newline at its end and no other")
	// ErrNoHash is a hash that is not stored.
	ErrNoHash = errors.New("seal: no such hash is stored")
	// ErrDamaged is stored hashes that are not those of the tree.
	ErrDamaged = errors.New("seal: the stored hashes are not those of the tree")
	// ErrPosition is a position or a size outside of the tree.
	ErrPosition = errors.New("seal: no such position in the tree")
	// ErrProof is a proof that does not show what it should.
	ErrProof = errors.New("seal: the proof does not hold")
	// ErrMalformed is bytes that are not in the format they should be.
	ErrMalformed = errors.New("seal: malformed")
	// ErrKey is a text that is not a key, or not of the kind that is needed.
	ErrKey = errors.New("seal: not a usable key")
	// ErrOrigin is a checkpoint of another log.
	ErrOrigin = errors.New("seal: the checkpoint is of another log")
	// ErrSignature is a checkpoint that no known key of its log has signed, or
	// with a signature by a known key that is wrong.
	ErrSignature = errors.New("seal: the checkpoint is not signed by a known key of the log")
	// ErrQuorum is a checkpoint that too few known witnesses have cosigned.
	ErrQuorum = errors.New("seal: too few witnesses have cosigned the checkpoint")
	// ErrRollback is a checkpoint with fewer events than the one seen before.
	ErrRollback = errors.New("seal: the log has become shorter")
	// ErrFork is two checkpoints with as many events and different roots. Both
	// signed, they prove that the log was rewritten.
	ErrFork = errors.New("seal: the log has been rewritten")
	// ErrUnproven is a checkpoint that is not shown to extend the one seen
	// before: the proof is wrong, or the log was rewritten.
	ErrUnproven = errors.New("seal: the log is not shown to extend what was seen")
	// ErrTooLong is an event that does not fit in an entry bundle.
	ErrTooLong = errors.New("seal: the event is longer than an entry bundle takes")
	// ErrNoTile is a tile that the tree does not have.
	ErrNoTile = errors.New("seal: the tree has no such tile")
)
