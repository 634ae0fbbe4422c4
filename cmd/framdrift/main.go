// Framdrift follows an adopted plan from its decision to its final report.
//
// Every command is a file of its own here; what they stand on lies in
// internal: app (the one door for writes, and the answers), api (HTTP and the
// socket), planfile and reportfile (documents in and out), metrics.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime"
	"syscall"
)

// ballast makes the garbage collector wait until there is as much garbage: a
// region's state is small, and each of its events leaves a few kilobytes. It is
// never touched, so no memory is behind it.
var ballast = make([]byte, 96<<20)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	runtime.KeepAlive(ballast)
	os.Exit(code)
}
