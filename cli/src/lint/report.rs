//! The findings of a file for all targets.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use apple_mdm::lint::{self, DocumentFacts, Kind, LintResult};
use apple_mdm::validate::{Facet, Need, Part, Requirements, Severity};

use super::settings::FileSettings;
use crate::config::NamedTarget;

/// The usual length of the path and key of a part, in bytes.
const PATH_LENGTH: usize = 100;

/// A set of targets, one bit for each index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TargetSet(u64);

impl TargetSet {
    /// Adds the target with this index.
    pub const fn insert(&mut self, index: usize) {
        self.0 |= 1 << index;
    }

    pub const fn contains(self, index: usize) -> bool {
        self.0 & 1 << index != 0
    }

    /// Returns the names of the targets in the set.
    pub fn names(self, targets: &[NamedTarget]) -> Vec<&str> {
        let named = targets.iter().enumerate();
        let named = named.filter(|(index, _)| self.contains(*index));
        named.map(|(_, target)| target.name.as_str()).collect()
    }
}

/// A finding and the targets to which it applies.
#[derive(Debug)]
pub struct Reported {
    pub found: lint::Finding,
    pub targets: TargetSet,
}

/// The findings of a file.
#[derive(Debug)]
pub struct FileReport {
    pub kind: Kind,
    /// The findings, ordered by position.
    pub findings: Vec<Reported>,
    /// The targets for which the file was checked.
    pub targets: TargetSet,
    /// What some target does not specify although the result depends on it. Empty without a target.
    pub unchecked: Vec<Facet>,
    /// What the document requires, if that is to be shown and the document can be read.
    pub requirements: Option<Requirements>,
    /// The findings that were fixed before.
    pub fixed: Vec<lint::Finding>,
}

impl FileReport {
    /// Merges the results for the targets with these indices. Without targets, there is one result.
    pub fn merge(results: Vec<LintResult>, indices: &[usize]) -> (Self, DocumentFacts) {
        let mut report = Self {
            kind: Kind::Unknown,
            findings: Vec::new(),
            targets: TargetSet::default(),
            unchecked: Vec::new(),
            requirements: None,
            fixed: Vec::new(),
        };
        let mut facts = DocumentFacts::default();
        // The findings by hash. Equal ones of a single target stay apart.
        let mut known: HashMap<u64, Vec<usize>> = HashMap::new();
        let is_single = results.len() == 1;
        for (number, result) in results.into_iter().enumerate() {
            let mut own = TargetSet::default();
            if let Some(index) = indices.get(number) {
                own.insert(*index);
                report.targets.insert(*index);
            }
            report.kind = result.kind;
            if number == 0 {
                facts = result.facts;
            }
            for facet in result.unchecked {
                if !report.unchecked.contains(&facet) {
                    report.unchecked.push(facet);
                }
            }
            for found in result.findings {
                if !is_single {
                    let equal = known.entry(hash(&found)).or_default();
                    let is_equal = |index: &&usize| {
                        let other = &report.findings[**index];
                        other.targets.0 & own.0 == 0 && other.found == found
                    };
                    if let Some(index) = equal.iter().find(is_equal) {
                        report.findings[*index].targets.0 |= own.0;
                        continue;
                    }
                    equal.push(report.findings.len());
                }
                report.findings.push(Reported { found, targets: own });
            }
        }
        if !is_single {
            report.sort();
        }
        (report, facts)
    }

    /// Adds what was found by comparing the document with others, and makes warnings errors if the settings are strict.
    pub fn add(&mut self, found: Vec<lint::Finding>, settings: &FileSettings) {
        let count = self.findings.len();
        let targets = self.targets;
        let shown = found.into_iter().filter(|found| settings.shows(found.finding.code));
        self.findings.extend(shown.map(|found| Reported { found, targets }));
        if self.findings.len() > count {
            self.sort();
        }
        if settings.strict {
            for reported in &mut self.findings {
                let severity = &mut reported.found.finding.severity;
                if *severity == Severity::Warning {
                    *severity = Severity::Error;
                }
            }
        }
    }

    /// Sorts the findings by position.
    fn sort(&mut self) {
        self.findings
            .sort_by_key(|reported| reported.found.position.map(|position| position.offset));
    }

    /// Whether the finding applies to some of the targets only.
    pub fn is_partial(&self, reported: &Reported) -> bool {
        reported.targets != self.targets
    }

    /// The approximate memory that the findings take, in bytes.
    pub fn size(&self) -> usize {
        let texts = self.findings.iter().map(|reported| {
            let finding = &reported.found.finding;
            let help = finding.help.as_ref().map_or(0, String::capacity);
            let key = finding.key.as_ref().map_or(0, String::capacity);
            let needs = size_of_val::<[Need]>(&finding.needs);
            let excerpt = reported.found.excerpt.as_ref();
            let excerpt = excerpt.map_or(0, |excerpt| excerpt.text.capacity());
            let fix = reported.found.fix.as_ref().map_or(0, fix_size);
            finding.path.capacity() + finding.message.capacity() + help + key + needs + excerpt + fix
        });
        let requirements = self.requirements.iter().flat_map(Requirements::systems).map(|system| {
            let listed = system.conditions.iter().chain(&system.ignored);
            let listed = listed.map(|requirement| requirement.parts.len());
            (listed.sum::<usize>() + system.unavailable.len()) * (size_of::<Part>() + PATH_LENGTH)
        });
        texts.sum::<usize>() + self.findings.capacity() * size_of::<Reported>() + requirements.sum::<usize>()
    }
}

/// The approximate memory that a fix takes, in bytes. New values are small or as large as those in the document.
fn fix_size(fix: &lint::Fix) -> usize {
    let paths = fix.edits.iter().map(|edit| edit.path().len() + size_of_val(edit));
    fix.title.capacity() + paths.sum::<usize>()
}

fn hash(found: &lint::Finding) -> u64 {
    let mut hasher = DefaultHasher::new();
    let finding = &found.finding;
    (finding.code, &finding.path, &finding.message).hash(&mut hasher);
    hasher.finish()
}
