package app

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/eventstore/vault"
)

// Where the keys of texts lie: in the data directory, or on the servers that
// the log lies on, for all instances. And what they are encrypted under.

// master gives the master key: the one in Options, or that of a file, which is
// made when nothing has been encrypted yet.
func (a *App) master(none bool) (vault.Master, error) {
	path := a.options.masterPath(a.dir)
	m, err := a.options.master(a.dir)
	if none && errors.Is(err, vault.ErrNoMaster) {
		m = vault.NewMaster()
		err = m.Write(path)
	}
	return m, explainVault(path, err)
}

// master reads the master key, and makes none.
func (o Options) master(dir *dataDir) (vault.Master, error) {
	if o.MasterKey != "" {
		return vault.ParseMaster(o.MasterKey)
	}
	return vault.ReadMaster(o.masterPath(dir))
}

// masterPath is where the master key lies, or the variable that it is in.
func (o Options) masterPath(dir *dataDir) string {
	switch {
	case o.MasterKey != "":
		return "FRAMDRIFT_MASTER_KEY"
	case o.MasterKeyFile != "":
		return o.MasterKeyFile
	}
	return dir.file("master.key")
}

// ownVault opens the vault in the data directory, where the log lies there too.
// When somebody has begun a region it ought to be there: a new one would make
// every text seem lost.
func (a *App) ownVault(begun bool) error {
	if a.options.shared() {
		return nil
	}
	if begun && !a.dir.holdsKeys() {
		return errNoKeys.With(a.dir.vault())
	}
	own, err := a.openOwn()
	if err != nil {
		return err
	}
	a.vault = own
	return nil
}

func (a *App) openOwn() (*vault.File, error) {
	m, err := a.master(!vault.Needs(a.dir.vault()))
	if err != nil {
		return nil, err
	}
	v, err := vault.Open(a.dir.vault(), m)
	return v, explainVault(a.dir.vault(), err)
}

// sharedVault opens the vault on the servers, where the log lies there. Where
// somebody has begun a region it ought to be there, or its keys still lie in
// data directories; where nobody has, needVault makes it.
func (a *App) sharedVault(ctx context.Context, begun bool) error {
	if !a.options.shared() {
		return nil
	}
	stream, err := a.store.Vault(ctx)
	switch {
	case !errors.Is(err, eventstore.ErrMissing):
		return a.share(ctx, stream, err)
	case !begun:
		return nil
	case !a.dir.holdsKeys():
		return errNoKeys.With(a.options.NATS.Hosts())
	}
	return a.needVault(ctx)
}

// needVault opens the vault that another instance has made meanwhile, or makes
// it, when there is to be a log to have keys for.
func (a *App) needVault(ctx context.Context) error {
	if a.vault != nil {
		return nil
	}
	store := a.store
	stream, err := store.Vault(ctx)
	if errors.Is(err, eventstore.ErrMissing) {
		if err = store.CreateVault(ctx); err == nil {
			stream, err = store.Vault(ctx)
		}
	}
	return a.share(ctx, stream, err)
}

// share uses the vault on a stream, and brings there what lies here.
func (a *App) share(ctx context.Context, stream vault.Stream, err error) error {
	if err != nil {
		return explainVault(a.options.NATS.Hosts(), err)
	}
	shared, err := a.openShared(ctx, stream)
	if err != nil {
		return err
	}
	a.mu.Lock()
	a.vault = shared
	a.mu.Unlock()
	return a.bring(ctx, shared)
}

// BackUpVault writes a copy of the vault, encrypted as it is, to a directory
// that is not there or empty, and gives how many keys there are.
func (a *App) BackUpVault(ctx context.Context, dir string) (keys int, err error) {
	a.mu.Lock()
	v := a.vault
	a.mu.Unlock()
	if v == nil {
		return 0, errNoKeys.With(a.options.NATS.Hosts())
	}
	if there, err := os.ReadDir(dir); err == nil && len(there) > 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, errBackupDir.With(dir)
	}
	return v.Len(), explainVault(dir, v.Backup(ctx, dir))
}

