package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/api"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/doctor"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/metrics"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/promapi"
	"github.com/fosenregionen/framdrift/domain"
)

// stopPatience is how long requests under way get when serve is told to stop.
const stopPatience = 10 * time.Second

// longestSocketPath is what the smallest sun_path among our systems holds
// (macOS; Linux has four more).
const longestSocketPath = 103

var (
	errNotLoopback = rule("serve.not-loopback",
		"%[1]s er ikke på denne maskinen. Uten innlogging svarer Framdrift bare på loopback: 127.0.0.1:8080, [::1]:8080 eller localhost:8080.",
		"%[1]s er ikkje på denne maskina. Utan innlogging svarar Framdrift berre på loopback: 127.0.0.1:8080, [::1]:8080 eller localhost:8080.",
		"%[1]s is not on this machine. Without sign-in Framdrift answers only on loopback: 127.0.0.1:8080, [::1]:8080 or localhost:8080.")
	errAddress = rule("serve.address",
		"«%[1]s» er ikke en adresse å lytte på. Skriv den som 127.0.0.1:8080.",
		"«%[1]s» er ikkje ei adresse å lytte på. Skriv ho som 127.0.0.1:8080.",
		"“%[1]s” is not an address to listen on. Write it as 127.0.0.1:8080.")
	errSocketPath = rule("serve.socket-path",
		"Stien til datakatalogen er for lang: socketen %[1]s har %[2]d byte, og systemet tar %[3]d. Start serve fra et sted der --data kan være kort.",
		"Stien til datakatalogen er for lang: socketen %[1]s har %[2]d byte, og systemet tek %[3]d. Start serve frå ein stad der --data kan vere kort.",
		"The path of the data directory is too long: the socket %[1]s has %[2]d bytes, and the system takes %[3]d. Start serve from a place where --data can be short.")
	errListen = domain.Rule{Kind: domain.Failed, Code: "serve.listen", Text: phrase(
		"Kan ikke lytte på %[1]s: %[2]v. Velg en annen adresse med --listen.",
		"Kan ikkje lytte på %[1]s: %[2]v. Vel ei anna adresse med --listen.",
		"Cannot listen on %[1]s: %[2]v. Choose another address with --listen.")}
	errSocket = domain.Rule{Kind: domain.Failed, Code: "serve.socket", Text: phrase(
		"Kan ikke lage socketen %[1]s: %[2]v.", "Kan ikkje lage socketen %[1]s: %[2]v.", "Cannot make the socket %[1]s: %[2]v.")}
)

func (c *cli) serveCommand() *cobra.Command {
	var listen string
	var every rhythms
	cmd := c.verb("serve", phrase("Svarer over HTTP og tar imot kommandoer, til den stoppes", "Svarar over HTTP og tek imot kommandoar, til han blir stoppa", "Answers over HTTP and takes commands, until stopped"),
		func(cmd *cobra.Command, _ []string) error { return c.serve(cmd.Context(), listen, every) })
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8080", c.flag("adressen for HTTP, bare loopback (FRAMDRIFT_LISTEN)", "adressa for HTTP, berre loopback (FRAMDRIFT_LISTEN)", "the address for HTTP, loopback only (FRAMDRIFT_LISTEN)"))
	cmd.Flags().DurationVar(&every.seal, "checkpoint-every", 5*time.Minute, c.flag("hvor ofte en logg som har fått noe nytt, signeres", "kor ofte ein logg som har fått noko nytt, blir signert", "how often a log that has moved is signed"))
	cmd.Flags().DurationVar(&every.verify, "verify-every", time.Hour, c.flag("hvor ofte hele loggen leses og kontrolleres på nytt", "kor ofte heile loggen blir lesen og kontrollert på nytt", "how often the whole log is read and verified anew"))
	return cmd
}

// rhythms are how often serve does what nobody asks for.
type rhythms struct{ seal, verify time.Duration }

