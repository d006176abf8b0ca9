//! Whether something of the schema works on a target, without a document that has it.

use super::available::{Verdict, judge_among, judge_channel};
use super::finding::{Code, Finding, Report};
use super::target::Target;
use crate::schema::{Availability, Introduced, Severity};

impl Target {
    /// Holds an availability against the target: what keeps something from working there, and what is to be known of it.
    ///
    /// `subject` is what the messages call it.
    ///
    /// ```
    /// use apple_mdm::commands::SetFirmwarePassword;
    /// use apple_mdm::validate::{Code, Target};
    ///
    /// let report = Target::ios("18.0")?.judge("SetFirmwarePassword", &SetFirmwarePassword::AVAILABILITY);
    /// assert_eq!(report.findings()[0].code, Code::NotAvailable);
    /// assert_eq!(report.findings()[0].message, "SetFirmwarePassword is not available on iOS");
    /// # Ok::<(), apple_mdm::schema::ParseVersionError>(())
    /// ```
    pub fn judge(&self, subject: &str, availability: &Availability) -> Report {
        let mut report = Report::default();
        let mut push = |code, severity, message: &str| {
            report.push(Finding {
                code,
                severity,
                path: String::new(),
                message: format!("{subject} {message}"),
                help: None,
                source: None,
            });
        };
        let support = availability.on(self.os);
        // Where the schema speaks of other systems only.
        if support.since == Introduced::Unstated && availability.systems().next().is_some() {
            let message = format!("is not available on {}", self.os);
            push(Code::NotAvailable, Severity::Error, &message);
            return report;
        }
        let mut open = Vec::new();
        let facts = support.facts();
        let all = || facts.iter().copied();
        let mut verdicts: Vec<Verdict> = all().map(|what| judge_among(self, what, all())).collect();
        if !facts.is_empty() && !verdicts.iter().any(Verdict::is_absence) {
            verdicts.push(judge_channel(self, all()));
        }
        for verdict in verdicts {
            match verdict {
                Verdict::Fine => {}
                Verdict::Open(facet) => open.push(facet),
                Verdict::Found(code, severity, message) => push(code, severity, &message),
            }
        }
        for facet in open {
            report.note_open(facet);
        }
        report
    }
}
