//! Values that are the same, and those that were met before.

use std::collections::HashMap;

use super::compare::number;
use crate::codec::View;
use crate::data;

/// In what values are the same: as they are, or dictionaries in some of their keys.
#[derive(Clone, Copy)]
pub(super) struct Sameness<'r> {
    /// The keys in which dictionaries are compared; values are compared themselves where there are none.
    pub(super) by: &'r [&'r str],
    pub(super) ignore_case: bool,
}

impl Sameness<'_> {
    /// Whether there is anything to compare: dictionaries and arrays are not compared as a whole.
    pub(super) fn applies(self, view: View<'_>) -> bool {
        match self.by {
            [] => is_plain(view),
            keys => keys.iter().any(|key| is_plain(view.value(key))),
        }
    }

    /// Whether two values are the same.
    pub(super) fn same(self, a: View<'_>, b: View<'_>) -> bool {
        match self.by {
            [] => self.same_value(a, b),
            keys => keys.iter().all(|key| self.same_value(a.value(key), b.value(key))),
        }
    }

    fn same_value(self, a: View<'_>, b: View<'_>) -> bool {
        match (a, b) {
            (View::String(a), View::String(b)) if self.ignore_case => {
                a.eq_ignore_ascii_case(b) || (!a.is_ascii() && a.to_lowercase() == b.to_lowercase())
            }
            (View::String(a), View::String(b)) => a == b,
            (View::Boolean(a), View::Boolean(b)) => a == b,
            (View::Integer(a), View::Integer(b)) => a == b,
            (View::Data(a), View::Data(b)) => a == b,
            (View::Date(a), View::Date(b)) => a == b,
            (a, b) => match (number(a), number(b)) {
                (Some(a), Some(b)) => a == b,
                // What is not compared is no difference.
                _ => !is_plain(a) && !is_plain(b),
            },
        }
    }

    /// A text that is the same for what is the same, and for nothing else.
    pub(super) fn text(self, view: View<'_>) -> String {
        match self.by {
            [] => self.plain(view),
            // Each with its length: whatever a value has in it, it does not reach into the next.
            keys => keys.iter().fold(String::new(), |text, key| {
                let value = self.plain(view.value(key));
                format!("{text}{}:{value}", value.len())
            }),
        }
    }

    fn plain(self, view: View<'_>) -> String {
        match view {
            View::String(text) if self.ignore_case => format!("s{}", text.to_lowercase()),
            View::String(text) => format!("s{text}"),
            View::Integer(number) => format!("n{number}"),
            View::Real(number) => format!("n{number}"),
            View::Boolean(flag) => format!("b{flag}"),
            View::Data(bytes) => format!("d{}", data::encode(bytes)),
            View::Date(date) => format!("t{date}"),
            _ => String::new(),
        }
    }
}

fn is_plain(view: View<'_>) -> bool {
    matches!(
        view,
        View::String(_) | View::Integer(_) | View::Real(_) | View::Boolean(_) | View::Data(_) | View::Date(_)
    )
}

/// How many values are compared one by one, without memory for them: most lists are short.
const FEW: usize = 32;

/// The values that were met so far.
pub(super) struct Met<'a, 'r> {
    sameness: Sameness<'r>,
    few: [View<'a>; FEW],
    len: usize,
    many: HashMap<String, View<'a>>,
}

impl<'a, 'r> Met<'a, 'r> {
    pub(super) fn new(sameness: Sameness<'r>) -> Self {
        Self {
            sameness,
            few: [View::Absent; FEW],
            len: 0,
            many: HashMap::new(),
        }
    }

    /// One that is the same as this.
    pub(super) fn find(&self, view: View<'a>) -> Option<View<'a>> {
        if !self.sameness.applies(view) {
            return None;
        }
        if self.many.is_empty() {
            let met = self.few[..self.len].iter();
            met.copied().find(|met| self.sameness.same(*met, view))
        } else {
            self.many.get(&self.sameness.text(view)).copied()
        }
    }

    pub(super) fn add(&mut self, view: View<'a>) {
        if !self.sameness.applies(view) {
            return;
        }
        if let Some(place) = self.few.get_mut(self.len) {
            *place = view;
            self.len += 1;
            return;
        }
        if self.many.is_empty() {
            let sameness = self.sameness;
            self.many
                .extend(self.few.iter().rev().map(|met| (sameness.text(*met), *met)));
        }
        self.many.entry(self.sameness.text(view)).or_insert(view);
    }
}
