//! Finds texts that YAML reads as numbers.

use std::collections::HashMap;

use serde_yaml::Value;

use super::Parser;

impl<'a> Parser<'a> {
    /// Reports a text that YAML reads as a number and would write differently, such as `1.10`.
    pub(super) fn check_spelling(&mut self, value: &Value, name: &str, place: &str) {
        let Some(spelling) = self.other_spelling(value) else {
            return;
        };
        let Value::Number(number) = value else { return };
        self.problem(
            place,
            format!(
                "{name} is a text, but YAML reads `{spelling}` without quotes as the number {number}; write '{spelling}'"
            ),
        );
    }

    /// Returns how the file spells a number, if YAML would write it differently.
    fn other_spelling(&mut self, value: &Value) -> Option<&'a str> {
        let Value::Number(number) = value else { return None };
        let (number, written) = (number.as_f64()?, number.to_string());
        let text = self.text;
        let spellings = self.spellings.get_or_insert_with(|| Spellings::of(text));
        spellings.of_number(number).find(|spelling| *spelling != written)
    }
}

/// The numbers in a text, and how the text spells them.
pub(super) struct Spellings<'a>(HashMap<u64, Vec<&'a str>>);

impl<'a> Spellings<'a> {
    fn of(text: &'a str) -> Self {
        let mut numbers: HashMap<u64, Vec<&str>> = HashMap::new();
        let is_part = |c: char| c.is_ascii_alphanumeric() || "._+-".contains(c);
        for token in text.split(|c: char| c.is_whitespace() || ",[]{}".contains(c)) {
            if token.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
                && token.chars().all(is_part)
                && let Some(number) = numeric(token)
            {
                let spellings = numbers.entry(number.to_bits()).or_default();
                // Of two spellings, at least one is not how YAML writes the number.
                if spellings.len() < 2 && !spellings.contains(&token) {
                    spellings.push(token);
                }
            }
        }
        Self(numbers)
    }

    fn of_number(&self, number: f64) -> impl Iterator<Item = &'a str> {
        self.0.get(&number.to_bits()).into_iter().flatten().copied()
    }
}

/// Reads a number like YAML does.
fn numeric(token: &str) -> Option<f64> {
    let whole = |digits: &str, radix| u64::from_str_radix(digits, radix).ok().map(|n| n as f64);
    if let Some(digits) = token.strip_prefix("0x") {
        return whole(digits, 16);
    }
    if let Some(digits) = token.strip_prefix("0o") {
        return whole(digits, 8);
    }
    token.parse().ok()
}
