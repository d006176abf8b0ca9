//! Which rules of a table are to be judged: those that may find something, by what is there.

use super::compare::fits;
use super::condition;
use super::fault;
use super::places::each;
use crate::codec::View;
use crate::schema::{Check, Dict, Key, Path, Rule, Step};
use crate::validate::path::Trail;

/// The rules about a dictionary that may find something there.
///
/// Most are about keys that most documents do not have, or about single values that are as they should be: those are told by the
/// value while it is at hand, and nothing has to be looked up for them.
#[derive(Default)]
pub(in crate::validate) struct Pending {
    /// A bit for each of the first rules. Few tables have more, which are always judged.
    first: u128,
}

impl Pending {
    /// Notes that the key of the table with this index is there, with this value.
    #[inline]
    pub(in crate::validate) fn note(&mut self, table: &'static Dict, index: usize, key: &Key, view: &View<'_>) {
        if let rules @ [_, ..] = table.bearing_on(index) {
            self.note_of(table, rules, key, view);
        }
    }

    /// Notes which of these rules may find something where a key has this value.
    fn note_of(&mut self, table: &'static Dict, rules: &[u16], key: &Key, view: &View<'_>) {
        for number in rules {
            let rule = usize::from(*number);
            if may_find(&table.rules[rule], key.name, view) {
                self.first |= bit(*number);
            }
        }
    }

    /// Whether there is no such rule.
    #[inline]
    pub(in crate::validate) fn is_empty(&self, table: &'static Dict) -> bool {
        let are_told_apart = !table.bearing.is_empty() && table.rules.len() <= FIRST;
        self.first == 0 && table.always.is_empty() && (are_told_apart || table.rules.is_empty())
    }

    /// Calls `f` with each of the rules, in the order of the table.
    pub(super) fn each(&self, table: &'static Dict, mut f: impl FnMut(&'static Rule)) {
        // Where nobody has said when rules are to be judged, they always are.
        let is_said = !table.always.is_empty() || !table.bearing.is_empty();
        let (first, others) = table
            .rules
            .split_at(if is_said { table.rules.len().min(FIRST) } else { 0 });
        let mut pending = table.always.iter().fold(self.first, |all, number| all | bit(*number));
        while pending != 0 {
            if let Some(rule) = first.get(pending.trailing_zeros() as usize) {
                f(rule);
            }
            pending &= pending - 1;
        }
        others.iter().for_each(f);
    }
}

/// How many rules have a bit.
const FIRST: usize = u128::BITS as usize;

/// The bit of a rule, none for one that is always judged.
fn bit(number: u16) -> u128 {
    1_u128.checked_shl(number.into()).unwrap_or_default()
}

/// Whether the rule may find something where the key called `name`, on which it bears, has this value.
fn may_find(rule: &Rule, name: &str, view: &View<'_>) -> bool {
    if is_plainly_fine(&rule.check, name, view) {
        return false;
    }
    // The rest of a path that leads through the key.
    let below = |path: Path| match path {
        [Step::Key(key), rest @ ..] if is_name(key, name) => Some(rest),
        _ => None,
    };
    if let Some(rest) = fault::of_values(&rule.check).and_then(|(path, _)| below(path)) {
        let is_wrong = |view: &View<'_>| fault::fault(&rule.check, view).is_some();
        let are_wrong = match rest {
            [] => is_wrong(view),
            rest => {
                let mut are_wrong = false;
                each(*view, rest, &Trail::ROOT, &mut |view, _| {
                    are_wrong = are_wrong || is_wrong(&view)
                });
                are_wrong
            }
        };
        if !are_wrong {
            return false;
        }
    }
    // Where the conditions of these do not hold is what is found.
    let by_condition = matches!(rule.check, Check::OnlyIf { .. });
    by_condition
        || rule.when.iter().all(|condition| {
            condition::path(condition)
                .and_then(below)
                .is_none_or(|rest| condition::holds_at(*view, rest, condition))
        })
}

/// Whether nothing is wrong with the text under the key: what most rules are about, its form and its length, is told without more ado.
#[inline]
fn is_plainly_fine(check: &Check, name: &str, view: &View<'_>) -> bool {
    let View::String(text) = view else { return false };
    let is_about = |path: Path| matches!(path, [Step::Key(key)] if is_name(key, name));
    match *check {
        Check::Pattern { key, test, not } => is_about(key) && fits(test, text) != not,
        // As many characters as bytes at most, and a quarter of them at least.
        Check::Length { key, min, max, .. } => {
            is_about(key) && fault::is_inside(text.len(), None, max) && fault::is_inside(text.len() / 4, min, None)
        }
        _ => false,
    }
}

/// Whether two names are the same: those of one table mostly stand at the same place in memory.
fn is_name(one: &'static str, other: &str) -> bool {
    std::ptr::eq(one, other) || one == other
}
