package jetstream

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"
)

// A user is one that the embedded server knows. Its key is made at every
// start and lies in this process's memory alone; the server has only the
// public half.
type user struct {
	name string
	key  nkeys.KeyPair
	may  *server.Permissions // nil: everything
}

// appUser appends and reads. It may not make, change or delete a stream, nor
// delete a message. A wildcard in a NATS permission stands for a whole token,
// so * is where FRAMDRIFT_* is meant; the only other stream that the account
// may hold is that of a vault, which is encrypted.
func appUser() user {
	return newUser("app", []string{
		subjectPrefix + ">",
		"$JS.API.STREAM.INFO.*",
		"$JS.API.STREAM.MSG.GET.*",
		"$JS.API.CONSUMER.CREATE.*.*", // not the subject of durable ones
		"$JS.API.CONSUMER.MSG.NEXT.*.*",
		"$JS.API.CONSUMER.DELETE.*.*",
	})
}

// adminUser makes streams and can do nothing else. It is connected for the
// time of a Create.
func adminUser() user {
	return newUser("init", []string{"$JS.API.STREAM.CREATE.*"})
}

// vaultUser writes, reads and erases in the stream of the vault, and sees no
// log. It may not make, change, purge or delete a stream.
func vaultUser() user {
	return newUser("vault", []string{
		vaultSubjectPrefix + ">",
		"$JS.API.STREAM.INFO." + vaultStreamName,
		"$JS.API.STREAM.MSG.GET." + vaultStreamName,
		"$JS.API.STREAM.MSG.DELETE." + vaultStreamName,
		"$JS.API.CONSUMER.CREATE." + vaultStreamName + ".*",
		"$JS.API.CONSUMER.MSG.NEXT." + vaultStreamName + ".*",
		"$JS.API.CONSUMER.DELETE." + vaultStreamName + ".*",
	})
}

func newUser(name string, publish []string) user {
	return user{name, newKey(), &server.Permissions{
		Publish:   &server.SubjectPermission{Allow: publish},
		Subscribe: &server.SubjectPermission{Allow: []string{inboxPrefix(name) + ".>"}},
	}}
}

func newKey() nkeys.KeyPair {
	key, err := nkeys.CreateUser()
	if err != nil {
		panic(fmt.Sprintf("jetstream: making the key of a user: %v", err)) // only a broken random source errs
	}
	return key
}

func inboxPrefix(user string) string { return "_INBOX_" + user }

// connect opens a connection that is not buffered when it is down: what could
// not be sent now is an error now, and is never sent later.
func (u user) connect(srv *server.Server, log *slog.Logger) (*nats.Conn, error) {
	public, err := u.key.PublicKey()
	if err != nil {
		return nil, err
	}
	return nats.Connect("", nats.InProcessServer(srv), nats.Nkey(public, u.key.Sign), nats.Name("framdrift "+u.name),
		nats.CustomInboxPrefix(inboxPrefix(u.name)), nats.MaxReconnects(-1), nats.ReconnectWait(100*time.Millisecond),
		nats.ReconnectBufSize(-1), nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			log.Warn("the connection to the log has a problem", "user", u.name, "error", err)
		}))
}
