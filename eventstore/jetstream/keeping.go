package jetstream

import (
	"context"

	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/eventstore"
)

// A Keeping is how the servers keep the log of a region, as far as they can be
// asked. Whether they sync before they acknowledge, they tell nobody; and a
// replica with a flipped bit calls itself current.
type Keeping struct {
	// Faults are the settings by which events could be lost or changed; Open
	// refuses a log that has any.
	Faults   []*eventstore.SettingsError
	Replicas []Replica // none where a single server keeps the log
	Messages uint64
	Bytes    uint64
}

// A Replica is one server's copy of a log that lies on several.
type Replica struct {
	Server  string
	Leads   bool
	Current bool   // it has what the leader has, or nearly
	Offline bool   // nobody hears from it
	Lag     uint64 // messages that it is behind
}

// Keeping asks the servers how they keep the log of a region, also of one that
// Open refuses. Errors: ErrMissing, ErrUnavailable, ErrClosed.
func (s *Store) Keeping(ctx context.Context, region string) (Keeping, error) {
	l := &regionLog{store: s, region: region, stream: streamName(region), prefix: subjectPrefix + region + "."}
	stream, err := l.find(ctx)
	if err != nil {
		return Keeping{}, s.explain(err)
	}
	info := stream.CachedInfo()
	return Keeping{
		Faults: s.faults(region, info.Config), Replicas: replicas(info),
		Messages: info.State.Msgs, Bytes: info.State.Bytes,
	}, nil
}

func replicas(info *natsjs.StreamInfo) []Replica {
	if info.Config.Replicas < 2 || info.Cluster == nil {
		return nil
	}
	all := []Replica{{Server: info.Cluster.Leader, Leads: true, Current: true}}
	for _, peer := range info.Cluster.Replicas {
		all = append(all, Replica{Server: peer.Name, Current: peer.Current, Offline: peer.Offline, Lag: peer.Lag})
	}
	return all
}

// A Server is whom a store is connected to.
type Server struct {
	Name, Version string
	Cluster       string // empty for a server alone
	Identified    bool   // it demands to know who we are
	Encrypted     bool   // the connection is by TLS
}

// Server is the one that the store is connected to just now; the zero Server
// when it is to none.
func (s *Store) Server() Server {
	if !s.conn.IsConnected() {
		return Server{}
	}
	_, err := s.conn.TLSConnectionState()
	return Server{
		Name: s.conn.ConnectedServerName(), Version: s.conn.ConnectedServerVersion(), Cluster: s.conn.ConnectedClusterName(),
		Identified: s.conn.AuthRequired(), Encrypted: err == nil,
	}
}
