//! Reads a rule and resolves its paths in the schema.

use std::collections::BTreeMap;

use serde_yaml::Value;

use super::{
    Check, Condition, FORMATS, HOLDS, Needs, ORDERS, Path, Resolved, Step, TargetCondition, Test, check_pattern,
};
use crate::message::{did_you_mean, found, one_of, shorten};
use crate::model::scalar_text;
use crate::model::{File, Key, Kind, ListId, Os, Rule, Scalar, Version};
use crate::overlay::{self, Step as Written};

/// The properties of the target that conditions can refer to.
const TARGET_CONDITIONS: [&str; 10] = [
    "os",
    "enrollment",
    "supervised",
    "channel",
    "scope",
    "shared-ipad",
    "automated-enrollment",
    "manual-install",
    "signed",
    "encrypted",
];

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

/// Describes the value of a field that must be one of several words.
fn word_in_words(name: &str) -> String {
    match name {
        "os" => "operating system".to_owned(),
        name => format!("value of `{name}`"),
    }
}

/// Returns the error for an unknown word.
fn unknown(what: &str, word: &str, known: &[&str]) -> String {
    let close = did_you_mean(word, known.iter().copied());
    let more = close.unwrap_or_else(|| format!("expected {}", one_of(known)));
    format!("unknown {what} `{}`; {more}", shorten(word))
}

