//! Values for keys, by what the tables say of them.

use apple_mdm::schema::{Dict, Key, Kind, Literal};
use apple_mdm::value::{Data, Dictionary, Integer, Value};

/// How keys are filled.
#[derive(Clone, Copy)]
pub struct Fill {
    /// Which of several values, from 0 to 3.
    pub variant: usize,
    /// Whether data and dates are text where the schema says nothing of them, as JSON has them.
    pub json: bool,
    /// What secrets hold.
    pub secret: Option<&'static str>,
    /// Whether every dictionary has a key that the schema does not know.
    pub unknown: bool,
    /// Whether keys that are not required are left out.
    pub sparse: bool,
}

impl Fill {
    pub const NUMBER: usize = 4;

    /// The key that the schema does not know.
    pub const UNKNOWN: &str = "Unknown Key.é";

    pub fn new(variant: usize) -> Self {
        Self {
            variant,
            json: false,
            secret: None,
            unknown: false,
            sparse: false,
        }
    }

    fn next(self) -> Self {
        Self {
            variant: (self.variant + 1) % Self::NUMBER,
            ..self
        }
    }

    /// A dictionary with every key of the table.
    pub fn dictionary(self, table: &'static Dict) -> Dictionary {
        self.within(table, &mut Vec::new())
    }

    fn within(self, table: &'static Dict, open: &mut Vec<*const Dict>) -> Dictionary {
        open.push(table);
        let mut keys = Dictionary::new();
        // A profile has its payloads plain or encrypted.
        for key in table.keys.iter().filter(|key| key.name != "EncryptedPayloadContent") {
            if let Some(value) = self.value(key, open).filter(|_| key.required || !self.sparse) {
                keys.insert(key.name, value);
            }
        }
        if let Some(value) = table.any.and_then(|any| self.value(any, open)) {
            keys.insert("Any Key", value);
        }
        if self.unknown {
            keys.insert(Self::UNKNOWN, self.anything());
        }
        open.pop();
        keys
    }

    /// A value for a key; none where its type says it, or a dictionary is within itself too often.
    fn value(self, key: &'static Key, open: &mut Vec<*const Dict>) -> Option<Value> {
        let text = ["text", "", "a <b> & \"c\"\té\u{1f600}\r\n]]>", "2024-05-06T07:08:09Z"][self.variant];
        if let (true, Some(secret)) = (key.secret, self.secret) {
            return Some(hidden(key.kind, secret));
        }
        Some(match key.kind {
            Kind::String => match key.choices {
                // What a type key says is not to be changed.
                [only] => choice(&only.value),
                [] => text.into(),
                choices if self.variant == 3 => format!("{} of its own", choices.len()).into(),
                choices => choice(&choices[self.variant * 7 % choices.len()].value),
            },
            Kind::Integer => match key.choices {
                [] => [1, 0, -7, i64::MAX][self.variant].into(),
                choices => choice(&choices[self.variant % choices.len()].value),
            },
            Kind::Real => [0.5, 30.0, -1.5e-7, 1e300][self.variant].into(),
            Kind::Boolean => self.variant.is_multiple_of(2).into(),
            Kind::Data => Data([b"data".to_vec(), vec![], (0..=255).collect(), vec![0]][self.variant].clone()).into(),
            Kind::Date => Value::Date(
                [
                    "2024-05-06T07:08:09Z",
                    "0001-01-01T00:00:00Z",
                    "9999-12-31T23:59:59Z",
                    "1970-01-01T00:00:00Z",
                ][self.variant]
                    .parse()
                    .unwrap(),
            ),
            Kind::Any => self.anything(),
            Kind::Array(item) | Kind::OneOrMany(item) => {
                let count = [2, 0, 1, 3][self.variant];
                let fills: Vec<Self> = (0..count)
                    .scan(self, |fill, _| Some(std::mem::replace(fill, fill.next())))
                    .collect();
                if let Kind::Union(union) = item.kind {
                    let dictionaries = union.alternatives.iter().map(|(tag, alternative)| {
                        let mut value = self.value(alternative, open)?;
                        value.as_dictionary_mut()?.insert(union.tag, *tag);
                        Some(value)
                    });
                    return dictionaries.collect::<Option<Vec<_>>>().map(Value::Array);
                }
                Value::Array(fills.into_iter().filter_map(|fill| fill.value(item, open)).collect())
            }
            Kind::Dictionary(table) => {
                if open.iter().filter(|open| std::ptr::eq(**open, table)).count() > 1 {
                    return None;
                }
                self.within(table, open).into()
            }
            Kind::Union(_) => return None,
            Kind::Map(value) => {
                let mut entries = Dictionary::new();
                let mut fill = self;
                for name in ["key", "Another.Key", ""] {
                    if self.variant != 1
                        && let Some(value) = fill.value(value, open)
                    {
                        entries.insert(name, value);
                    }
                    fill = fill.next();
                }
                entries.into()
            }
            _ => return None,
        })
    }

