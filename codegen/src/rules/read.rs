//! Reads a rule and resolves its paths in the schema.

mod condition;
mod fields;
mod path;

use serde_yaml::Value;

use super::{Check, Condition, HOLDS, ORDERS, Resolved, Step};
use crate::message::{found, one_of, shorten};
use crate::model::{File, Kind, ListId, Rule, Scalar, scalar_text};
use fields::{Fields, in_order, unknown};
use path::is_one_of;

/// The kinds of rules.
const KINDS: [&str; 19] = [
    "charset",
    "length",
    "pattern",
    "number",
    "bits",
    "count",
    "unique",
    "consistent",
    "disjoint",
    "requires",
    "required-one-of",
    "exactly-one-of",
    "excludes",
    "only-if",
    "value-needs",
    "ordering",
    "refers",
    "payload-ref",
    "document",
];

/// Reads a rule about the dictionary whose keys are `list`, or about a dictionary without known keys.
///
/// # Errors
///
/// Returns what is wrong with the rule.
pub fn resolve(file: &File, list: Option<ListId>, rule: &Rule) -> Result<Resolved, String> {
    let mut fields = Fields {
        file,
        list,
        rest: rule.fields.clone(),
        known: Vec::new(),
    };
    let check = fields.check(&rule.kind)?;
    let mut when: Vec<Condition> = match fields.rest.remove("when") {
        Some(Value::Sequence(list)) => list.iter().map(|c| fields.condition(c)).collect::<Result<_, _>>()?,
        Some(other) => return Err(format!("`when` must be a list of conditions, found {}", found(&other))),
        None => Vec::new(),
    };
    if fields.rest.contains_key("os") {
        if matches!(check, Check::OnlyIf { .. }) {
            return Err("`only-if` can't have `os`: use a condition such as `{os: iOS}`".to_owned());
        }
        when.insert(0, Condition::Target(fields.systems()?));
    }
    if when.is_empty() && matches!(check, Check::OnlyIf { .. }) {
        return Err("`only-if` needs `when`".to_owned());
    }
    let warning = match fields.text("severity")?.as_deref() {
        None | Some("error") => false,
        Some("warning") => true,
        Some(other) => return Err(unknown("severity", other, &["error", "warning"])),
    };
    let says = fields.text("says")?.unwrap_or_default();
    let source = fields.text("source")?.unwrap_or_default();
    fields.known.push("when");
    fields.known.push("os");
    fields.known.push("in");
    fields.finish(&format!("a rule of kind `{}`", rule.kind))?;
    Ok(Resolved {
        check,
        when,
        warning,
        says,
        source,
    })
}

