//! Reading a rule: its fields, and its paths found in the schema.

use std::collections::BTreeMap;

use serde_yaml::Value;

use super::{Check, Condition, Needs, Path, Resolved, Step, Test};
use crate::model::{File, Kind, ListId, Os, Rule, Scalar};
use crate::overlay::{self, Step as Written};

/// Reads a rule about the dictionary whose keys are `list`; `None` stands for one without known keys.
///
/// # Errors
///
/// What is wrong with it.
pub fn resolve(file: &File, list: Option<ListId>, rule: &Rule) -> Result<Resolved, String> {
    let mut fields = Fields {
        file,
        list,
        rest: rule.fields.clone(),
    };
    let check = fields.check(&rule.kind)?;
    let when = match fields.rest.remove("when") {
        Some(Value::Sequence(list)) => list.iter().map(|c| fields.condition(c)).collect::<Result<_, _>>()?,
        Some(_) => return Err("`when` must be a list".to_owned()),
        None => Vec::new(),
    };
    if when.is_empty() && matches!(check, Check::OnlyIf { .. }) {
        return Err("`only-if` needs `when`".to_owned());
    }
    let mut systems = Vec::new();
    for name in fields.texts("os")? {
        systems.push(Os::of(&name).ok_or_else(|| format!("`{name}` is no operating system"))?);
    }
    let warning = match fields.text("severity").as_deref() {
        None | Some("error") => false,
        Some("warning") => true,
        Some(other) => return Err(format!("`{other}` is no severity")),
    };
    let says = fields.text("says").unwrap_or_default();
    let source = fields.text("source").unwrap_or_default();
    if let Some(name) = fields.rest.keys().next() {
        return Err(format!("the field `{name}` is not known for this kind"));
    }
    Ok(Resolved {
        check,
        when,
        systems,
        warning,
        says,
        source,
    })
}

struct Fields<'a> {
    file: &'a File,
    list: Option<ListId>,
    rest: BTreeMap<String, Value>,
}

