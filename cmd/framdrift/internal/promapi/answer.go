package promapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
)

// A kind of error is its word and its status, as Prometheus has them
// (web/api/v1/api.go).
type kind struct {
	word   string
	status int
}

var (
	timedOut = kind{"timeout", http.StatusServiceUnavailable}
	canceled = kind{"canceled", 499}
	exec     = kind{"execution", http.StatusUnprocessableEntity}
	badData  = kind{"bad_data", http.StatusBadRequest}
	internal = kind{"internal", http.StatusInternalServerError}
	notFound = kind{"not_found", http.StatusNotFound}
)

type apiError struct {
	kind kind
	err  error
}

func (e *apiError) Error() string { return e.err.Error() }

func invalid(parameter string, err error) error {
	return &apiError{badData, fmt.Errorf("invalid parameter %q: %w", parameter, err)}
}

// asError is what an error of the engine is called.
func asError(err error) error {
	var (
		stopped promql.ErrQueryCanceled
		slow    promql.ErrQueryTimeout
		stored  promql.ErrStorage
	)
	switch {
	case errors.As(err, &stopped), errors.Is(err, context.Canceled):
		return &apiError{canceled, err}
	case errors.As(err, &slow):
		return &apiError{timedOut, err}
	case errors.Is(err, context.DeadlineExceeded):
		return &apiError{timedOut, promql.ErrQueryTimeout("expression evaluation")}
	case errors.As(err, &stored):
		return &apiError{internal, err}
	}
	return &apiError{exec, err}
}

// warned is the warnings of an answer, and the infos.
type warned [][]string

func (w warned) of(i int) []string {
	if i < len(w) {
		return w[i]
	}
	return nil
}

// response is the shape of every answer.
type response struct {
	Status    string   `json:"status"`
	Data      any      `json:"data,omitempty"`
	ErrorType string   `json:"errorType,omitempty"`
	Error     string   `json:"error,omitempty"`
	Warnings  []string `json:"warnings,omitempty"`
	Infos     []string `json:"infos,omitempty"`
}

// writing is data that must be let go of once it is written.
type writing struct {
	data any
	done func()
}

// answer writes what read gives, or its error.
func answer(read func(*http.Request) (any, warned, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, mostBody)
		if err := r.ParseForm(); err != nil {
			writeError(w, &apiError{badData, fmt.Errorf("error parsing form values: %w", err)})
			return
		}
		data, warnings, err := read(r)
		if err != nil {
			writeError(w, err)
			return
		}
		if in, ok := data.(writing); ok {
			data = in.data
			defer in.done()
		}
		write(w, http.StatusOK, response{Status: "success", Data: data, Warnings: warnings.of(0), Infos: warnings.of(1)})
	}
}

func writeError(w http.ResponseWriter, err error) {
	e := &apiError{internal, err}
	errors.As(err, &e)
	write(w, e.kind.status, response{Status: "error", ErrorType: e.kind.word, Error: e.err.Error()})
}

func write(w http.ResponseWriter, status int, r response) {
	b, err := r.append(nil)
	if err != nil { // a label that is not UTF-8 can only come from a label_replace
		status, b = http.StatusInternalServerError, []byte(`{"status":"error","errorType":"internal","error":"the answer cannot be written as JSON"}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(b) // the only error left is a reader that went away
}

// append writes the response as JSON. The answer to a query may be a million
// points, so it is written by hand and not looked through again.
func (r response) append(b []byte) ([]byte, error) {
	data, large := r.Data.(queryData)
	if large {
		r.Data = nil
	}
	envelope, err := json.Marshal(r)
	if err != nil || !large {
		return append(b, envelope...), err
	}
	b = append(append(b, envelope[:len(envelope)-1]...), `,"data":`...)
	if b, err = data.append(b); err != nil {
		return nil, err
	}
	return append(b, '}'), nil
}

// append writes {"resultType":"matrix","result":[…]}: each series with its
// labels and [[seconds,"value"],…].
func (q queryData) append(b []byte) ([]byte, error) {
	b = append(b, `{"resultType":"`+string(q.value.Type())+`","result":`...)
	switch v := q.value.(type) {
	case promql.Matrix:
		b = appendMatrix(b, v)
	case promql.Vector:
		b = appendVector(b, v)
	case promql.Scalar:
		b = appendPoint(b, v.T, v.V)
	case promql.String:
		text, err := json.Marshal([]any{float64(v.T) / 1000, v.V})
		if err != nil {
			return nil, err
		}
		b = append(b, text...)
	}
	return append(b, '}'), nil
}

func appendMatrix(b []byte, all promql.Matrix) []byte {
	b = append(b, '[')
	for i := range all {
		b = appendMetric(b, i, all[i].Metric)
		b = append(b, `"values":[`...)
		for j, p := range all[i].Floats {
			if j > 0 {
				b = append(b, ',')
			}
			b = appendPoint(b, p.T, p.F)
		}
		b = append(b, "]}"...)
	}
	return append(b, ']')
}

func appendVector(b []byte, all promql.Vector) []byte {
	b = append(b, '[')
	for i := range all {
		b = appendMetric(b, i, all[i].Metric)
		b = append(b, `"value":`...)
		b = appendPoint(b, all[i].T, all[i].F)
		b = append(b, '}')
	}
	return append(b, ']')
}

// appendMetric begins the i-th series.
func appendMetric(b []byte, i int, l labels.Labels) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	text, err := l.MarshalJSON()
	if err != nil {
		text = []byte("null")
	}
	return append(append(append(b, `{"metric":`...), text...), ',')
}

// appendPoint writes [1672527600,"12"]; the time has milliseconds where it needs them.
func appendPoint(b []byte, at int64, v float64) []byte {
	b = append(b, '[')
	if at%1000 == 0 {
		b = strconv.AppendInt(b, at/1000, 10)
	} else {
		b = strconv.AppendFloat(b, float64(at)/1000, 'f', -1, 64)
	}
	b = append(b, `,"`...)
	switch size := math.Abs(v); {
	case size < 1<<53 && v == math.Trunc(v) && (v != 0 || !math.Signbit(v)):
		b = strconv.AppendInt(b, int64(v), 10)
	case size != 0 && (size < 1e-6 || size >= 1e21):
		b = strconv.AppendFloat(b, v, 'e', -1, 64)
	default:
		b = strconv.AppendFloat(b, v, 'f', -1, 64)
	}
	return append(b, `"]`...)
}