    /// A value of which the schema says nothing.
    fn anything(self) -> Value {
        match self.variant {
            0 => "anything".into(),
            1 => 1.into(),
            _ => {
                let mut entries = Dictionary::from_iter([
                    (
                        "array",
                        Value::from(vec![Value::from(1), 2.5.into(), "three".into(), Value::Array(vec![])]),
                    ),
                    ("dictionary", Dictionary::from_iter([("a.b c", u64::MAX)]).into()),
                    ("flag", false.into()),
                    ("real", 30.0.into()),
                ]);
                if !self.json {
                    entries.insert("data", Data::from(b"bytes"));
                    entries.insert("date", Value::Date("2024-05-06T07:08:09Z".parse().unwrap()));
                }
                entries.into()
            }
        }
    }
}

/// A value that holds a secret and nothing else.
fn hidden(kind: Kind, secret: &str) -> Value {
    match kind {
        Kind::Data => Data::from(secret.as_bytes()).into(),
        Kind::Array(item) | Kind::OneOrMany(item) => vec![hidden(item.kind, secret)].into(),
        Kind::Dictionary(_) | Kind::Map(_) | Kind::Any => {
            Dictionary::from_iter([("Key", secret), ("Other", secret)]).into()
        }
        _ => secret.into(),
    }
}

fn choice(literal: &Literal) -> Value {
    match literal {
        Literal::String(text) => (*text).into(),
        Literal::Integer(number) => (*number).into(),
        Literal::Real(number) => (*number).into(),
        Literal::Boolean(flag) => (*flag).into(),
    }
}

/// Calls `f` with every dictionary of a table's, where it stands in a value.
pub fn each_dictionary(table: &'static Dict, keys: &mut Dictionary, f: &mut dyn FnMut(&'static Dict, &mut Dictionary)) {
    for key in table.keys.iter().chain(table.any) {
        let names: Vec<String> = if key.name.is_empty() {
            keys.keys()
                .filter(|name| table.key(name).is_none())
                .map(str::to_owned)
                .collect()
        } else {
            vec![key.name.to_owned()]
        };
        for name in names {
            if let Some(value) = keys.get_mut(&name) {
                descend(key, value, f);
            }
        }
    }
    f(table, keys);
}

fn descend(key: &'static Key, value: &mut Value, f: &mut dyn FnMut(&'static Dict, &mut Dictionary)) {
    match (key.kind, value) {
        (Kind::Dictionary(table), Value::Dictionary(keys)) => each_dictionary(table, keys, f),
        (Kind::Map(inner), Value::Dictionary(entries)) => {
            let names: Vec<String> = entries.keys().map(str::to_owned).collect();
            for name in names {
                descend(inner, entries.get_mut(&name).unwrap(), f);
            }
        }
        (Kind::Array(item) | Kind::OneOrMany(item), Value::Array(items)) => {
            for value in items {
                match (item.kind, &*value) {
                    (Kind::Union(union), Value::Dictionary(keys)) => {
                        let tag = keys.get(union.tag).and_then(Value::as_str).unwrap_or_default();
                        let found = union.alternatives.iter().find(|(value, _)| *value == tag);
                        if let Some((_, alternative)) = found {
                            descend(alternative, value, f);
                        }
                    }
                    _ => descend(item, value, f),
                }
            }
        }
        _ => {}
    }
}

/// The value as careless writers have it: 1 and 0 for booleans, reals for integers, integers for reals.
pub fn tolerate(key: &'static Key, value: &mut Value) {
    let other = match (key.kind, &*value) {
        (Kind::Boolean, Value::Boolean(flag)) => Value::from(i64::from(*flag)),
        // Greater ones are no longer exact.
        (Kind::Integer, Value::Integer(number)) if number.as_i64().is_some_and(|n| n.unsigned_abs() < 1 << 53) => {
            number.as_f64().into()
        }
        (Kind::Real, Value::Real(number)) if number.fract() == 0.0 && number.abs() < 1e15 => {
            Integer::from(*number as i64).into()
        }
        (Kind::Array(item) | Kind::OneOrMany(item), Value::Array(_)) => {
            for value in value.as_array_mut().unwrap() {
                tolerate(item, value);
            }
            return;
        }
        (Kind::Map(inner), Value::Dictionary(_)) => {
            let entries = value.as_dictionary_mut().unwrap();
            let names: Vec<String> = entries.keys().map(str::to_owned).collect();
            for name in names {
                tolerate(inner, entries.get_mut(&name).unwrap());
            }
            return;
        }
        _ => return,
    };
    *value = other;
}