// keys is how many keys there are.
func (a *App) keys() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.vault == nil { // nobody has begun a region
		return 0
	}
	return a.vault.Len()
}

func (a *App) openShared(ctx context.Context, stream vault.Stream) (*vault.Shared, error) {
	where := a.options.NATS.Hosts()
	last, _, err := stream.State(ctx)
	if err != nil {
		return nil, errors.Join(explainVault(where, err), stream.Close())
	}
	m, err := a.master(last == 0)
	if err != nil {
		return nil, errors.Join(err, stream.Close())
	}
	shared, err := vault.OpenShared(ctx, stream, m, a.options.Logger)
	return shared, explainVault(where, err)
}

// bring takes the keys in the data directory, which only this instance can
// read, to where all can: those of an instance that had its own, and those of
// a copy that somebody has put there.
func (a *App) bring(ctx context.Context, shared *vault.Shared) error {
	if !a.dir.holdsKeys() {
		return nil
	}
	own, err := a.openOwn()
	if err != nil {
		return err
	}
	if err := shared.Restore(ctx, own); err != nil {
		return errors.Join(explainVault(a.dir.vault(), err), own.Close())
	}
	return own.Wipe()
}

// vault opens the vault where it lies, and changes nothing in it.
func (l *Look) vault(ctx context.Context) (vault.Vault, error) {
	if l.options.shared() {
		return l.sharedVault(ctx)
	}
	where := l.dir.vault()
	var m vault.Master
	if vault.Needs(where) {
		var err error
		if m, err = l.options.master(l.dir); err != nil {
			return nil, explainVault(l.options.masterPath(l.dir), err)
		}
	}
	v, err := vault.Look(where, m)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errNoKeys.With(where)
	case err != nil:
		return nil, explainVault(where, err)
	}
	return v, nil
}

func (l *Look) sharedVault(ctx context.Context) (vault.Vault, error) {
	where := l.options.NATS.Hosts()
	if err := l.connect(); err != nil {
		return nil, err
	}
	stream, err := l.store.Vault(ctx)
	if errors.Is(err, eventstore.ErrMissing) {
		return nil, errNoKeys.With(where)
	}
	if err != nil {
		return nil, explainVault(where, err)
	}
	m, err := l.options.master(l.dir)
	if err != nil {
		return nil, errors.Join(explainVault(l.options.masterPath(l.dir), err), stream.Close())
	}
	if last, _, err := stream.State(ctx); err != nil || last == 0 {
		return nil, errors.Join(explainVault(where, err), errNoKeys.With(where), stream.Close())
	}
	v, err := vault.OpenShared(ctx, stream, m, l.options.Logger)
	if err != nil {
		return nil, explainVault(where, err)
	}
	return v, nil
}

// explainVault gives what the vault says in words for the one who runs it.
func explainVault(where string, err error) error {
	var (
		settings *eventstore.SettingsError
		plain    *domain.Error
	)
	switch {
	case err == nil, errors.As(err, &plain):
		return err
	case errors.Is(err, vault.ErrOpenToOthers):
		return errKeysOpen.With(where)
	case errors.Is(err, vault.ErrDamaged):
		return errKeysDamaged.Because(err, where)
	case errors.Is(err, vault.ErrNoMaster):
		return errNoMaster.With(where)
	case errors.Is(err, vault.ErrNotMaster):
		return errNotMaster.With(where)
	case errors.Is(err, vault.ErrWrongMaster):
		return errWrongMaster.With(where)
	case errors.Is(err, vault.ErrInUse):
		return errInUse.With(where)
	case errors.As(err, &settings):
		return errSettings.Because(err, settings.Region, settings.Setting, settings.Want)
	case errors.Is(err, jetstream.ErrNotAllowed):
		return errVaultNotAllowed.Because(err)
	case errors.Is(err, eventstore.ErrUnavailable):
		return errUnreachable.Because(err)
	}
	return err
}
