package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
)

// natsFlags say where the log lies when it does not lie in the data directory.
func (c *cli) natsFlags(root *cobra.Command) {
	f := root.PersistentFlags()
	f.StringVar(&c.nats.URL, "nats-url", "", c.flag("NATS-servere som har loggen, i stedet for datakatalogen: tls://vert:4222,…", "NATS-serverar som har loggen, i staden for datakatalogen: tls://vert:4222,…", "NATS servers that keep the log, instead of the data directory: tls://host:4222,…"))
	f.StringVar(&c.nats.Credentials, "nats-creds", "", c.flag("fil med JWT og nøkkel for dem", "fil med JWT og nøkkel for dei", "file with the JWT and seed for them"))
	f.StringVar(&c.nats.NKey, "nats-nkey", "", c.flag("fil med NKEY-nøkkel for dem", "fil med NKEY-nøkkel for dei", "file with the NKEY seed for them"))
	f.StringVar(&c.nats.CA, "nats-tls-ca", "", c.flag("fil med sertifikatene som gjelder for dem", "fil med sertifikata som gjeld for dei", "file with the certificates to trust them by"))
	f.StringVar(&c.nats.Cert, "nats-tls-cert", "", c.flag("fil med vårt sertifikat", "fil med sertifikatet vårt", "file with our certificate"))
	f.StringVar(&c.nats.Key, "nats-tls-key", "", c.flag("fil med nøkkelen til sertifikatet", "fil med nøkkelen til sertifikatet", "file with the key of our certificate"))
	f.IntVar(&c.nats.Replicas, "nats-replicas", 1, c.flag("antall servere hver logg ligger på: 1 eller 3", "talet på serverar kvar logg ligg på: 1 eller 3", "how many servers each log lies on: 1 or 3"))
}

// options are those of an app where the flags say.
func (c *cli) options() app.Options {
	return app.Options{Dir: c.data, NATS: c.nats, MasterKey: os.Getenv("FRAMDRIFT_MASTER_KEY"), MasterKeyFile: c.masterKeyFile, Checking: c.checking()}
}

// elsewhere reports whether the log lies on servers that we do not run.
func (c *cli) elsewhere() bool { return c.nats.URL != "" }