struct Fields<'a> {
    file: &'a File,
    list: Option<ListId>,
    rest: BTreeMap<String, Value>,
    /// The names of the fields that the rule can have.
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
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

    fn needs(&mut self, of: Option<&Key>) -> Result<Needs, String> {
        self.known
            .extend(["is", "in", "not", "contains", "format", "pattern", "min", "max"]);
        if let Some(value) = self.rest.remove("is") {
            return Ok(Needs::In(vec![self.value_of("is", &value, of)?]));
        }
        if self.rest.contains_key("in") {
            return Ok(Needs::In(self.values_of("in", of)?));
        }
        if self.rest.contains_key("not") {
            return Ok(Needs::Not(self.values_of("not", of)?));
        }
        if let Some(value) = self.rest.remove("contains") {
            is_one_of(of, &[Kind::Array], "contains")?;
            return Ok(Needs::Contains(self.value_of("contains", &value, self.item(of))?));
        }
        if let Some(test) = self.test()? {
            is_one_of(of, &[Kind::String], "value-needs")?;
            return Ok(Needs::Test(test));
        }
        let (min, max) = (self.number("min")?, self.number("max")?);
        if min.is_none() && max.is_none() {
            return Err(
                "what the value must be is missing: `is`, `in`, `not`, `contains`, `format`, `pattern`, `min` or `max`"
                    .to_owned(),
            );
        }
        let bound = if min.is_some() { "min" } else { "max" };
        is_one_of(of, &[Kind::Integer, Kind::Real], bound)?;
        in_order(min, max, "min", "max")?;
        Ok(Needs::Range(min, max))
    }

    fn test(&mut self) -> Result<Option<Test>, String> {
        Ok(match (self.text("format")?, self.text("pattern")?) {
            (Some(format), None) => {
                if !FORMATS.contains(&format.as_str()) {
                    let close = did_you_mean(&format, FORMATS.iter().copied());
                    let more = close.unwrap_or_else(|| {
                        "the names are those of `apple_mdm::validate::TextFormat`; for a regular expression, use `pattern`".to_owned()
                    });
                    return Err(format!("unknown format `{}`; {more}", shorten(&format)));
                }
                Some(Test::Format(format))
            }
            (None, Some(pattern)) => {
                check_pattern(&pattern).map_err(|why| format!("`pattern` is not a valid regular expression: {why}"))?;
                Some(Test::Pattern(pattern))
            }
            (None, None) => None,
            _ => return Err("`format` and `pattern` exclude each other".to_owned()),
        })
    }

    /// Returns the element of an array.
    fn item(&self, of: Option<&'a Key>) -> Option<&'a Key> {
        match self.file.list(of?.subkeys?) {
            [item] => Some(item),
            _ => None,
        }
    }

    /// Reads a value that the value of a key is compared with.
    fn value_of(&self, name: &str, value: &Value, of: Option<&Key>) -> Result<Scalar, String> {
        let scalar = scalar(name, value)?;
        let Some(key) = of else { return Ok(scalar) };
        let fits = matches!(
            (key.kind, &scalar),
            (Kind::String | Kind::Date | Kind::Data, Scalar::String(_))
                | (Kind::Integer | Kind::Real, Scalar::Integer(_) | Scalar::Real(_))
                | (Kind::Boolean, Scalar::Boolean(_))
                | (Kind::Any, _)
        );
        let text = scalar_text(&scalar);
        if !fits {
            return Err(format!(
                "`{name}` is {}, but `{}` is {}",
                found(value),
                key.name,
                key.kind.with_article()
            ));
        }
        if !key.values.is_empty() && !key.values.iter().any(|known| scalar_text(known) == text) {
            let listed: Vec<String> = key.values.iter().map(scalar_text).collect();
            let listed: Vec<&str> = listed.iter().map(String::as_str).collect();
            return Err(unknown(&format!("value of `{}`", key.name), &text, &listed));
        }
        Ok(scalar)
    }

    fn values_of(&mut self, name: &'static str, of: Option<&Key>) -> Result<Vec<Scalar>, String> {
        self.known.push(name);
        match self.rest.remove(name) {
            Some(Value::Sequence(list)) if !list.is_empty() => {
                list.iter().map(|value| self.value_of(name, value, of)).collect()
            }
            Some(Value::Sequence(_)) => Err(format!("`{name}` must contain at least one value")),
            Some(other) => Err(format!("`{name}` must be a list of values, found {}", found(&other))),
            None => Ok(Vec::new()),
        }
    }

    fn condition(&self, value: &Value) -> Result<Condition, String> {
        let mapping: BTreeMap<String, Value> = serde_yaml::from_value(value.clone()).map_err(|_| {
            format!(
                "a condition must be a mapping such as `{{key: K, is: V}}`, found {}",
                found(value)
            )
        })?;
        let mut fields = Fields {
            file: self.file,
            list: self.list,
            rest: mapping,
            known: vec![
                "key", "is", "in", "not", "present", "contains", "above", "below", "format", "pattern", "any",
            ],
        };
        if let Some(condition) = fields.target_condition()? {
            fields.finish("a condition on the target")?;
            return Ok(Condition::Target(condition));
        }
        if let Some(any) = fields.rest.remove("any") {
            let list = any.as_sequence().filter(|list| !list.is_empty());
            let list = list.ok_or("`any` must be a list of at least one condition")?;
            fields.known = vec!["any"];
            fields.finish("a condition with `any`")?;
            return list
                .iter()
                .map(|c| self.condition(c))
                .collect::<Result<_, _>>()
                .map(Condition::Any);
        }
        let written = match fields.text("key")? {
            Some(written) => written,
            None => {
                fields.known.extend(TARGET_CONDITIONS);
                fields.finish("a condition")?;
                let words = one_of(&TARGET_CONDITIONS);
                return Err(format!(
                    "a condition needs `key`, `any`, or one of the target's properties: {words}"
                ));
            }
        };
        let (key, of) = self.path(&written)?;
        let default = self.default(&written);
        let condition = if let Some(value) = fields.rest.remove("is") {
            Condition::In(key, vec![self.value_of("is", &value, of)?], default)
        } else if fields.rest.contains_key("in") {
            Condition::In(key, fields.values_of("in", of)?, default)
        } else if fields.rest.contains_key("not") {
            Condition::Not(key, fields.values_of("not", of)?, default)
        } else if fields.rest.contains_key("present") {
            Condition::Present(key, fields.flag("present")?)
        } else if let Some(value) = fields.rest.remove("contains") {
            is_one_of(of, &[Kind::Array], "contains")?;
            Condition::Contains(key, self.value_of("contains", &value, self.item(of))?)
        } else if let Some(above) = fields.number("above")? {
            is_one_of(of, &[Kind::Integer, Kind::Real], "above")?;
            Condition::Above(key, above)
        } else if let Some(below) = fields.number("below")? {
            is_one_of(of, &[Kind::Integer, Kind::Real], "below")?;
            Condition::Below(key, below)
        } else if let Some(test) = fields.test()? {
            Condition::Fits(key, test)
        } else {
            return match fields.finish(&format!("the condition on `{written}`")) {
                Err(why) => Err(why),
                Ok(()) => Err(format!(
                    "the condition on `{written}` does not say when it holds: `is`, `in`, `not`, `present`, `contains`, \
                     `above`, `below`, `format` or `pattern` is missing"
                )),
            };
        };
        fields.finish(&format!("the condition on `{written}`"))?;
        Ok(condition)
    }

    /// Reads a condition on the target, if this is one.
    fn target_condition(&mut self) -> Result<Option<TargetCondition>, String> {
        let Some(name) = TARGET_CONDITIONS.iter().find(|name| self.rest.contains_key(**name)) else {
            return Ok(None);
        };
        self.known = vec![name];
        Ok(Some(match *name {
            "os" => self.systems()?,
            "enrollment" => TargetCondition::Enrollment(self.words("enrollment", &["device", "user", "local"])?),
            "channel" => TargetCondition::Channel(self.word("channel", &["device", "user"])?),
            "scope" => TargetCondition::Scope(self.word("scope", &["System", "User"])?),
            "supervised" => TargetCondition::Supervised(self.flag("supervised")?),
            "shared-ipad" => TargetCondition::SharedIpad(self.flag("shared-ipad")?),
            "automated-enrollment" => TargetCondition::AutomatedEnrollment(self.flag("automated-enrollment")?),
            "manual-install" => TargetCondition::ManualInstall(self.flag("manual-install")?),
            "signed" => TargetCondition::Signed(self.flag("signed")?),
            _ => TargetCondition::Encrypted(self.flag("encrypted")?),
        }))
    }

    /// Reads `os`, `from` and `before`.
    fn systems(&mut self) -> Result<TargetCondition, String> {
        let names = Os::ALL.map(Os::name);
        let systems = self.words("os", &names)?;
        let systems: Vec<Os> = systems.iter().filter_map(|name| Os::of(name)).collect();
        let (from, before) = (self.version("from")?, self.version("before")?);
        match (from, before) {
            (Some(from), Some(before)) if from >= before => {
                Err(format!("`from` is {from}, which is not below `before`, {before}"))
            }
            _ => Ok(TargetCondition::Os { systems, from, before }),
        }
    }

    fn version(&mut self, name: &'static str) -> Result<Option<Version>, String> {
        self.known.push(name);
        match self.rest.remove(name) {
            None => Ok(None),
            Some(Value::String(text)) => Version::of(&text)
                .map(Some)
                .ok_or_else(|| format!("`{name}` must be a version such as '26.0', found `{}`", shorten(&text))),
            Some(other) => Err(format!(
                "`{name}` must be a version in quotation marks, such as '26.0', found {}",
                found(&other)
            )),
        }
    }

    /// Reads one of several words.
    fn word(&mut self, name: &'static str, words: &[&str]) -> Result<String, String> {
        let word = self.text(name)?.unwrap_or_default();
        match words.contains(&word.as_str()) {
            true => Ok(word),
            false => Err(unknown(&word_in_words(name), &word, words)),
        }
    }

    /// Reads one of several words, or a list of them.
    fn words(&mut self, name: &'static str, words: &[&str]) -> Result<Vec<String>, String> {
        let list = match self.rest.get(name) {
            Some(Value::Sequence(_)) => self.texts(name)?,
            _ => vec![self.word(name, words)?],
        };
        match list.iter().find(|word| !words.contains(&word.as_str())) {
            Some(word) => Err(unknown(&word_in_words(name), word, words)),
            None if list.is_empty() => Err(format!("`{name}` is an empty list")),
            None => Ok(list),
        }
    }

    /// Returns the default of the key at `path`.
    fn default(&self, path: &str) -> Option<Scalar> {
        let (list, index) = overlay::locate(self.file, self.list?, path).ok()?;
        self.file.list(list)[index].default.clone()
    }

    fn key(&mut self, name: &'static str) -> Result<Path, String> {
        self.place(name).map(|(path, _)| path)
    }

    /// Reads the path of a key that must have one of these types.
    fn key_of(&mut self, name: &'static str, kinds: &[Kind]) -> Result<Path, String> {
        let (path, key) = self.place(name)?;
        if path.last() != Some(&Step::Names) {
            is_one_of(key, kinds, "this")?;
        }
        Ok(path)
    }

    fn place(&mut self, name: &'static str) -> Result<(Path, Option<&'a Key>), String> {
        let written = self
            .text(name)?
            .ok_or_else(|| format!("`{name}` is missing: the path of a key"))?;
        self.path(&written)
    }

    fn keys(&mut self) -> Result<Vec<Path>, String> {
        let mut written = self.texts("keys")?;
        written.extend(self.text("key")?);
        if written.is_empty() {
            return Err("`keys` is missing: a list of paths of keys".to_owned());
        }
        let mut known = std::collections::HashSet::new();
        if let Some(path) = written.iter().find(|path| !known.insert(path.as_str())) {
            return Err(format!("`keys` contains `{}` twice; remove one of them", shorten(path)));
        }
        written.iter().map(|path| Ok(self.path(path)?.0)).collect()
    }

    /// Checks that the names in `by` are keys of a dictionary, if its keys are known.
    fn are_keys(&self, by: &[String], kind: Kind, list: Option<ListId>) -> Result<(), String> {
        let keys = list.map(|id| self.file.list(id)).unwrap_or_default();
        if kind == Kind::Any || kind == Kind::Dictionary && (keys.is_empty() || keys.iter().any(|key| key.any)) {
            return Ok(());
        }
        match by
            .iter()
            .find(|name| kind != Kind::Dictionary || keys.iter().all(|key| key.name != **name))
        {
            Some(name) => Err(overlay::missing(name, name, keys)),
            None => Ok(()),
        }
    }

    /// Resolves a path step by step. Returns it with the key at its end, if that is known.
    fn path(&self, written: &str) -> Result<(Path, Option<&'a Key>), String> {
        let (plain, names) = match written.strip_suffix("{}") {
            Some(plain) => (plain, true),
            None => (written, false),
        };
        let mut path = Vec::new();
        let mut list = self.list;
        let mut end = None;
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
                        // A value of any type can have any key.
                        None if list.is_none() && !path.is_empty() => {
                            path.push(Step::Key(name.clone()));
                            None
                        }
                        None => return Err(overlay::missing(written, name, keys)),
                    }
                }
                Written::Items => match end.filter(|key: &&Key| key.one_or_many) {
                    Some(key) => {
                        path.push(Step::Each);
                        Some(if key.kind == Kind::Array {
                            keys.first().unwrap_or(key)
                        } else {
                            key
                        })
                    }
                    None => {
                        path.push(Step::Items);
                        keys.first()
                    }
                },
                Written::Item(index) => {
                    path.push(Step::Item(*index));
                    keys.first()
                }
                Written::Alternative(name) => {
                    let key = keys.iter().find(|key| &key.name == name);
                    let key = key.ok_or_else(|| overlay::missing(written, name, keys))?;
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
            end = key;
        }
        if names {
            is_one_of(end, &[Kind::Dictionary], "names")?;
            path.push(Step::Names);
            end = None;
        }
        if path.is_empty() {
            return Err("the path of a key is empty".to_owned());
        }
        Ok((path, end))
    }

    fn text(&mut self, name: &'static str) -> Result<Option<String>, String> {
        self.known.push(name);
        match self.rest.remove(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(format!("`{name}` must be a text, found {}", found(&other))),
        }
    }

    fn texts(&mut self, name: &'static str) -> Result<Vec<String>, String> {
        self.known.push(name);
        let Some(value) = self.rest.remove(name) else {
            return Ok(Vec::new());
        };
        let texts = value.as_sequence().and_then(|list| {
            let texts = list.iter().map(|v| v.as_str().map(str::to_owned));
            texts.collect::<Option<_>>()
        });
        texts.ok_or_else(|| format!("`{name}` must be a list of texts, found {}", found(&value)))
    }

    fn flag(&mut self, name: &'static str) -> Result<bool, String> {
        self.known.push(name);
        match self.rest.remove(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(other) => Err(format!("`{name}` must be true or false, found {}", found(&other))),
        }
    }

    fn integer(&mut self, name: &'static str) -> Result<Option<i64>, String> {
        self.known.push(name);
        let Some(value) = self.rest.remove(name) else {
            return Ok(None);
        };
        match value.as_i64() {
            Some(number) => Ok(Some(number)),
            None => Err(format!("`{name}` must be a whole number, found {}", found(&value))),
        }
    }

    fn number(&mut self, name: &'static str) -> Result<Option<f64>, String> {
        self.known.push(name);
        let Some(value) = self.rest.remove(name) else {
            return Ok(None);
        };
        match value.as_f64().filter(|number| number.is_finite()) {
            Some(number) => Ok(Some(number)),
            None => Err(format!("`{name}` must be a number, found {}", found(&value))),
        }
    }

    /// Checks that no unknown field is left.
    fn finish(&self, of: &str) -> Result<(), String> {
        let Some(name) = self.rest.keys().next() else {
            return Ok(());
        };
        if self.known.contains(&name.as_str()) {
            return Err(format!(
                "{of} cannot combine `{name}` with its other fields; remove one of them"
            ));
        }
        let mut known = self.known.clone();
        known.sort_unstable();
        known.dedup();
        let close = did_you_mean(name, known.iter().copied());
        let more = close.unwrap_or_else(|| format!("expected {}", one_of(&known)));
        Err(format!("{of} has no field `{}`; {more}", shorten(name)))
    }
}

