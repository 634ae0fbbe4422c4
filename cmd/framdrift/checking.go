package main

import "github.com/fosenregionen/framdrift/domain"

// largeLog is how many bytes of log make it worth saying that they are being
// checked: about a second.
const largeLog = 1 << 30

// checking tells on stderr how far the check of a large log has come, at each
// tenth of it, before anything can be answered.
func (c *cli) checking() func(id domain.RegionID, done, of int64) {
	said := map[domain.RegionID]int64{}
	return func(id domain.RegionID, done, of int64) {
		tenths := int64(0)
		if of >= largeLog {
			tenths = 10 * done / of
		}
		if tenths > said[id] {
			said[id] = tenths
			c.say(phrase("Kontrollerer loggen til %[1]s: %[2]d %% av %.1[3]f GB", "Kontrollerer loggen til %[1]s: %[2]d %% av %.1[3]f GB", "Checking the log of %[1]s: %[2]d%% of %.1[3]f GB"), id, 10*tenths, float64(of)/1e9)
		}
	}
}
