package app

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// lines reads JSON Lines as they are: each line with its newline, not one
// byte of it changed. A line of ours ends with \n alone, also the last.
type lines struct {
	from   *bufio.Reader
	limit  int    // bytes of a line, newline included
	number uint64 // of the line that was read last
}

func newLines(r io.Reader, limit int) *lines {
	return &lines{from: bufio.NewReaderSize(r, 1<<16), limit: limit}
}

// next is the next line, which the caller may keep; io.EOF after the last.
func (l *lines) next() ([]byte, error) {
	var line []byte
	for {
		part, err := l.from.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case errors.Is(err, io.EOF) && len(line) == 0:
			return nil, io.EOF
		case errors.Is(err, io.EOF):
			return nil, errCopyTorn.With(l.number + 1)
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return nil, fmt.Errorf("app: reading line %d: %w", l.number+1, err)
		case len(line) > l.limit:
			return nil, errCopyTooLarge.With(l.number+1, l.limit)
		case err == nil:
			l.number++
			if bytes.HasSuffix(line, []byte("\r\n")) {
				return nil, errCopyConverted.With(l.number)
			}
			return line, nil
		}
	}
}
