package main

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"
	"unicode"

	"github.com/fosenregionen/framdrift/domain"
)

// placeholders are the arguments of commands as the use lines name them.
var placeholders = map[string]domain.Phrase{
	"FILE": phrase("FIL", "FIL", "FILE"), "DIR": phrase("KATALOG", "KATALOG", "DIR"), "FROM": phrase("KILDE", "KJELDE", "FROM"), "TO": phrase("MÅL", "MÅL", "TO"),
	"NAME": phrase("NAVN", "NAMN", "NAME"), "POSITION": phrase("NUMMER", "NUMMER", "POSITION"), "DATE": phrase("DATO", "DATO", "DATE"), "PERIOD": phrase("PERIODE", "PERIODE", "PERIOD"),
	"ACTOR": phrase("AKTØR", "AKTØR", "ACTOR"), "INTO": phrase("ARVTAKER", "ARVTAKAR", "INTO"), "SECTOR": phrase("SEKTOR", "SEKTOR", "SECTOR"), "TEXT": phrase("TEKST", "TEKST", "TEXT"), "TITLE": phrase("TITTEL", "TITTEL", "TITLE"),
	"SHARE": phrase("ANDEL", "DEL", "SHARE"), "USER": phrase("BRUKER", "BRUKAR", "USER"),
}

// useLine is a use line with its arguments in the language.
func (c *cli) useLine(use string) string {
	words := strings.Fields(use)
	for i, w := range words {
		name := strings.Trim(w, "[]")
		if p, ok := placeholders[name]; ok {
			words[i] = strings.Replace(w, name, p.In(c.language), 1)
		}
	}
	return strings.Join(words, " ")
}

// harmless is a text that a terminal shows and does not obey: what somebody
// typed comes back in an error, and it may hold anything.
func harmless(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// systemWords are the errors of the operating system that people meet.
var systemWords = []struct {
	is    error
	words domain.Phrase
}{
	{fs.ErrNotExist, phrase("den finnes ikke", "ho finst ikkje", "it does not exist")},
	{fs.ErrPermission, phrase("du har ikke tilgang", "du har ikkje tilgang", "you have no access")},
	{syscall.EISDIR, phrase("det er en katalog", "det er ein katalog", "it is a directory")},
	{syscall.ENOTDIR, phrase("stien går gjennom en fil", "stien går gjennom ei fil", "its path leads through a file")},
	{syscall.ENOSPC, phrase("disken er full", "disken er full", "the disk is full")},
	{syscall.EADDRINUSE, phrase("adressen er i bruk", "adressa er i bruk", "the address is in use")},
	{syscall.EADDRNOTAVAIL, phrase("maskinen har ikke den adressen", "maskina har ikkje den adressa", "the machine does not have that address")},
}

// inWords is why the operating system said no, in the reader's language where
// it is one of the usual reasons.
func inWords(err error) any {
	for _, w := range systemWords {
		if errors.Is(err, w.is) {
			return w.words
		}
	}
	if where, ok := errors.AsType[*fs.PathError](err); ok {
		return where.Err
	}
	return err
}
