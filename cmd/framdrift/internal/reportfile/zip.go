package reportfile

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// join is the errors as one; nil when there is none.
func join(errs ...error) error { return errors.Join(errs...) }

// sameBytes packs an Office file again, its parts in order of name and without
// the time they were written: the same report is the same file.
func sameBytes(to io.Writer, file []byte) error {
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return fmt.Errorf("reportfile: %w", err)
	}
	slices.SortFunc(r.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	w := zip.NewWriter(to)
	for _, part := range r.File {
		if err := repack(w, part); err != nil {
			return fmt.Errorf("reportfile: %s: %w", part.Name, err)
		}
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("reportfile: %w", err)
	}
	return nil
}

func repack(w *zip.Writer, part *zip.File) error {
	from, err := part.Open()
	if err != nil {
		return err
	}
	to, err := w.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate})
	if err == nil {
		_, err = io.Copy(to, from) //nolint:gosec // we wrote it
	}
	return errors.Join(err, from.Close())
}
