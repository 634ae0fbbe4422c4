//go:build !linux && !darwin

package app

import "errors"

// spaceOf cannot be asked here.
func spaceOf(string) (Space, error) { return Space{}, errors.ErrUnsupported }
