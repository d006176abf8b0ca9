//! Rules as static data.

use heck::ToUpperCamelCase;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::option;
use super::pool::Pools;
use super::support;
use super::tables::literal;
use crate::ident::ident;
use crate::model::Scalar;
use crate::rules::{Check, Condition, Needs, Path, Resolved, Step, Test};

/// For each key of a dictionary, the rules that may find something where it is there, by their numbers.
#[must_use]
pub fn bearing(rules: &[Resolved], names: &[&str]) -> Vec<Vec<u16>> {
    let mut bearing = vec![Vec::new(); names.len()];
    for (number, rule) in (0..).zip(rules) {
        for key in on(rule, names) {
            bearing[key].push(number);
        }
    }
    bearing
}

/// The rules of a dictionary, and when each is to be judged, as fields of its table; `bearing` has those for each key.
#[must_use]
pub fn generate(rules: &[Resolved], bearing: &[Vec<u16>], pools: &Pools) -> Vec<TokenStream> {
    if rules.is_empty() {
        return Vec::new();
    }
    let mut always: Vec<u16> = (0..).zip(rules).map(|(number, _)| number).collect();
    always.retain(|number| !bearing.iter().flatten().any(|bearing| bearing == number));
    // Keys at the end that have none need no place.
    let end = bearing
        .iter()
        .rposition(|rules| !rules.is_empty())
        .map_or(0, |last| last + 1);
    let rules = rules.iter().map(|rule| pools.rule(rule));
    let mut fields = vec![quote!(rules: &[#(#rules),*])];
    // For each key where its rules begin, then where the last ones end.
    let places = (0..=end).map(|key| end + 1 + bearing[..key].iter().flatten().count());
    let places: Result<Vec<u16>, _> = places.map(u16::try_from).collect();
    // Where there are too many, nothing is said of when they are to be judged, so that they always are.
    let Ok(places) = places else { return fields };
    if !always.is_empty() {
        let always = pools.indices.list(&always);
        fields.push(quote!(always: #always));
    }
    if end > 0 {
        let list = Vec::from_iter(places.into_iter().chain(bearing.iter().flatten().copied()));
        let list = pools.indices.list(&list);
        fields.push(quote!(bearing: #list));
    }
    fields
}

/// The keys, by their indices, one of which must be there for the rule to find anything: most rules are about keys that most
/// documents do not have. None where the rule may find something without.
fn on(rule: &Resolved, names: &[&str]) -> Vec<usize> {
    let index = |path: &Path| match path.first() {
        Some(Step::Key(name)) => names.iter().position(|one| one == name),
        _ => None,
    };
    let conditions: &[Condition] = match rule.check {
        // Where they do not hold is what is found.
        Check::OnlyIf { .. } => &[],
        _ => &rule.when,
    };
    let of_conditions = |are_of_presence: bool| {
        let some = conditions
            .iter()
            .filter(|condition| matches!(condition, Condition::Present(..)) == are_of_presence);
        some.filter_map(needs_a_value).find_map(index)
    };
    if let Some(index) = of_conditions(false) {
        return vec![index];
    }
    let paths = match &rule.check {
        // What is found is that something is missing.
        Check::Requires { .. } | Check::RequiredOneOf { .. } | Check::ExactlyOneOf { .. } => Vec::new(),
        // All that it looks at has to be there.
        Check::Ordering { lower: key, .. } | Check::Refers { key, .. } => vec![key],
        check => check.paths(),
    };
    let indices: Option<Vec<usize>> = paths.into_iter().map(index).collect();
    // That something is there is less than what it must be like: it is asked where nothing else is.
    match indices {
        Some(indices) if !indices.is_empty() => indices,
        _ => of_conditions(true).into_iter().collect(),
    }
}

/// The path of a condition that holds only where there is a value.
fn needs_a_value(condition: &Condition) -> Option<&Path> {
    match condition {
        Condition::In(path, list, default) => {
            let by_default = default.as_ref().is_some_and(|default| list.contains(default));
            (!by_default).then_some(path)
        }
        Condition::Not(path, list, Some(default)) => list.contains(default).then_some(path),
        Condition::Present(path, true)
        | Condition::Contains(path, _)
        | Condition::Above(path, _)
        | Condition::Below(path, _)
        | Condition::Fits(path, _) => Some(path),
        Condition::Not(_, _, None) | Condition::Present(_, false) | Condition::Any(_) => None,
    }
}

impl Pools {
    fn rule(&self, rule: &Resolved) -> TokenStream {
        let check = self.check(&rule.check);
        let (says, source) = (&rule.says, &rule.source);
        let mut more = Vec::new();
        if !rule.when.is_empty() {
            let when = rule.when.iter().map(|condition| self.condition(condition));
            more.push(quote!(when: &[#(#when),*]));
        }
        if !rule.systems.is_empty() {
            let systems = rule.systems.iter().map(|os| support::os(*os));
            more.push(quote!(systems: &[#(#systems),*]));
        }
        if rule.warning {
            more.push(quote!(severity: Severity::Warning));
        }
        if more.len() < 3 {
            more.push(quote!(..Rule::EMPTY));
        }
        quote!(Rule { check: #check, says: #says, source: #source, #(#more),* })
    }

    fn list_of_paths(&self, list: &[Path]) -> TokenStream {
        let list = list.iter().map(|path| self.paths.list(path));
        quote!(&[#(#list),*])
    }

    fn check(&self, check: &Check) -> TokenStream {
        match check {
            Check::Charset { key, from, to } => {
                let key = self.paths.list(key);
                let [from, to] = [*from, *to].map(Literal::i64_unsuffixed);
                quote!(Check::Charset { key: #key, from: #from, to: #to })
            }
            Check::Utf8 { key } => {
                let key = self.paths.list(key);
                quote!(Check::Utf8 { key: #key })
            }
            Check::Length { key, min, max, bytes } => {
                let (key, min, max) = (self.paths.list(key), integer(*min), integer(*max));
                quote!(Check::Length { key: #key, min: #min, max: #max, bytes: #bytes })
            }
            Check::Pattern { key, test: wanted, not } => {
                let (key, wanted) = (self.paths.list(key), test(wanted));
                quote!(Check::Pattern { key: #key, test: #wanted, not: #not })
            }
            Check::Number {
                key,
                min,
                max,
                step,
                not,
            } => {
                let (key, min, max, step, not) = (
                    self.paths.list(key),
                    number(*min),
                    number(*max),
                    number(*step),
                    scalars(not),
                );
                quote!(Check::Number { key: #key, min: #min, max: #max, step: #step, not: #not })
            }
            Check::Bits { key, has, needs } => {
                let key = self.paths.list(key);
                let [has, needs] = [*has, *needs].map(Literal::i64_unsuffixed);
                quote!(Check::Bits { key: #key, has: #has, needs: #needs })
            }
            Check::Count { key, min, max } => {
                let (key, min, max) = (self.paths.list(key), integer(*min), integer(*max));
                quote!(Check::Count { key: #key, min: #min, max: #max })
            }
            Check::Unique { key, by, ignore_case } => {
                let key = self.paths.list(key);
                quote!(Check::Unique { key: #key, by: &[#(#by),*], ignore_case: #ignore_case })
            }
            Check::Consistent { key, by } => {
                let key = self.paths.list(key);
                quote!(Check::Consistent { key: #key, by: &[#(#by),*] })
            }
            Check::Disjoint { keys } => self.of_keys("Disjoint", keys),
            Check::Requires { keys } => self.of_keys("Requires", keys),
            Check::RequiredOneOf { keys } => self.of_keys("RequiredOneOf", keys),
            Check::ExactlyOneOf { keys } => self.of_keys("ExactlyOneOf", keys),
            Check::Excludes { keys } => self.of_keys("Excludes", keys),
            Check::OnlyIf { keys } => self.of_keys("OnlyIf", keys),
            Check::Value { key, needs: wanted } => {
                let (key, wanted) = (self.paths.list(key), needs(wanted));
                quote!(Check::Value { key: #key, needs: #wanted })
            }
            Check::Ordering {
                lower,
                upper,
                strict,
                by,
            } => {
                let (lower, upper) = (self.paths.list(lower), self.paths.list(upper));
                let by = ident(&by.to_upper_camel_case());
                quote!(Check::Ordering { lower: #lower, upper: #upper, strict: #strict, by: Order::#by })
            }
            Check::Refers { key, to, ignore_case } => {
                let (key, to) = (self.paths.list(key), self.paths.list(to));
                quote!(Check::Refers { key: #key, to: #to, ignore_case: #ignore_case })
            }
            Check::PayloadRef { key, types } => {
                let key = self.paths.list(key);
                quote!(Check::PayloadRef { key: #key, types: &[#(#types),*] })
            }
            Check::Document { key, holds, argument } => {
                let key = self.paths.list(key);
                let name = ident(&holds.to_upper_camel_case());
                let holds = match (holds.as_str(), argument) {
                    ("profile", Some(argument)) => quote!(EmbeddedDocument::Profile(Some(#argument))),
                    ("profile", None) => quote!(EmbeddedDocument::Profile(None)),
                    _ => quote!(EmbeddedDocument::#name),
                };
                quote!(Check::Document { key: #key, holds: #holds })
            }
        }
    }

    fn of_keys(&self, name: &str, keys: &[Path]) -> TokenStream {
        let name = ident(name);
        let keys = self.list_of_paths(keys);
        quote!(Check::#name { keys: #keys })
    }

    fn condition(&self, condition_: &Condition) -> TokenStream {
        match condition_ {
            Condition::In(key, list, default) => {
                let (key, list, default) = (
                    self.paths.list(key),
                    scalars(list),
                    option(default.as_ref().map(literal)),
                );
                quote!(Condition::In(#key, #list, #default))
            }
            Condition::Not(key, list, default) => {
                let (key, list, default) = (
                    self.paths.list(key),
                    scalars(list),
                    option(default.as_ref().map(literal)),
                );
                quote!(Condition::Not(#key, #list, #default))
            }
            Condition::Present(key, present) => {
                let key = self.paths.list(key);
                quote!(Condition::Present(#key, #present))
            }
            Condition::Contains(key, value) => {
                let (key, value) = (self.paths.list(key), literal(value));
                quote!(Condition::Contains(#key, #value))
            }
            Condition::Above(key, bound) => {
                let (key, bound) = (self.paths.list(key), Literal::f64_unsuffixed(*bound));
                quote!(Condition::Above(#key, #bound))
            }
            Condition::Below(key, bound) => {
                let (key, bound) = (self.paths.list(key), Literal::f64_unsuffixed(*bound));
                quote!(Condition::Below(#key, #bound))
            }
            Condition::Fits(key, wanted) => {
                let (key, wanted) = (self.paths.list(key), test(wanted));
                quote!(Condition::Fits(#key, #wanted))
            }
            Condition::Any(list) => {
                let list = list.iter().map(|condition| self.condition(condition));
                quote!(Condition::Any(&[#(#list),*]))
            }
        }
    }
}

fn scalars(list: &[Scalar]) -> TokenStream {
    let list = list.iter().map(literal);
    quote!(&[#(#list),*])
}

fn test(test: &Test) -> TokenStream {
    match test {
        Test::Format(name) => {
            let name = ident(&name.to_upper_camel_case());
            quote!(TextTest::Format(TextFormat::#name))
        }
        Test::Pattern(pattern) => quote!(TextTest::Pattern(#pattern)),
    }
}

fn integer(value: Option<i64>) -> TokenStream {
    option(value.map(Literal::i64_unsuffixed))
}

fn number(value: Option<f64>) -> TokenStream {
    option(value.map(Literal::f64_unsuffixed))
}

fn needs(needs: &Needs) -> TokenStream {
    match needs {
        Needs::In(list) => {
            let list = scalars(list);
            quote!(ValueConstraint::In(#list))
        }
        Needs::Not(list) => {
            let list = scalars(list);
            quote!(ValueConstraint::Not(#list))
        }
        Needs::Test(wanted) => {
            let wanted = test(wanted);
            quote!(ValueConstraint::Text(#wanted))
        }
        Needs::Range(min, max) => {
            let (min, max) = (number(*min), number(*max));
            quote!(ValueConstraint::Range(#min, #max))
        }
        Needs::Contains(value) => {
            let value = literal(value);
            quote!(ValueConstraint::Contains(#value))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_on_the_keys_without_which_it_finds_nothing() {
        let key = |name: &str| vec![Step::Key(name.to_owned())];
        let on = |check: Check, when: Vec<Condition>| {
            let rule = Resolved {
                check,
                when,
                systems: Vec::new(),
                warning: false,
                says: String::new(),
                source: String::new(),
            };
            on(&rule, &["A", "B", "C"])
        };
        let text = || Scalar::String("x".to_owned());
        let requires = || Check::Requires { keys: vec![key("B")] };
        let none: [usize; 0] = [];

        assert_eq!(on(Check::Utf8 { key: key("B") }, vec![]), [1]);
        let excludes = Check::Excludes {
            keys: vec![key("A"), key("C")],
        };
        assert_eq!(on(excludes, vec![]), [0, 2]);
        // Of another table, or on the way through any key: it may be there.
        assert_eq!(on(Check::Utf8 { key: key("D") }, vec![]), none);
        assert_eq!(on(Check::Utf8 { key: vec![Step::Any] }, vec![]), none);
        // What is missing is found without it, where its conditions need no other.
        assert_eq!(on(requires(), vec![]), none);
        assert_eq!(on(requires(), vec![Condition::Present(key("C"), true)]), [2]);
        assert_eq!(on(requires(), vec![Condition::Present(key("C"), false)]), none);
        assert_eq!(on(requires(), vec![Condition::In(key("C"), vec![text()], None)]), [2]);
        assert_eq!(
            on(requires(), vec![Condition::In(key("C"), vec![text()], Some(text()))]),
            none
        );
        assert_eq!(on(requires(), vec![Condition::Not(key("C"), vec![text()], None)]), none);
        assert_eq!(
            on(requires(), vec![Condition::Not(key("C"), vec![text()], Some(text()))]),
            [2]
        );
        // Where the conditions do not hold is what it finds.
        let only_if = Check::OnlyIf { keys: vec![key("A")] };
        assert_eq!(on(only_if, vec![Condition::Present(key("C"), true)]), [0]);
    }
}
