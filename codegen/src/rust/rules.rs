//! Generates the static data of rules.

use heck::ToUpperCamelCase;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::option;
use super::support;
use super::tables::literal;
use super::triggers;
use crate::ident::ident;
use crate::model::Scalar;
use crate::resolve::Field;
use crate::rules::{Check, Condition, Needs, Path, Resolved, Step, TargetCondition, Test};

/// Returns the rules of a dictionary with these keys as a field of its table.
#[must_use]
pub fn generate(rules: &[Resolved], fields: &[Field]) -> Option<TokenStream> {
    let list = rules.iter().map(|resolved| rule(resolved, fields));
    (!rules.is_empty()).then(|| quote!(rules: &[#(#list),*]))
}

fn rule(rule: &Resolved, fields: &[Field]) -> TokenStream {
    let check = check(&rule.check);
    let (says, source) = (&rule.says, &rule.source);
    let mut more = Vec::new();
    if !rule.when.is_empty() {
        let when = rule.when.iter().map(condition);
        more.push(quote!(when: &[#(#when),*]));
    }
    if rule.warning {
        more.push(quote!(severity: Severity::Warning));
    }
    let triggers = triggers::of(rule, fields);
    if !triggers.is_empty() {
        let triggers = triggers.into_iter().map(Literal::usize_unsuffixed);
        more.push(quote!(triggers: &[#(#triggers),*]));
    }
    if more.len() < 3 {
        more.push(quote!(..Rule::EMPTY));
    }
    quote!(Rule { check: #check, says: #says, source: #source, #(#more),* })
}

fn list_of_paths(list: &[Path]) -> TokenStream {
    let list = list.iter().map(|steps| path(steps));
    quote!(&[#(#list),*])
}

fn check(check: &Check) -> TokenStream {
    match check {
        Check::Charset { key, from, to } => {
            let key = path(key);
            let [from, to] = [*from, *to].map(Literal::i64_unsuffixed);
            quote!(Check::Charset { key: #key, from: #from, to: #to })
        }
        Check::Utf8 { key } => {
            let key = path(key);
            quote!(Check::Utf8 { key: #key })
        }
        Check::Length { key, min, max, bytes } => {
            let (key, min, max) = (path(key), integer(*min), integer(*max));
            quote!(Check::Length { key: #key, min: #min, max: #max, bytes: #bytes })
        }
        Check::Pattern { key, test: wanted, not } => {
            let (key, wanted) = (path(key), test(wanted));
            quote!(Check::Pattern { key: #key, test: #wanted, not: #not })
        }
        Check::Number {
            key,
            min,
            max,
            step,
            not,
        } => {
            let (key, min, max, step, not) = (path(key), number(*min), number(*max), number(*step), scalars(not));
            quote!(Check::Number { key: #key, min: #min, max: #max, step: #step, not: #not })
        }
        Check::Bits { key, has, needs } => {
            let key = path(key);
            let [has, needs] = [*has, *needs].map(Literal::i64_unsuffixed);
            quote!(Check::Bits { key: #key, has: #has, needs: #needs })
        }
        Check::Count { key, min, max } => {
            let (key, min, max) = (path(key), integer(*min), integer(*max));
            quote!(Check::Count { key: #key, min: #min, max: #max })
        }
        Check::Unique { key, by, ignore_case } => {
            let key = path(key);
            quote!(Check::Unique { key: #key, by: &[#(#by),*], ignore_case: #ignore_case })
        }
        Check::Consistent { key, by } => {
            let key = path(key);
            quote!(Check::Consistent { key: #key, by: &[#(#by),*] })
        }
        Check::Disjoint { keys } => of_keys("Disjoint", keys),
        Check::Requires { keys } => of_keys("Requires", keys),
        Check::RequiredOneOf { keys } => of_keys("RequiredOneOf", keys),
        Check::ExactlyOneOf { keys } => of_keys("ExactlyOneOf", keys),
        Check::Excludes { keys } => of_keys("Excludes", keys),
        Check::OnlyIf { keys } => of_keys("OnlyIf", keys),
        Check::Value { key, needs: wanted } => {
            let (key, wanted) = (path(key), needs(wanted));
            quote!(Check::Value { key: #key, needs: #wanted })
        }
        Check::Ordering {
            lower,
            upper,
            strict,
            by,
        } => {
            let (lower, upper) = (path(lower), path(upper));
            let by = ident(&by.to_upper_camel_case());
            quote!(Check::Ordering { lower: #lower, upper: #upper, strict: #strict, by: Order::#by })
        }
        Check::Refers { key, to, ignore_case } => {
            let (key, to) = (path(key), path(to));
            quote!(Check::Refers { key: #key, to: #to, ignore_case: #ignore_case })
        }
        Check::PayloadRef { key, types } => {
            let key = path(key);
            quote!(Check::PayloadRef { key: #key, types: &[#(#types),*] })
        }
        Check::Document { key, holds, argument } => {
            let key = path(key);
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

fn of_keys(name: &str, keys: &[Path]) -> TokenStream {
    let name = ident(name);
    let keys = list_of_paths(keys);
    quote!(Check::#name { keys: #keys })
}

fn condition(condition_: &Condition) -> TokenStream {
    match condition_ {
        Condition::In(key, list, default) => {
            let (key, list, default) = (path(key), scalars(list), option(default.as_ref().map(literal)));
            quote!(Condition::In(#key, #list, #default))
        }
        Condition::Not(key, list, default) => {
            let (key, list, default) = (path(key), scalars(list), option(default.as_ref().map(literal)));
            quote!(Condition::Not(#key, #list, #default))
        }
        Condition::Present(key, present) => {
            let key = path(key);
            quote!(Condition::Present(#key, #present))
        }
        Condition::Contains(key, value) => {
            let (key, value) = (path(key), literal(value));
            quote!(Condition::Contains(#key, #value))
        }
        Condition::Above(key, bound) => {
            let (key, bound) = (path(key), Literal::f64_unsuffixed(*bound));
            quote!(Condition::Above(#key, #bound))
        }
        Condition::Below(key, bound) => {
            let (key, bound) = (path(key), Literal::f64_unsuffixed(*bound));
            quote!(Condition::Below(#key, #bound))
        }
        Condition::Fits(key, wanted) => {
            let (key, wanted) = (path(key), test(wanted));
            quote!(Condition::Fits(#key, #wanted))
        }
        Condition::Any(list) => {
            let list = list.iter().map(condition);
            quote!(Condition::Any(&[#(#list),*]))
        }
        Condition::Target(wanted) => {
            let wanted = target_condition(wanted);
            quote!(Condition::Target(TargetCondition::#wanted))
        }
    }
}

/// Returns the variant of a condition on the target, with its fields.
fn target_condition(condition: &TargetCondition) -> TokenStream {
    let name = |word: &String| ident(&word.to_upper_camel_case());
    match condition {
        TargetCondition::Os { systems, from, before } => {
            let systems = systems.iter().map(|os| support::os(*os));
            let [from, before] = [from, before].map(|version| option(version.map(support::version)));
            quote!(Os { systems: &[#(#systems),*], from: #from, before: #before })
        }
        TargetCondition::Enrollment(list) => {
            let list = list.iter().map(name);
            quote!(Enrollment(&[#(Enrollment::#list),*]))
        }
        TargetCondition::Channel(channel) => {
            let channel = name(channel);
            quote!(Channel(Channel::#channel))
        }
        TargetCondition::Scope(scope) => {
            let scope = name(scope);
            quote!(Scope(Scope::#scope))
        }
        TargetCondition::Supervised(flag) => quote!(Supervised(#flag)),
        TargetCondition::SharedIpad(flag) => quote!(SharedIpad(#flag)),
        TargetCondition::AutomatedEnrollment(flag) => quote!(AutomatedEnrollment(#flag)),
        TargetCondition::ManualInstall(flag) => quote!(ManualInstall(#flag)),
        TargetCondition::Signed(flag) => quote!(Signed(#flag)),
        TargetCondition::Encrypted(flag) => quote!(Encrypted(#flag)),
    }
}

/// A path as a list of steps.
fn path(steps: &[Step]) -> TokenStream {
    let steps = steps.iter().map(|step| match step {
        Step::Key(name) => quote!(Step::Key(#name)),
        Step::Items => quote!(Step::Items),
        Step::Each => quote!(Step::Each),
        Step::Item(index) => {
            let index = Literal::usize_unsuffixed(*index);
            quote!(Step::Item(#index))
        }
        Step::Where(tag, value) => quote!(Step::Where(#tag, #value)),
        Step::Any => quote!(Step::Any),
        Step::Names => quote!(Step::Names),
    });
    quote!(&[#(#steps),*])
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
