//! Conditions of a rule, and what it requires of a value.

use std::collections::BTreeMap;

use serde_yaml::Value;

use super::fields::{Fields, in_order, scalar, unknown};
use super::path::is_one_of;
use crate::message::{did_you_mean, found, one_of, shorten};
use crate::model::scalar_text;
use crate::model::{Key, Kind, Os, Scalar};
use crate::rules::{Condition, FORMATS, Needs, TargetCondition, Test, check_pattern};

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

impl<'a> Fields<'a> {
    pub(super) fn needs(&mut self, of: Option<&Key>) -> Result<Needs, String> {
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

    pub(super) fn test(&mut self) -> Result<Option<Test>, String> {
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

    /// Reads a value that the value of a key is compared with.
    pub(super) fn value_of(&self, name: &str, value: &Value, of: Option<&Key>) -> Result<Scalar, String> {
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

    pub(super) fn values_of(&mut self, name: &'static str, of: Option<&Key>) -> Result<Vec<Scalar>, String> {
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

    pub(super) fn condition(&self, value: &Value) -> Result<Condition, String> {
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
    pub(super) fn target_condition(&mut self) -> Result<Option<TargetCondition>, String> {
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
    pub(super) fn systems(&mut self) -> Result<TargetCondition, String> {
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
}
