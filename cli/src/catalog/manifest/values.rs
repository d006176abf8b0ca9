//! Reads what a manifest says about the values of a key: listed values, bounds, regular expressions.

use apple_mdm::value::{Dictionary, Value};
use regex_lite::{Regex, RegexBuilder};

use super::entry::{Entry, Scalar, Shape};
use super::read::{Reader, scalar, text};
use crate::terminal::needs_escaping;

/// The maximum length of a regular expression, in bytes.
const MAX_PATTERN: usize = 1 << 10;

/// The maximum size of a compiled regular expression, in bytes.
const MAX_COMPILED: usize = 64 << 10;

/// The maximum number of listed values.
const MAX_CHOICES: usize = 2_000;

/// Reads what restricts the values of a key whose type is known.
pub fn read(reader: &mut Reader<'_>, statements: &Dictionary, entry: &mut Entry) {
    entry.default = statements
        .get("pfm_default")
        .and_then(scalar)
        .filter(|default| entry.shape.has(default));
    bounds(reader, statements, entry);
    choices(reader, statements, entry);
    repetition(reader, statements, entry);
    format(reader, statements, entry);
}

/// Reads the listed values.
fn choices(reader: &mut Reader<'_>, statements: &Dictionary, entry: &mut Entry) {
    // For other types, a list restricts only what an editor offers.
    let is_listed = matches!(entry.shape, Shape::String | Shape::Integer | Shape::Real);
    let Some(list) = statements.get("pfm_range_list").filter(|_| is_listed) else {
        return;
    };
    let scalars = list
        .as_array()
        .filter(|list| list.len() <= MAX_CHOICES)
        .and_then(|list| list.iter().map(scalar).collect::<Option<Vec<Scalar>>>());
    let Some(scalars) = scalars else {
        return reader.unusable("`pfm_range_list` is no list of values");
    };
    if scalars.iter().any(|value| !entry.shape.has(value)) {
        // It is unclear which of the two is wrong.
        entry.allow_anything();
        return reader.unusable("`pfm_range_list` has values of another type than `pfm_type`");
    }
    // Another server has other placeholders.
    let is_placeholder = |value: &Scalar| matches!(value, Scalar::String(text) if text.starts_with(['$', '%', '{']));
    let is_open = matches!(
        statements.get("pfm_range_list_allow_custom_value"),
        Some(Value::Boolean(true))
    );
    if is_open || scalars.is_empty() || scalars.iter().any(is_placeholder) {
        return;
    }
    let titles = statements.get("pfm_range_list_titles").and_then(Value::as_array);
    let titles = titles
        .filter(|titles| titles.len() == scalars.len())
        .unwrap_or_default();
    let title = |index: usize| titles.get(index).and_then(Value::as_str).unwrap_or_default();
    let with_titles = scalars.into_iter().enumerate().map(|(index, value)| {
        let is_new = !matches!(&value, Scalar::String(text) if text == title(index));
        let title = if is_new { title(index).to_owned() } else { String::new() };
        (value, title)
    });
    entry.choices = with_titles.collect();
    entry.is_closed = true;
    // Some lists lack the default.
    if let Some(default) = &entry.default
        && !entry.choices.iter().any(|(value, _)| value.equals(default))
    {
        entry.choices.push((default.clone(), String::new()));
    }
}

/// Reads the minimum and maximum of a number.
fn bounds(reader: &mut Reader<'_>, statements: &Dictionary, entry: &mut Entry) {
    if !entry.shape.is_number() {
        return;
    }
    let mut bound = |name: &str| {
        let value = statements.get(name)?;
        // Some manifests write numbers as text.
        let number = scalar(value).and_then(|scalar| match scalar {
            Scalar::String(text) => text.parse().ok().filter(|number: &f64| number.is_finite()),
            number => number.number(),
        });
        if number.is_none() {
            reader.unusable(&format!("`{name}` is no number"));
        }
        number
    };
    (entry.min, entry.max) = (bound("pfm_range_min"), bound("pfm_range_max"));
    if let (Some(min), Some(max)) = (entry.min, entry.max)
        && min > max
    {
        entry.forget_bounds();
        return reader.unusable(&format!("`pfm_range_min` {min} is greater than `pfm_range_max` {max}"));
    }
    let default = entry.default.as_ref().and_then(Scalar::number);
    let is_outside =
        |default: f64| entry.min.is_some_and(|min| default < min) || entry.max.is_some_and(|max| default > max);
    if let Some(default) = default.filter(|default| is_outside(*default)) {
        entry.forget_bounds();
        reader.unusable(&format!("`pfm_default` {default} is outside the range"));
    }
}

/// Reads the minimum and maximum number of elements.
fn repetition(reader: &mut Reader<'_>, statements: &Dictionary, entry: &mut Entry) {
    if !matches!(entry.shape, Shape::Array(_)) {
        return;
    }
    let count = |name: &str| match scalar(statements.get(name)?)? {
        Scalar::Integer(count) if count >= 0 => Some(count),
        _ => None,
    };
    let (min, max) = (count("pfm_repetition_min"), count("pfm_repetition_max"));
    if min.zip(max).is_some_and(|(min, max)| min > max) {
        return reader.unusable("`pfm_repetition_min` is greater than `pfm_repetition_max`");
    }
    entry.repetition = (min, max);
}

/// Reads the regular expression of a text.
fn format(reader: &mut Reader<'_>, statements: &Dictionary, entry: &mut Entry) {
    let pattern = text(statements, "pfm_format");
    if pattern.is_empty() || !matches!(entry.shape, Shape::String) {
        return;
    }
    let Some(regex) = compile(pattern) else {
        return reader.unusable(
            "`pfm_format` is no regular expression that can be used: look-around is not supported, for example",
        );
    };
    // Some expressions were copied from another key.
    let examples = ["pfm_default", "pfm_value_placeholder"].map(|name| text(statements, name));
    let does_match = |example: &&str| example.is_empty() || regex.is_match(example);
    if !examples.iter().all(does_match) {
        return reader.unusable("the manifest's own example does not match `pfm_format`");
    }
    entry.format = Some(pattern.to_owned());
}

/// Compiles a regular expression as the library does. Returns `None` if it is too large.
fn compile(pattern: &str) -> Option<Regex> {
    if pattern.len() > MAX_PATTERN || needs_escaping(pattern) {
        return None;
    }
    let compiled = |pattern: &str| RegexBuilder::new(pattern).size_limit(MAX_COMPILED).build().ok();
    // On its own, too: `a)|(b` is one only between the brackets.
    let alone = compiled(pattern)?;
    if pattern.starts_with('^') || pattern.ends_with('$') {
        Some(alone)
    } else {
        compiled(&format!("^(?:{pattern})$"))
    }
}
