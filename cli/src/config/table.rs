//! Tables of a TOML file, with errors that name the file, the line and the column.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::explain::suggestion;
use crate::failure::Failure;

/// The text of a file, and the name by which errors refer to it.
pub struct Source<'s> {
    pub name: String,
    pub text: &'s str,
}

impl<'s> Source<'s> {
    /// Parses the file.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not TOML.
    pub fn parse(&self) -> Result<DeTable<'s>, Failure> {
        match DeTable::parse(self.text) {
            Ok(table) => Ok(table.into_inner()),
            Err(error) => Err(self.error(error.span().unwrap_or(0..0), error.message())),
        }
    }

    /// Returns the error for the text at this place.
    pub fn error(&self, span: Range<usize>, message: impl std::fmt::Display) -> Failure {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Failure::Usage(format!("{}:{line}:{column}: {message}", self.name))
    }
}

/// A table of the file.
pub struct Table<'t> {
    source: &'t Source<'t>,
    table: &'t DeTable<'t>,
    span: Range<usize>,
}

/// A key of a table and its value.
#[derive(Clone)]
pub struct Entry<'t> {
    source: &'t Source<'t>,
    name: &'t str,
    value: &'t Spanned<DeValue<'t>>,
}

impl<'t> Table<'t> {
    /// The table of the whole file.
    pub fn root(source: &'t Source<'t>, table: &'t DeTable<'t>) -> Self {
        let span = 0..0;
        Self { source, table, span }
    }

    /// Returns the error for the table.
    pub fn error(&self, message: impl std::fmt::Display) -> Failure {
        self.source.error(self.span.clone(), message)
    }

    /// Returns the entry with this key.
    pub fn get(&self, name: &str) -> Option<Entry<'t>> {
        let (key, value) = self.table.iter().find(|(key, _)| key.as_ref() == name)?;
        Some(Entry {
            source: self.source,
            name: key.as_ref(),
            value,
        })
    }

    /// Returns all entries, sorted by key.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'t>> {
        let source = self.source;
        self.table.iter().map(move |(key, value)| Entry {
            source,
            name: key.as_ref(),
            value,
        })
    }

    /// Returns what `read` makes of the entry with this key, if there is one.
    pub fn read<T>(
        &self,
        name: &str,
        read: impl FnOnce(Entry<'t>) -> Result<T, Failure>,
    ) -> Result<Option<T>, Failure> {
        self.get(name).map(read).transpose()
    }

    /// Checks that the table has no other keys than the `known` ones. `place_of` says where a key belongs that is known elsewhere.
    ///
    /// # Errors
    ///
    /// Returns an error with a suggestion for the first unknown key.
    pub fn check_keys(&self, known: &[&str], place_of: impl Fn(&str) -> Option<&'static str>) -> Result<(), Failure> {
        let is_unknown = |key: &&Spanned<DeString<'_>>| !known.contains(&key.as_ref().as_ref());
        let Some(key) = self.table.keys().filter(is_unknown).min_by_key(|key| key.span().start) else {
            return Ok(());
        };
        let name: &str = key.as_ref();
        let hint = match place_of(name) {
            Some(place) => format!("; did you mean {place}?"),
            None => match suggestion(name, known.iter().copied()) {
                hint if hint.is_empty() => format!("; expected one of `{}`", known.join("`, `")),
                hint => hint,
            },
        };
        Err(self
            .source
            .error(key.span(), format_args!("unknown key `{name}`{hint}")))
    }
}

impl<'t> Entry<'t> {
    /// Returns the error for the value.
    pub fn error(&self, message: impl std::fmt::Display) -> Failure {
        self.source
            .error(self.value.span(), format_args!("`{}`: {message}", self.name))
    }

    fn expected(&self, expected: &str) -> Failure {
        let found = match self.value.as_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => "a table",
        };
        self.error(format_args!("expected {expected}, found {found}"))
    }

    pub fn name(&self) -> &'t str {
        self.name
    }

    pub fn boolean(&self) -> Result<bool, Failure> {
        self.value
            .as_ref()
            .as_bool()
            .ok_or_else(|| self.expected("true or false"))
    }

    pub fn text(&self) -> Result<&'t str, Failure> {
        let value: &'t DeValue<'t> = self.value.as_ref();
        value.as_str().ok_or_else(|| self.expected("a string"))
    }

    /// Returns a text that may be written as a number, such as a version.
    pub fn text_or_number(&self) -> Result<&'t str, Failure> {
        let value: &'t DeValue<'t> = self.value.as_ref();
        match value {
            DeValue::Integer(number) if number.radix() == 10 => Ok(number.as_str()),
            DeValue::Float(number) => Ok(number.as_str()),
            _ => self.text(),
        }
    }

    /// Returns the elements of an array, or the value itself if it is not an array.
    pub fn items(&self) -> Vec<Self> {
        let value: &'t DeValue<'t> = self.value.as_ref();
        let Some(items) = value.as_array() else {
            return vec![self.clone()];
        };
        let item = |value| Self { value, ..self.clone() };
        items.iter().map(item).collect()
    }

    /// Returns what `parse` makes of the text.
    pub fn parse<T, E: std::fmt::Display>(&self, parse: impl FnOnce(&str) -> Result<T, E>) -> Result<T, Failure> {
        parse(self.text()?).map_err(|error| self.error(error))
    }

    /// Returns what `parse` makes of each text in an array of texts, or of the text if the value is one.
    pub fn parse_each<T>(&self, parse: impl Fn(&Self) -> Result<T, Failure>) -> Result<Vec<T>, Failure> {
        match self.value.as_ref() {
            DeValue::Array(_) | DeValue::String(_) => self.items().iter().map(parse).collect(),
            _ => Err(self.expected("an array of strings")),
        }
    }

    /// Returns the table.
    pub fn table(&self) -> Result<Table<'t>, Failure> {
        let value: &'t DeValue<'t> = self.value.as_ref();
        match value {
            DeValue::Table(table) => Ok(Table {
                source: self.source,
                table,
                span: self.value.span(),
            }),
            _ => Err(self.expected("a table")),
        }
    }

    /// Returns the tables of an array of tables, written as `name`.
    pub fn tables(&self, name: &str) -> Result<Vec<Table<'t>>, Failure> {
        let value: &'t DeValue<'t> = self.value.as_ref();
        let table = |item: &Self| match item.value.as_ref() {
            DeValue::Table(table) => Ok(Table {
                source: self.source,
                table,
                span: item.value.span(),
            }),
            _ => Err(item.expected(&format!("a table: write `{name}`"))),
        };
        match value {
            DeValue::Array(_) => self.items().iter().map(table).collect(),
            _ => Err(self.expected(&format!("an array of tables: write `{name}`"))),
        }
    }
}