var errRhythm = rule("serve.rhythm",
	"--checkpoint-every og --verify-every er tid mellom to ganger, minst ett sekund: for eksempel 5m eller 24h.",
	"--checkpoint-every og --verify-every er tid mellom to gonger, minst eitt sekund: til dømes 5m eller 24h.",
	"--checkpoint-every and --verify-every are the time between two times, at least a second: for example 5m or 24h.")

func (c *cli) serve(ctx context.Context, listen string, every rhythms) (err error) {
	if err := onLoopback(listen); err != nil {
		return err
	}
	if min(every.seal, every.verify) < time.Second {
		return errRhythm.With()
	}
	counted := metrics.New()
	log := slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	a, err := c.alone(ctx, func() (*app.App, error) {
		o := c.options()
		o.Observer, o.Logger, o.SealEvery, o.VerifyEvery, o.Early = counted, log, every.seal, every.verify, true
		return app.Create(ctx, o)
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	tcp, err := net.Listen("tcp", listen)
	if err != nil {
		return errListen.With(listen, inWords(err))
	}
	socket, err := listenSocket(app.SocketPath(c.data))
	if err != nil {
		return errors.Join(err, tcp.Close())
	}
	c.welcome(a, tcp.Addr().String())
	stopping, stop := context.WithCancel(ctx)
	defer stop()
	err = serveBoth(stopping, stop, tcp, open(stopping, a, counted, c.language), socket, api.Everything(stopping, a, doctor.Build(built())))
	if err == nil {
		c.farewell()
	}
	return err
}

// open is what everybody on this machine may ask: nothing of it changes anything.
func open(stopping context.Context, a *app.App, counted *metrics.Metrics, l domain.Language) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /api/", api.Reading(stopping, a))
	past := promapi.Handler(a)
	mux.Handle("GET /api/v1/", past)
	mux.Handle("POST /api/v1/", past) // a query may be long; it changes nothing
	mux.Handle("GET /metrics", counted.Handler(a))
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) { ready(w, a, l) })
	return api.OnlyLoopback(api.Problems(mux))
}

// ready is ok when every region follows its log, and else says which does not and why.
func ready(w http.ResponseWriter, a *app.App, l domain.Language) {
	unready := a.Unopened()
	for _, r := range a.Regions() {
		if err := r.Ready(); err != nil {
			unready[r.ID()] = err
		}
	}
	code, text := http.StatusOK, "ok\n"
	if len(unready) > 0 {
		code, text = http.StatusServiceUnavailable, ""
	}
	for _, id := range slices.Sorted(maps.Keys(unready)) {
		text += fmt.Sprintf("%s: %s\n", id, domain.Explain(unready[id]).Message.In(l))
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(code)
	fmt.Fprint(w, text)
}

// onLoopback refuses an address that others could reach.
func onLoopback(listen string) error {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return errAddress.With(listen)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return errAddress.With(listen)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return errNotLoopback.With(listen)
	}
	return nil
}

// listenSocket makes the socket that commands come in by. One that is there
// was left by a serve that died: the lock says that none runs.
func listenSocket(path string) (net.Listener, error) {
	if len(path) > longestSocketPath {
		return nil, errSocketPath.With(path, len(path), longestSocketPath)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, errSocket.With(path, inWords(err))
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, errSocket.With(path, inWords(err))
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(errSocket.With(path, inWords(err)), l.Close())
	}
	return l, nil
}

