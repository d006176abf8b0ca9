//! Reading dictionaries into records.

use std::borrow::Cow;

use super::ahead::Mark;
use super::{Reader, Result};
use crate::codec::Extra;
use crate::codec::{Record, View};
use crate::error::{Error, ErrorKind, path};
use crate::schema::{Dict, Indices};
use crate::value::Value;

/// A key that [`Reader::keep`] adds to the `extra` of a record.
pub(super) enum Kept<'a> {
    /// No key, only the fact that the dictionary was present.
    Nothing,
    Unknown(Cow<'a, str>, Value),
    Misfit(&'static str, Value, Error),
}

impl<'a> Reader<'a> {
    /// Reads a dictionary into a record: known keys into their fields, other keys into its [extra](Record::parts).
    ///
    /// If the [table](Record::parts) is `lenient`, a value that does not match its key is kept in `extra` with the reason, and no key is
    /// required.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not a dictionary, a key is repeated, a value does not match its key, a required key is missing,
    /// or the document is malformed.
    pub fn record(&mut self, target: &mut dyn Record) -> Result<()> {
        self.records(target, None)
    }

    /// Reads a dictionary into two records: the keys that `beside` knows into `beside`, and all others, known or not, into `target`.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`record`](Self::record).
    pub fn record_beside(&mut self, target: &mut dyn Record, beside: &mut dyn Record) -> Result<()> {
        self.records(target, Some(beside))
    }

    // Records can be nested. Work that is not needed around the recursion is in functions of its own to save stack.
    fn records(&mut self, target: &mut dyn Record, mut beside: Option<&mut dyn Record>) -> Result<()> {
        let table = target.table();
        let (mut seen, mut seen_beside) = (Indices::default(), Indices::default());
        self.begin_dictionary()?;
        self.spend(size_of_val(target))?;
        let start = self.start();
        while let Some(key) = self.key()? {
            if let Some((record, index)) = known(&mut beside, &key) {
                let table = record.table();
                self.field(record, table, index, &mut seen_beside)?;
            } else if let Some(index) = table.index(&key) {
                self.field(target, table, index, &mut seen)?;
            } else {
                self.unknown(target, key)?;
            }
        }
        if seen.is_empty() && target.extra().is_empty() {
            self.hand_over(target, Kept::Nothing)?;
        }
        let target: &dyn Record = target;
        let table_beside = beside.map(|beside| {
            let beside: &dyn Record = beside;
            self.check_keys(beside, &seen_beside, None, start)
                .map(|()| beside.table())
        });
        self.check_keys(target, &seen, table_beside.transpose()?, start)
    }

    #[inline]
    fn field(&mut self, record: &mut dyn Record, table: &Dict, index: usize, seen: &mut Indices) -> Result<()> {
        assert!(index < Indices::MAX, "a table of more than {} keys", Indices::MAX);
        if !seen.insert(index) {
            return Err(self.error(ErrorKind::RepeatedKey));
        }
        if table.lenient {
            self.lenient_field(record, index)
        } else {
            record.set(index, self)
        }
    }

    fn lenient_field(&mut self, record: &mut dyn Record, index: usize) -> Result<()> {
        let mark = self.mark();
        match record.set(index, self) {
            Err(why) if why.is_misfit() => self.misfit(record, index, &mark, why),
            result => result,
        }
    }

    /// Keeps the value at the mark, which does not match its field.
    fn misfit(&mut self, record: &mut dyn Record, index: usize, mark: &Mark<'a>, why: Error) -> Result<()> {
        self.rewind(mark);
        let value = self.value()?;
        let key = record.table().keys[index].name;
        self.hand_over(record, Kept::Misfit(key, value, why))
    }

    fn unknown(&mut self, record: &mut dyn Record, key: Cow<'a, str>) -> Result<()> {
        if record.extra().contains_key(&key) {
            return Err(self.error(ErrorKind::RepeatedKey));
        }
        let value = self.value()?;
        self.hand_over(record, Kept::Unknown(key, value))
    }

    /// Adds a key to the `extra` of a record.
    pub(crate) fn add_unknown(&mut self, record: &mut dyn Record, key: &'static str, value: Value) -> Result<()> {
        self.hand_over(record, Kept::Unknown(Cow::Borrowed(key), value))
    }

    /// Passes `kept` to a record. It goes through `set` because another method would be compiled for every record type.
    fn hand_over(&mut self, record: &mut dyn Record, kept: Kept<'a>) -> Result<()> {
        self.kept = Some(kept);
        record.set(usize::MAX, self)
    }

    /// Adds the unknown key that was just read to `extra`. [`Record::set`] calls it if the index is past the last key.
    ///
    /// If no unknown key was read, skips the value at the reader's position.
    ///
    /// # Errors
    ///
    /// Returns an error if the skipped value is malformed.
    pub fn keep(&mut self, extra: &mut Extra) -> Result<()> {
        match self.kept.take() {
            None => return self.skip(),
            Some(Kept::Nothing) => extra.note_read(),
            Some(Kept::Unknown(key, value)) => {
                extra.insert(key, value);
            }
            Some(Kept::Misfit(key, value, why)) => {
                extra.insert_misfit(key, value, why);
            }
        }
        Ok(())
    }

    /// Checks that the record has the key that it needs, and that every required key was seen or belongs to the record beside.
    #[inline(never)]
    fn check_keys(
        &self,
        record: &dyn Record,
        seen: &Indices,
        beside: Option<&Dict>,
        start: Option<usize>,
    ) -> Result<()> {
        let table = record.table();
        if let Some(key) = table.needed {
            self.check_needed(record, key, start)?;
        }
        if table.lenient {
            return Ok(());
        }
        let unseen = table.required.minus(seen);
        if unseen.is_empty() {
            return Ok(());
        }
        let name = |index: usize| table.keys[index].name;
        let is_beside = |key: &str| beside.is_some_and(|table| table.index(key).is_some());
        match unseen.iter().map(name).find(|key| !is_beside(key)) {
            Some(key) => Err(self.missing(key, start)),
            None => Ok(()),
        }
    }

    /// Checks that the key that a lenient record needs is present and matches its field.
    fn check_needed(&self, record: &dyn Record, key: &str, start: Option<usize>) -> Result<()> {
        if let Some(why) = record.extra().misfit(key) {
            return Err(why.clone());
        }
        match record.value(key) {
            View::Absent | View::String("") => Err(self.missing(key, start)),
            _ => Ok(()),
        }
    }

    /// Creates the error for a key that is missing from the dictionary that starts at `start` and was left last.
    fn missing(&self, key: &str, start: Option<usize>) -> Error {
        let mut path = self.path();
        path::push_key(&mut path, key);
        Error::at(ErrorKind::MissingKey, path, self.position_of(start))
    }
}

/// Returns the record and the index of `key` in it, if there is a record and it knows the key.
fn known<'r>(record: &'r mut Option<&mut dyn Record>, key: &str) -> Option<(&'r mut dyn Record, usize)> {
    let record: &mut dyn Record = *record.as_mut()?;
    let index = record.table().index(key)?;
    Some((record, index))
}
