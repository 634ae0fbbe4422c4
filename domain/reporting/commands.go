package reporting

import "github.com/fosenregionen/framdrift/domain"

// A Command asks for a change to a plan's reporting.
//
//sumtype:decl
type Command interface {
	domain.Command
	reportingCommand()
}

// The commands.
type (
	// OpenPeriod opens a period. Dates may be left out for a calendar
	// tertial (T1-2023) and for a period that is opened again.
	OpenPeriod struct {
		Period         domain.PeriodID
		From, To       domain.Date
		ReportDeadline domain.Date
	}

	// ClosePeriod ends reporting for a period, after its report deadline.
	ClosePeriod struct{ Period domain.PeriodID }

	// Report is what the owner says about a measure in a period. Without an
	// id it gets the next free one: t07-T1-2023-1.
	Report struct {
		Measure   domain.MeasureID
		Report    domain.ReportID
		Period    domain.PeriodID
		Status    Status
		Text      domain.Text
		Obstacles domain.Text
		Next      domain.Text
		Forecast  domain.Date
	}

	// Return sends a report back.
	Return struct {
		Report domain.ReportID
		Why    domain.Text
	}

	// Approve lets a report stand.
	Approve struct {
		Report domain.ReportID
		Why    domain.Text
	}

	// WithdrawReport takes a report back, for good.
	WithdrawReport struct {
		Report domain.ReportID
		Why    domain.Text
	}

	// DefineDelivery sets the parameters of gjennomføringskraft.
	DefineDelivery struct{ Definition DeliveryDefined }
)

// CommandName is the name in the table of permissions.
func (OpenPeriod) CommandName() string { return "period.open" }

// CommandName is the name in the table of permissions.
func (ClosePeriod) CommandName() string { return "period.close" }

// CommandName is the name in the table of permissions.
func (Report) CommandName() string { return "measure.report" }

// CommandName is the name in the table of permissions.
func (Return) CommandName() string { return "report.return" }

// CommandName is the name in the table of permissions.
func (Approve) CommandName() string { return "report.approve" }

// CommandName is the name in the table of permissions.
func (WithdrawReport) CommandName() string { return "report.withdraw" }

// CommandName is the name in the table of permissions.
func (DefineDelivery) CommandName() string { return "delivery.define" }

func (OpenPeriod) reportingCommand()     {}
func (ClosePeriod) reportingCommand()    {}
func (Report) reportingCommand()         {}
func (Return) reportingCommand()         {}
func (Approve) reportingCommand()        {}
func (WithdrawReport) reportingCommand() {}
func (DefineDelivery) reportingCommand() {}
