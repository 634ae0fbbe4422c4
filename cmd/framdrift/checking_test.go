package main

import (
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
)

func TestOnlyTheCheckOfALargeLogIsTold(t *testing.T) {
	var told strings.Builder
	c := &cli{err: &told, language: domain.English}
	checking := c.checking()
	for done := int64(0); done <= 8<<20; done += 1 << 20 {
		checking("fosen", done, 8<<20)
	}
	if told.Len() > 0 {
		t.Errorf("of a small log it says\n%s", told.String())
	}
	for done := int64(0); done <= 2<<30; done += 8 << 20 {
		checking("namdal", done, 2<<30)
	}
	if lines := strings.Split(strings.TrimSpace(told.String()), "\n"); len(lines) != 10 || lines[4] != "Checking the log of namdal: 50% of 2.1 GB" {
		t.Errorf("of a large log it says\n%s", told.String())
	}
}