impl Fields<'_> {
    fn check(&mut self, kind: &str) -> Result<Check, String> {
        Ok(match kind {
            "charset" => {
                let key = self.key_of("key", &[Kind::String, Kind::Data])?;
                if self.flag("utf8")? {
                    Check::Utf8 { key }
                } else {
                    let needed = || "`from` and `to` are missing, or `utf8: true`".to_owned();
                    let from = self.integer("from")?.ok_or_else(needed)?;
                    let to = self.integer("to")?.ok_or_else(needed)?;
                    in_order(Some(from as f64), Some(to as f64), "from", "to")?;
                    let last = i64::from(u32::from(char::MAX));
                    if let Some(other) = [from, to].into_iter().find(|code| !(0..=last).contains(code)) {
                        return Err(format!(
                            "`from` and `to` must be Unicode code points from 0 to 0x{last:X}, found {other}"
                        ));
                    }
                    Check::Charset { key, from, to }
                }
            }
            "length" => {
                let key = self.key_of("key", &[Kind::String, Kind::Data])?;
                let (min, max) = self.counts()?;
                let bytes = match self.text("unit")?.as_deref() {
                    None | Some("characters") => false,
                    Some("bytes") => true,
                    Some(other) => return Err(unknown("unit", other, &["bytes", "characters"])),
                };
                Check::Length { key, min, max, bytes }
            }
            "pattern" => {
                let (mut key, of) = self.place("key")?;
                let names = self.flag("names")? | self.flag("key-names")?;
                if names {
                    // A placeholder at the end stands for the entries whose names are checked.
                    if key.last() == Some(&Step::Any) {
                        key.pop();
                    } else {
                        is_one_of(of, &[Kind::Dictionary], "names")?;
                    }
                    key.push(Step::Names);
                } else if key.last() != Some(&Step::Names) {
                    is_one_of(of, &[Kind::String, Kind::Data], kind)?;
                }
                Check::Pattern {
                    key,
                    not: self.flag("not")?,
                    test: self.test()?.ok_or("`format` or `pattern` is missing")?,
                }
            }
            "number" => {
                let key = self.key_of("key", &[Kind::Integer, Kind::Real])?;
                let (min, max, step) = (self.number("min")?, self.number("max")?, self.number("step")?);
                let not = self.values_of("not", None)?;
                if let Some(other) = not
                    .iter()
                    .find(|value| !matches!(value, Scalar::Integer(_) | Scalar::Real(_)))
                {
                    return Err(format!(
                        "`not` must be a list of numbers, found `{}` in it",
                        shorten(&scalar_text(other))
                    ));
                }
                in_order(min, max, "min", "max")?;
                if step.is_some_and(|step| step <= 0.0) {
                    return Err("`step` must be above 0".to_owned());
                }
                if min.is_none() && max.is_none() && step.is_none() && not.is_empty() {
                    return Err("`min`, `max`, `step` or `not` is missing".to_owned());
                }
                Check::Number {
                    key,
                    min,
                    max,
                    step,
                    not,
                }
            }
            "bits" => {
                let needed = || "`has` and `needs` are missing".to_owned();
                let has = self.integer("has")?.ok_or_else(needed)?;
                Check::Bits {
                    key: self.key_of("key", &[Kind::Integer])?,
                    has,
                    needs: self.integer("needs")?.ok_or_else(needed)?,
                }
            }
            "count" => {
                let key = self.key_of("key", &[Kind::Array, Kind::Dictionary])?;
                let (min, max) = self.counts()?;
                Check::Count { key, min, max }
            }
            "unique" => {
                let (key, of) = self.place("key")?;
                let by = self.texts("by")?;
                if let Some(of) = of {
                    self.are_keys(&by, of.kind, of.subkeys)?;
                }
                Check::Unique {
                    key,
                    by,
                    ignore_case: self.flag("ignore-case")?,
                }
            }
            "consistent" => {
                let written = self.text("key")?.ok_or("`key` is missing: the path of a key")?;
                let by = self.texts("by")?;
                if by.is_empty() {
                    return Err("`by` is missing: a list of keys in the same dictionary as `key`".to_owned());
                }
                match written.rsplit_once('.') {
                    None => self.are_keys(&by, Kind::Dictionary, self.list)?,
                    Some((parent, _)) => {
                        if let Some(of) = self.path(parent)?.1 {
                            self.are_keys(&by, of.kind, of.subkeys)?;
                        }
                    }
                }
                let (key, _) = self.path(&written)?;
                Check::Consistent { key, by }
            }
            "disjoint" => Check::Disjoint { keys: self.keys()? },
            "requires" => Check::Requires { keys: self.keys()? },
            "required-one-of" => Check::RequiredOneOf { keys: self.keys()? },
            "exactly-one-of" => Check::ExactlyOneOf { keys: self.keys()? },
            "excludes" => Check::Excludes { keys: self.keys()? },
            "only-if" => Check::OnlyIf { keys: self.keys()? },
            "value-needs" => {
                let (key, of) = self.place("key")?;
                let needs = self.needs(of)?;
                Check::Value { key, needs }
            }
            "ordering" => {
                let by = match self.text("as")? {
                    None => "number".to_owned(),
                    Some(order) if ORDERS.contains(&order.as_str()) => order,
                    Some(other) => return Err(unknown("order", &other, ORDERS)),
                };
                let kinds: &[Kind] = match by.as_str() {
                    "number" => &[Kind::Integer, Kind::Real],
                    "date" => &[Kind::Date, Kind::String],
                    _ => &[Kind::String],
                };
                Check::Ordering {
                    lower: self.key_of("lower", kinds)?,
                    upper: self.key_of("upper", kinds)?,
                    strict: self.flag("strict")?,
                    by,
                }
            }
            "refers" => Check::Refers {
                key: self.key("key")?,
                to: self.key("to")?,
                ignore_case: self.flag("ignore-case")?,
            },
            "payload-ref" => Check::PayloadRef {
                key: self.key_of("key", &[Kind::String])?,
                types: self.texts("payload")?,
            },
            "document" => {
                let key = self.key_of("key", &[Kind::Data, Kind::String, Kind::Dictionary])?;
                let text = self.text("holds")?.ok_or("`holds` is missing: what the data must be")?;
                let (holds, argument) = match text.split_once(' ') {
                    Some((_, argument)) if argument.is_empty() || argument.contains(' ') => {
                        return Err(format!(
                            "`profile` must be followed by exactly one payload type, found `{}`",
                            shorten(&text)
                        ));
                    }
                    Some((holds, argument)) => (holds.to_owned(), Some(argument.to_owned())),
                    None => (text, None),
                };
                if !HOLDS.contains(&holds.as_str()) {
                    return Err(unknown("document", &holds, HOLDS));
                }
                if argument.is_some() && holds != "profile" {
                    return Err(format!(
                        "only `profile` can be followed by a payload type, not `{holds}`"
                    ));
                }
                Check::Document { key, holds, argument }
            }
            "" => return Err(format!("`kind` is missing; expected {}", one_of(&KINDS))),
            other => return Err(unknown("kind of rule", other, &KINDS)),
        })
    }

    /// Reads `min` and `max` of a count.
    fn counts(&mut self) -> Result<(Option<i64>, Option<i64>), String> {
        let (min, max) = (self.integer("min")?, self.integer("max")?);
        if min.is_none() && max.is_none() {
            return Err("`min` or `max` is missing".to_owned());
        }
        if min.or(max).is_some_and(|bound| bound < 0) {
            return Err("`min` and `max` must be 0 or more".to_owned());
        }
        in_order(min.map(|n| n as f64), max.map(|n| n as f64), "min", "max")?;
        Ok((min, max))
    }
}
