package jetstreamtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/nats-io/nats-server/v2/server"
)

// nodeConfig in the environment makes the test binary a node, whose
// configuration is in the file that it names.
const nodeConfig = "FRAMDRIFT_TEST_NODE"

// BeNode makes this process a node, until it ends, if StartApart started it as
// one. A TestMain calls it before anything else.
func BeNode() {
	config := os.Getenv(nodeConfig)
	if config == "" {
		return
	}
	if err := serve(config); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// serve runs a server until stdin ends, as it does when whoever started it does.
func serve(config string) error {
	srv, at, err := run(config, logOf(config))
	if err != nil {
		return err
	}
	if err := json.NewEncoder(os.Stdout).Encode(at); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, os.Stdin)
	return errors.Join(err, srv.stop())
}

func logOf(config string) string { return strings.TrimSuffix(config, ".conf") + ".log" }

// run starts a server in this process; log is a file, or empty for silence.
func run(config, log string) (thread, addresses, error) {
	o, err := server.ProcessConfigFile(config)
	if err != nil {
		return thread{}, addresses{}, err
	}
	o.NoSigs, o.NoLog, o.LogFile = true, log == "", log
	srv, err := server.NewServer(o)
	if err != nil {
		return thread{}, addresses{}, err
	}
	srv.ConfigureLogger()
	srv.Start()
	if !srv.ReadyForConnections(patience) {
		return thread{}, addresses{}, fmt.Errorf("the server is not ready after %v", patience)
	}
	at := addresses{Clients: srv.Addr().String(), Monitor: srv.MonitorAddr().String()}
	if a := srv.ClusterAddr(); a != nil {
		at.Routes = a.String()
	}
	return thread{srv}, at, nil
}

// A thread is a server in this process.
type thread struct{ *server.Server }

func inProcess(config string) (running, addresses, error) { return run(config, "") }

func (s thread) kill() error { return s.stop() }

func (s thread) stop() error {
	s.Shutdown()
	s.WaitForShutdown()
	return nil
}

// A process is a server in a process of its own.
type process struct {
	cmd   *exec.Cmd
	stdin io.Closer
}

func asProcess(config string) (running, addresses, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, addresses{}, err
	}
	cmd := &exec.Cmd{Path: program, Env: append(os.Environ(), nodeConfig+"="+config), Stderr: os.Stderr}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, addresses{}, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, addresses{}, err
	}
	if err := cmd.Start(); err != nil {
		return nil, addresses{}, err
	}
	p := process{cmd, stdin}
	var at addresses
	if err := json.NewDecoder(stdout).Decode(&at); err != nil {
		return nil, addresses{}, errors.Join(err, p.kill())
	}
	return p, at, nil
}

func (p process) kill() error {
	err := p.cmd.Process.Kill()
	_ = p.cmd.Wait() // killed, as it should be
	return err
}

func (p process) stop() error { return errors.Join(p.stdin.Close(), p.cmd.Wait()) }
