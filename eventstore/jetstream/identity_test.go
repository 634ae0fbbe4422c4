package jetstream

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"log/slog"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nkeys"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
)

// An authority signs certificates, and a server's operator accounts and users.
type authority struct {
	dir  string
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{dir: t.TempDir()}
	var der []byte
	a.key, der = a.sign(t, &x509.Certificate{Subject: pkix.Name{CommonName: "ca"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign})
	var err error
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	a.write(t, "ca.pem", "CERTIFICATE", der)
	return a
}

// sign gives a new key and its certificate, which signs itself where there is no other yet.
func (a *authority) sign(t *testing.T, c *x509.Certificate) (*ecdsa.PrivateKey, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c.SerialNumber, c.NotBefore, c.NotAfter = big.NewInt(time.Now().UnixNano()), time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	parent, signer := a.cert, a.key
	if parent == nil {
		parent, signer = c, key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	return key, der
}

func (a *authority) write(t *testing.T, name, kind string, der []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(a.dir, name), pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
}

// issue writes NAME.pem and NAME.key for somebody on loopback.
func (a *authority) issue(t *testing.T, name string) {
	t.Helper()
	key, der := a.sign(t, &x509.Certificate{
		Subject: pkix.Name{CommonName: name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	})
	a.write(t, name+".pem", "CERTIFICATE", der)
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	a.write(t, name+".key", "PRIVATE KEY", secret)
}

// credentials makes an operator with one account and a user, whose file it gives.
func (a *authority) credentials(t *testing.T, o *server.Options) string {
	t.Helper()
	made := func(key nkeys.KeyPair, err error) (nkeys.KeyPair, string) {
		if err != nil {
			t.Fatal(err)
		}
		public, err := key.PublicKey()
		if err != nil {
			t.Fatal(err)
		}
		return key, public
	}
	operator, operatorID := made(nkeys.CreateOperator())
	owner, accountID := made(nkeys.CreateAccount())
	_, systemID := made(nkeys.CreateAccount())
	user, userID := made(nkeys.CreateUser())
	claims := jwt.NewAccountClaims(accountID)
	claims.Limits.JetStreamLimits = jwt.JetStreamLimits{DiskStorage: -1, MemoryStorage: -1, Streams: -1, Consumer: -1}
	signed := func(text string, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	resolver := &server.MemAccResolver{}
	for id, text := range map[string]string{
		accountID: signed(claims.Encode(operator)), systemID: signed(jwt.NewAccountClaims(systemID).Encode(operator)),
	} {
		if err := resolver.Store(id, text); err != nil {
			t.Fatal(err)
		}
	}
	o.SystemAccount = systemID
	o.TrustedOperators, o.AccountResolver = []*jwt.OperatorClaims{jwt.NewOperatorClaims(operatorID)}, resolver
	seed, err := user.Seed()
	if err != nil {
		t.Fatal(err)
	}
	file, err := jwt.FormatUserConfig(signed(jwt.NewUserClaims(userID).Encode(owner)), seed)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(a.dir, "user.creds")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// secured is a server that wants a certificate and credentials, and who has them.
func secured(t *testing.T) (*authority, External) {
	t.Helper()
	a := newAuthority(t)
	a.issue(t, "server")
	a.issue(t, "client")
	at := func(name string) string { return filepath.Join(a.dir, name) }
	o := &server.Options{Host: "127.0.0.1", Port: -1, NoSigs: true, NoLog: true, JetStream: true, StoreDir: filepath.Join(a.dir, "log"), SyncAlways: true, TLS: true, TLSVerify: true}
	var err error
	if o.TLSConfig, err = server.GenTLSConfig(&server.TLSConfigOpts{CertFile: at("server.pem"), KeyFile: at("server.key"), CaFile: at("ca.pem"), Verify: true, MinVersion: tls.VersionTLS12}); err != nil {
		t.Fatal(err)
	}
	credentials := a.credentials(t, o)
	srv, err := server.NewServer(o)
	if err != nil {
		t.Fatal(err)
	}
	srv.Start()
	t.Cleanup(func() { srv.Shutdown(); srv.WaitForShutdown() })
	if !srv.ReadyForConnections(startTimeout) {
		t.Fatal("the server is not ready")
	}
	return a, External{
		URL: "tls://" + srv.Addr().String(), Credentials: credentials, Patience: time.Second,
		CA: at("ca.pem"), Cert: at("client.pem"), Key: at("client.key"),
	}
}

func TestAServerIsTrustedAndLetsUsInByWhatWeShow(t *testing.T) {
	_, e := secured(t)
	s := dial(t, e)
	fill(t, createLog(t, s), eventstore.Head{}, 3)
	closeStore(t, s)

	other, _ := secured(t) // of another authority
	for name, change := range map[string]func(*External){
		"another authority for the server": func(e *External) { e.CA = filepath.Join(other.dir, "ca.pem") },
		"another authority for us": func(e *External) {
			e.Cert, e.Key = filepath.Join(other.dir, "client.pem"), filepath.Join(other.dir, "client.key")
		},
		"no certificate":       func(e *External) { e.Cert, e.Key = "", "" },
		"no credentials":       func(e *External) { e.Credentials = "" },
		"others' credentials":  func(e *External) { e.Credentials = filepath.Join(other.dir, "user.creds") },
		"no such file":         func(e *External) { e.Credentials = filepath.Join(other.dir, "none") },
		"a file of something":  func(e *External) { e.NKey, e.Credentials = filepath.Join(other.dir, "ca.pem"), "" },
		"a certificate alone":  func(e *External) { e.Key = "" },
		"two ways to be known": func(e *External) { e.NKey = e.Credentials },
	} {
		changed := e
		change(&changed)
		begun := time.Now()
		if s, err := OpenExternal(changed); err == nil {
			t.Errorf("%s: we are let in", name)
			closeStore(t, s)
		} else if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%s: told after %v: %v", name, took, err)
		}
	}
}

// What is said and logged names files and hosts, and nothing that is in them.
func TestSecretsAreNeverTold(t *testing.T) {
	servers := jetstreamtest.Start(t, 1, 1)
	var said lockedBuffer
	e := External{URL: servers.URL(), NKey: servers.Accounts[0].App, Patience: time.Second, Logger: slog.New(slog.NewTextHandler(&said, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	s := dial(t, e)
	_, created := s.Create(t.Context(), region)
	servers.Nodes[0].Kill(t)
	_, opened := s.Open(t.Context(), region)
	closeStore(t, s)
	if !errors.Is(created, ErrNotAllowed) || !errors.Is(opened, eventstore.ErrUnavailable) {
		t.Errorf("Create gives %v, and Open %v", created, opened)
	}
	e.URL = "nats://me:hemmelig@" + strings.TrimPrefix(servers.URL(), "nats://")
	_, connected := OpenExternal(e)
	seed, err := os.ReadFile(e.NKey)
	if err != nil {
		t.Fatal(err)
	}
	all := said.String() + created.Error() + opened.Error() + connected.Error()
	if strings.Contains(all, "hemmelig") || strings.Contains(all, string(bytes.TrimSpace(seed))) || !strings.Contains(all, "is lost") {
		t.Errorf("it is told:\n%s", all)
	}
}

func TestALogOnFewerServersThanAskedForIsRefused(t *testing.T) {
	servers := jetstreamtest.Start(t, 1, 1)
	e := External{URL: servers.URL(), NKey: servers.Accounts[0].Init}
	one := dial(t, e)
	defer closeStore(t, one)
	createLog(t, one)
	e.Replicas = 3
	three := dial(t, e)
	defer closeStore(t, three)
	var settings *eventstore.SettingsError
	if _, err := three.Open(t.Context(), region); !errors.As(err, &settings) || settings.Setting != "num_replicas 1" {
		t.Errorf("Open gives %v", err)
	}
}

// A server that is going down or coming up takes a connection and hangs up.
func TestAServerThatHangsUpIsTriedAgain(t *testing.T) {
	servers := jetstreamtest.Start(t, 1, 1)
	servers.Nodes[0].Shut()
	e := External{URL: servers.URL(), NKey: servers.Accounts[0].App, Patience: time.Second}
	if s, err := OpenExternal(e); !errors.Is(err, eventstore.ErrUnavailable) {
		t.Errorf("OpenExternal gives %v, %v", s, err)
	}
}

// While nobody answers, every call ends, and an append says that it sent nothing.
func TestEveryCallEndsWhileTheServerIsGone(t *testing.T) {
	servers := jetstreamtest.Start(t, 1, 1)
	e := External{URL: servers.URL(), NKey: servers.Accounts[0].Init}
	patient := dial(t, e)
	defer closeStore(t, patient)
	head := fill(t, createLog(t, patient), eventstore.Head{}, 3)
	e.Patience = time.Second
	s := dial(t, e)
	defer closeStore(t, s)
	log, err := s.Open(t.Context(), region)
	if err != nil {
		t.Fatal(err)
	}
	node := servers.Nodes[0]
	lost := s.link.down()
	node.Kill(t)
	<-lost
	_, appended := log.Append(t.Context(), head, event(4))
	_, asked := log.Messages(t.Context())
	_, read := readAll(t.Context(), log, eventstore.Head{})
	for name, err := range map[string]error{"Append": appended, "Messages": asked, "Read": read} {
		if !errors.Is(err, eventstore.ErrUnavailable) || errors.Is(err, eventstore.ErrUnknown) {
			t.Errorf("%s gives %v", name, err)
		}
	}
	for range 40 { // its time ends when it would be sent again
		ctx, cancel := context.WithTimeout(t.Context(), waitPause)
		if _, err := log.Append(ctx, head, event(4)); !errors.Is(err, eventstore.ErrUnavailable) {
			t.Errorf("Append with little time gives %v", err)
		}
		cancel()
	}
	next := make(chan error)
	go func() {
		for m, err := range log.Follow(t.Context(), head) {
			if err != nil || m.Head.Sequence == 4 {
				next <- err
				return
			}
		}
	}()
	node.Start(t)
	again, err := patient.Open(t.Context(), region)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, again, head, 1)
	if err := <-next; err != nil {
		t.Errorf("a Follow that waited for the server ends with %v", err)
	}
}