/// Checks that a key, if it is known, has one of these types.
fn is_one_of(key: Option<&Key>, kinds: &[Kind], rule: &str) -> Result<(), String> {
    let Some(key) = key.filter(|key| key.kind != Kind::Any && !kinds.contains(&key.kind)) else {
        return Ok(());
    };
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    let hint = if key.kind == Kind::Array {
        format!("; its items are `{}[]`", key.name)
    } else {
        String::new()
    };
    let rule = if rule == "this" {
        "this kind of rule".to_owned()
    } else {
        format!("`{rule}`")
    };
    Err(format!(
        "`{}` is {}, and {rule} is for {}{hint}",
        key.name,
        key.kind.with_article(),
        one_of(&names)
    ))
}

fn in_order(lower: Option<f64>, upper: Option<f64>, low: &str, high: &str) -> Result<(), String> {
    match (lower, upper) {
        (Some(lower), Some(upper)) if lower > upper => {
            Err(format!("`{low}` is {lower}, which is above `{high}`, {upper}"))
        }
        _ => Ok(()),
    }
}

fn scalar(name: &str, value: &Value) -> Result<Scalar, String> {
    overlay::scalar(value).ok_or_else(|| {
        format!(
            "`{name}` must be a text, a number, true or false, found {}",
            found(value)
        )
    })
}