func (c *cli) welcome(a *app.App, address string) {
	c.say(phrase("Framdrift %[1]s svarer. Stopp med Ctrl-C.", "Framdrift %[1]s svarar. Stopp med Ctrl-C.", "Framdrift %[1]s answers. Stop with Ctrl-C."), built().Version)
	c.whereDataLies()
	c.say(phrase("  styre      framdrift … --data %[1]s (gjennom socketen der)", "  styre      framdrift … --data %[1]s (gjennom socketen der)", "  commands   framdrift … --data %[1]s (through the socket there)"), c.data)
	c.say(phrase("  lese       http://%[1]s/api/regions · bare fra denne maskinen", "  lese       http://%[1]s/api/regions · berre frå denne maskina", "  read       http://%[1]s/api/regions · only from this machine"), address)
	c.say(phrase("  måle       http://%[1]s/metrics · /livez · /readyz", "  måle       http://%[1]s/metrics · /livez · /readyz", "  measure    http://%[1]s/metrics · /livez · /readyz"), address)
	if len(a.RegionIDs()) == 0 {
		c.say(phrase("  Ingen region ennå: framdrift init ID --name NAVN", "  Ingen region enno: framdrift init ID --name NAMN", "  No region yet: framdrift init ID --name NAME"))
	}
	for _, r := range a.Regions() {
		c.say(phrase("  region     %[1]s, %[2]d hendelser", "  region     %[1]s, %[2]d hendingar", "  region     %[1]s, %[2]d events"), r.ID(), r.Head().Position)
		c.caution(r)
	}
	if n := len(a.Unopened()); n > 0 {
		c.say(phrase("  Åpner %[1]d regioner til; hver svarer når loggen er lest. /readyz sier hvilke som venter.",
			"  Opnar %[1]d regionar til; kvar svarar når loggen er lesen. /readyz seier kva for nokre som ventar.",
			"  Opening %[1]d more regions; each answers when its log has been read. /readyz says which are waiting."), n)
	}
}

func (c *cli) farewell() {
	if c.elsewhere() {
		c.say(phrase("Framdrift stopper. Alt som ble bekreftet, er på loggen.", "Framdrift stoppar. Alt som vart stadfesta, er på loggen.", "Framdrift stops. Everything that was acknowledged is on the log."))
		return
	}
	c.say(phrase("Framdrift stopper. Alt som ble bekreftet, er på disk.", "Framdrift stoppar. Alt som vart stadfesta, er på disk.", "Framdrift stops. Everything that was acknowledged is on disk."))
}

func (c *cli) whereDataLies() {
	if !c.elsewhere() {
		c.say(phrase("  data       %[1]s (hver endring er på disk før den er bekreftet)", "  data       %[1]s (kvar endring er på disk før ho er stadfesta)", "  data       %[1]s (every change is on disk before it is acknowledged)"), c.data)
		return
	}
	c.say(phrase("  data       %[1]s (bare det som er denne instansens eget)", "  data       %[1]s (berre det som er denne instansen sitt eige)", "  data       %[1]s (only what is this instance's own)"), c.data)
	c.say(phrase("  logg       %[1]s (at de skriver til disk før de svarer, kan ikke ses herfra: sync_interval: always)", "  logg       %[1]s (at dei skriv til disk før dei svarar, kan ikkje sjåast herfrå: sync_interval: always)", "  log        %[1]s (that they write to disk before they answer cannot be seen from here: sync_interval: always)"), c.nats.Hosts())
}

// serveBoth answers on both until ctx ends or one of them breaks; then it says
// stop, so that whoever waits for news gets what there is, and lets
// what is under way finish, within stopPatience.
func serveBoth(ctx context.Context, stop func(), tcp net.Listener, reading http.Handler, socket net.Listener, everything http.Handler) error {
	server := func(h http.Handler) *http.Server {
		return &http.Server{
			Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 2 * time.Minute,
			IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		}
	}
	outside, inside := server(reading), server(everything)
	broken := make(chan error, 2)
	go func() { broken <- outside.Serve(tcp) }()
	go func() { broken <- inside.Serve(socket) }()
	var err error
	waiting := 2
	select {
	case <-ctx.Done():
	case err = <-broken:
		waiting--
	}
	stop()
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopPatience)
	defer cancel()
	err = errors.Join(err, outside.Shutdown(patience), inside.Shutdown(patience))
	for range waiting {
		if e := <-broken; !errors.Is(e, http.ErrServerClosed) {
			err = errors.Join(err, e)
		}
	}
	return err
}
