package reporting

import "github.com/fosenregionen/framdrift/domain"

// An Event is something that happened to a plan's reporting: its periods, the
// reports on its measures, and the definition its figures are made by.
//
//sumtype:decl
type Event interface {
	domain.Event
	reportingEvent()
}

// A Status is the owner's own word for how a measure is doing.
type Status string

// The statuses. Unchanged looks back to the last report that stands.
const (
	Green     Status = "green"
	Amber     Status = "amber"
	Red       Status = "red"
	Unchanged Status = "unchanged"
)

// The events. Reports have the measure as their subject.
type (
	// PeriodOpened opens a reporting period, or opens a closed one again.
	PeriodOpened struct {
		Period         domain.PeriodID `json:"period"`
		From           domain.Date     `json:"from"`
		To             domain.Date     `json:"to"`
		ReportDeadline domain.Date     `json:"reportDeadline"`
	}

	// PeriodClosed ends reporting for a period.
	PeriodClosed struct {
		Period domain.PeriodID `json:"period"`
	}

	// Reported is what the owner says about one measure in one period.
	Reported struct {
		Report    domain.ReportID `json:"report"`
		Period    domain.PeriodID `json:"period"`
		Status    Status          `json:"status"`
		Text      domain.Text     `json:"text,omitempty"`
		Obstacles domain.Text     `json:"obstacles,omitempty"`
		Next      domain.Text     `json:"next,omitempty"`
		Forecast  domain.Date     `json:"forecast,omitzero"`
	}

	// Returned sends a report back to its owner.
	Returned struct {
		Report domain.ReportID `json:"report"`
		Why    domain.Text     `json:"why,omitempty"`
	}

	// Approved lets a report stand.
	Approved struct {
		Report domain.ReportID `json:"report"`
		Why    domain.Text     `json:"why,omitempty"`
	}

	// Withdrawn takes a report back, for good.
	Withdrawn struct {
		Report domain.ReportID `json:"report"`
		Why    domain.Text     `json:"why,omitempty"`
	}

	// DeliveryDefined sets the parameters of gjennomføringskraft; what it
	// leaves out keeps its default.
	DeliveryDefined struct {
		Version         string `json:"version"`
		WindowDays      int    `json:"windowDays,omitzero"`
		ReportGraceDays int    `json:"reportGraceDays,omitzero"`
		ToleranceDays   int    `json:"toleranceDays,omitzero"`
		HorizonDays     int    `json:"horizonDays,omitzero"`
		OpenDays        int    `json:"openDays,omitzero"`
		ClosedPeriods   int    `json:"closedPeriods,omitzero"`
	}
)

// EventName is the stored name.
func (PeriodOpened) EventName() string { return "period.opened" }

// EventName is the stored name.
func (PeriodClosed) EventName() string { return "period.closed" }

// EventName is the stored name.
func (Reported) EventName() string { return "measure.reported" }

// EventName is the stored name.
func (Returned) EventName() string { return "report.returned" }

// EventName is the stored name.
func (Approved) EventName() string { return "report.approved" }

// EventName is the stored name.
func (Withdrawn) EventName() string { return "report.withdrawn" }

// EventName is the stored name.
func (DeliveryDefined) EventName() string { return "delivery.defined" }

func (PeriodOpened) reportingEvent()    {}
func (PeriodClosed) reportingEvent()    {}
func (Reported) reportingEvent()        {}
func (Returned) reportingEvent()        {}
func (Approved) reportingEvent()        {}
func (Withdrawn) reportingEvent()       {}
func (DeliveryDefined) reportingEvent() {}