impl Fields<'_> {
    fn check(&mut self, kind: &str) -> Result<Check, String> {
        Ok(match kind {
            "charset" => {
                let key = self.key("key")?;
                if self.flag("utf8")? {
                    Check::Utf8 { key }
                } else {
                    let needed = || "`from` and `to` are needed".to_owned();
                    let from = self.integer("from")?.ok_or_else(needed)?;
                    Check::Charset {
                        key,
                        from,
                        to: self.integer("to")?.ok_or_else(needed)?,
                    }
                }
            }
            "length" => Check::Length {
                key: self.key("key")?,
                min: self.integer("min")?,
                max: self.integer("max")?,
                bytes: self.text("unit").as_deref() == Some("bytes"),
            },
            "pattern" => {
                let mut key = self.key("key")?;
                let names = self.flag("names")? | self.flag("key-names")?;
                if names {
                    // A placeholder at the end stands for the entries whose names are meant.
                    if key.last() == Some(&Step::Any) {
                        key.pop();
                    }
                    key.push(Step::Names);
                }
                Check::Pattern {
                    key,
                    not: self.flag("not")?,
                    test: self.test()?.ok_or("`format` or `pattern` is needed")?,
                }
            }
            "number" => Check::Number {
                key: self.key("key")?,
                min: self.number("min")?,
                max: self.number("max")?,
                step: self.number("step")?,
                not: self.scalars("not")?,
            },
            "bits" => {
                let needed = || "`has` and `needs` are needed".to_owned();
                let has = self.integer("has")?.ok_or_else(needed)?;
                Check::Bits {
                    key: self.key("key")?,
                    has,
                    needs: self.integer("needs")?.ok_or_else(needed)?,
                }
            }
            "count" => Check::Count {
                key: self.key("key")?,
                min: self.integer("min")?,
                max: self.integer("max")?,
            },
            "unique" => Check::Unique {
                key: self.key("key")?,
                by: self.texts("by")?,
                ignore_case: self.flag("ignore-case")?,
            },
            "consistent" => Check::Consistent {
                key: self.key("key")?,
                by: self.texts("by")?,
            },
            "disjoint" => Check::Disjoint { keys: self.keys()? },
            "requires" => Check::Requires { keys: self.keys()? },
            "required-one-of" => Check::RequiredOneOf { keys: self.keys()? },
            "exactly-one-of" => Check::ExactlyOneOf { keys: self.keys()? },
            "excludes" => Check::Excludes { keys: self.keys()? },
            "only-if" => Check::OnlyIf { keys: self.keys()? },
            "value-needs" => Check::Value {
                key: self.key("key")?,
                needs: self.needs()?,
            },
            "ordering" => Check::Ordering {
                lower: self.key("lower")?,
                upper: self.key("upper")?,
                strict: self.flag("strict")?,
                by: self.text("as").unwrap_or_else(|| "number".to_owned()),
            },
            "refers" => Check::Refers {
                key: self.key("key")?,
                to: self.key("to")?,
                ignore_case: self.flag("ignore-case")?,
            },
            "payload-ref" => Check::PayloadRef {
                key: self.key("key")?,
                types: self.texts("payload")?,
            },
            "document" => {
                let key = self.key("key")?;
                let holds = self.text("holds").ok_or("`holds` is needed")?;
                match holds.split_once(' ') {
                    Some((holds, argument)) => Check::Document {
                        key,
                        holds: holds.to_owned(),
                        argument: Some(argument.to_owned()),
                    },
                    None => Check::Document {
                        key,
                        holds,
                        argument: None,
                    },
                }
            }
            other => return Err(format!("`{other}` is no kind of rule")),
        })
    }

    fn needs(&mut self) -> Result<Needs, String> {
        if let Some(value) = self.rest.remove("is") {
            return Ok(Needs::In(vec![scalar(&value)?]));
        }
        if self.rest.contains_key("in") {
            return Ok(Needs::In(self.scalars("in")?));
        }
        if self.rest.contains_key("not") {
            return Ok(Needs::Not(self.scalars("not")?));
        }
        if let Some(value) = self.rest.remove("contains") {
            return Ok(Needs::Contains(scalar(&value)?));
        }
        if let Some(test) = self.test()? {
            return Ok(Needs::Test(test));
        }
        let (min, max) = (self.number("min")?, self.number("max")?);
        if min.is_none() && max.is_none() {
            return Err("says nothing of the value".to_owned());
        }
        Ok(Needs::Range(min, max))
    }

    fn test(&mut self) -> Result<Option<Test>, String> {
        Ok(match (self.text("format"), self.text("pattern")) {
            (Some(format), None) => Some(Test::Format(format)),
            (None, Some(pattern)) => Some(Test::Pattern(pattern)),
            (None, None) => None,
            _ => return Err("both `format` and `pattern`".to_owned()),
        })
    }

    fn condition(&self, value: &Value) -> Result<Condition, String> {
        let mapping: BTreeMap<String, Value> =
            serde_yaml::from_value(value.clone()).map_err(|_| "a condition must be a mapping".to_owned())?;
        let mut fields = Fields {
            file: self.file,
            list: self.list,
            rest: mapping,
        };
        if let Some(any) = fields.rest.remove("any") {
            let list = any.as_sequence().ok_or("`any` must be a list")?;
            return list
                .iter()
                .map(|c| self.condition(c))
                .collect::<Result<_, _>>()
                .map(Condition::Any);
        }
        let written = fields.text("key").ok_or("a condition without `key`")?;
        let key = self.path(&written)?;
        let default = self.default(&written);
        let condition = if let Some(value) = fields.rest.remove("is") {
            Condition::In(key, vec![scalar(&value)?], default)
        } else if fields.rest.contains_key("in") {
            Condition::In(key, fields.scalars("in")?, default)
        } else if fields.rest.contains_key("not") {
            Condition::Not(key, fields.scalars("not")?, default)
        } else if fields.rest.contains_key("present") {
            Condition::Present(key, fields.flag("present")?)
        } else if let Some(value) = fields.rest.remove("contains") {
            Condition::Contains(key, scalar(&value)?)
        } else if let Some(above) = fields.number("above")? {
            Condition::Above(key, above)
        } else if let Some(below) = fields.number("below")? {
            Condition::Below(key, below)
        } else if let Some(test) = fields.test()? {
            Condition::Fits(key, test)
        } else {
            return Err(format!("the condition on `{written}` says nothing"));
        };
        match fields.rest.keys().next() {
            Some(name) => Err(format!("the condition's field `{name}` is not known")),
            None => Ok(condition),
        }
    }

    /// What a device takes where the key at `path` is absent.
    fn default(&self, path: &str) -> Option<Scalar> {
        let (list, index) = overlay::locate(self.file, self.list?, path).ok()?;
        self.file.list(list)[index].default.clone()
    }

    fn key(&mut self, name: &str) -> Result<Path, String> {
        let written = self.text(name).ok_or_else(|| format!("`{name}` is needed"))?;
        self.path(&written)
    }

    fn keys(&mut self) -> Result<Vec<Path>, String> {
        let mut written = self.texts("keys")?;
        written.extend(self.text("key"));
        if written.is_empty() {
            return Err("`keys` is needed".to_owned());
        }
        written.iter().map(|path| self.path(path)).collect()
    }

    /// A path as written, with what the schema says of each step.
    fn path(&self, written: &str) -> Result<Path, String> {
        let (plain, names) = match written.strip_suffix("{}") {
            Some(plain) => (plain, true),
            None => (written, false),
        };
        let mut path = Vec::new();
        let mut list = self.list;
        for step in overlay::steps(plain)? {
            let keys = list.map(|id| self.file.list(id)).unwrap_or_default();
            let key = match &step {
                Written::Key(name) => {
                    let named = keys.iter().find(|key| &key.name == name);
                    match named
                        .filter(|key| key.any)
                        .or(named)
                        .or_else(|| keys.iter().find(|key| key.any))
                    {
                        Some(key) if key.any && &key.name == name => {
                            path.push(Step::Any);
                            Some(key)
                        }
                        Some(key) => {
                            path.push(Step::Key(name.clone()));
                            Some(key)
                        }
                        // Below a value of any kind every name is as good as another.
                        None if list.is_none() && !path.is_empty() => {
                            path.push(Step::Key(name.clone()));
                            None
                        }
                        None => return Err(format!("the schema has no `{written}` (at `{name}`)")),
                    }
                }
                Written::Items => {
                    path.push(Step::Items);
                    keys.first()
                }
                Written::Item(index) => {
                    path.push(Step::Item(*index));
                    keys.first()
                }
                Written::Alternative(name) => {
                    let key = keys.iter().find(|key| &key.name == name);
                    let key = key.ok_or_else(|| format!("the schema has no `{written}` (at `{name}`)"))?;
                    let inner = key.subkeys.map(|id| self.file.list(id)).unwrap_or_default();
                    let tag = inner.iter().find_map(|k| match (k.kind, k.values.as_slice()) {
                        (Kind::String, [Scalar::String(value)]) => Some((k.name.clone(), value.clone())),
                        _ => None,
                    });
                    let (tag, value) =
                        tag.ok_or_else(|| format!("nothing tells `{name}` from the other alternatives"))?;
                    path.push(Step::Where(tag, value));
                    Some(key)
                }
            };
            list = key.and_then(|key| key.subkeys);
        }
        if names {
            path.push(Step::Names);
        }
        Ok(path)
    }

    fn text(&mut self, name: &str) -> Option<String> {
        if !matches!(self.rest.get(name), Some(Value::String(_))) {
            return None;
        }
        match self.rest.remove(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    fn texts(&mut self, name: &str) -> Result<Vec<String>, String> {
        match self.rest.remove(name) {
            None => Ok(Vec::new()),
            Some(Value::Sequence(list)) => {
                let texts = list.iter().map(|v| v.as_str().map(str::to_owned));
                texts
                    .collect::<Option<_>>()
                    .ok_or_else(|| format!("`{name}` must be a list of texts"))
            }
            Some(_) => Err(format!("`{name}` must be a list of texts")),
        }
    }

    fn scalars(&mut self, name: &str) -> Result<Vec<Scalar>, String> {
        match self.rest.remove(name) {
            None => Ok(Vec::new()),
            Some(Value::Sequence(list)) => list.iter().map(scalar).collect(),
            Some(_) => Err(format!("`{name}` must be a list")),
        }
    }

    fn flag(&mut self, name: &str) -> Result<bool, String> {
        match self.rest.remove(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(_) => Err(format!("`{name}` must be true or false")),
        }
    }

    fn integer(&mut self, name: &str) -> Result<Option<i64>, String> {
        self.rest
            .remove(name)
            .map(|value| value.as_i64().ok_or_else(|| format!("`{name}` must be a whole number")))
            .transpose()
    }

    fn number(&mut self, name: &str) -> Result<Option<f64>, String> {
        self.rest
            .remove(name)
            .map(|value| {
                let number = value.as_f64().filter(|number| number.is_finite());
                number.ok_or_else(|| format!("`{name}` must be a number"))
            })
            .transpose()
    }
}

fn scalar(value: &Value) -> Result<Scalar, String> {
    overlay::scalar(value).ok_or_else(|| match value {
        Value::Number(_) => "no number".to_owned(),
        _ => format!("a text, number or truth value was expected, not {value:?}"),
    })
}
