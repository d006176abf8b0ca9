//! Rules of vendors' overlays as data of the library.

use apple_mdm::schema::{
    Channel, Check, Condition, EmbeddedDocument, Enrollment, Literal, Order, Path, Rule, Scope, Severity, Step,
    TargetCondition, TextFormat, TextTest, ValueConstraint,
};
use apple_mdm_codegen::{model::Scalar, rules};

use super::statics::{self, Statics};
use super::support;

/// Converts the rules of a dictionary. A rule that this version of the library does not know is left out.
pub fn convert(rules: &[rules::Resolved], statics: &mut Statics) -> &'static [Rule] {
    let rules = rules.iter().filter_map(|rule| convert_rule(rule, statics)).collect();
    statics::list(rules)
}

fn convert_rule(rule: &rules::Resolved, statics: &mut Statics) -> Option<Rule> {
    let when: Option<Vec<Condition>> = rule.when.iter().map(|one| condition(one, statics)).collect();
    Some(Rule {
        check: check(&rule.check, statics)?,
        when: statics::list(when?),
        severity: if rule.warning {
            Severity::Warning
        } else {
            Severity::Error
        },
        says: statics.text(&rule.says),
        source: statics.text(&rule.source),
        ..Rule::EMPTY
    })
}

fn check(check: &rules::Check, statics: &mut Statics) -> Option<Check> {
    let size = |number: &Option<i64>| number.and_then(|number| usize::try_from(number).ok());
    Some(match check {
        rules::Check::Charset { key, from, to } => Check::Charset {
            key: path(key, statics),
            from: u32::try_from(*from).ok()?,
            to: u32::try_from(*to).ok()?,
        },
        rules::Check::Utf8 { key } => Check::Utf8 {
            key: path(key, statics),
        },
        rules::Check::Length { key, min, max, bytes } => Check::Length {
            key: path(key, statics),
            min: size(min),
            max: size(max),
            bytes: *bytes,
        },
        rules::Check::Pattern { key, test, not } => Check::Pattern {
            key: path(key, statics),
            test: text_test(test, statics)?,
            not: *not,
        },
        rules::Check::Number {
            key,
            min,
            max,
            step,
            not,
        } => Check::Number {
            key: path(key, statics),
            min: *min,
            max: *max,
            step: *step,
            not: literals(not, statics),
        },
        rules::Check::Bits { key, has, needs } => Check::Bits {
            key: path(key, statics),
            has: *has,
            needs: *needs,
        },
        rules::Check::Count { key, min, max } => Check::Count {
            key: path(key, statics),
            min: size(min),
            max: size(max),
        },
        rules::Check::Unique { key, by, ignore_case } => Check::Unique {
            key: path(key, statics),
            by: statics.texts(by),
            ignore_case: *ignore_case,
        },
        rules::Check::Consistent { key, by } => Check::Consistent {
            key: path(key, statics),
            by: statics.texts(by),
        },
        rules::Check::Disjoint { keys } => Check::Disjoint {
            keys: paths(keys, statics),
        },
        rules::Check::Requires { keys } => Check::Requires {
            keys: paths(keys, statics),
        },
        rules::Check::RequiredOneOf { keys } => Check::RequiredOneOf {
            keys: paths(keys, statics),
        },
        rules::Check::ExactlyOneOf { keys } => Check::ExactlyOneOf {
            keys: paths(keys, statics),
        },
        rules::Check::Excludes { keys } => Check::Excludes {
            keys: paths(keys, statics),
        },
        rules::Check::OnlyIf { keys } => Check::OnlyIf {
            keys: paths(keys, statics),
        },
        rules::Check::Value { key, needs } => Check::Value {
            key: path(key, statics),
            needs: constraint(needs, statics)?,
        },
        rules::Check::Ordering {
            lower,
            upper,
            strict,
            by,
        } => Check::Ordering {
            lower: path(lower, statics),
            upper: path(upper, statics),
            strict: *strict,
            by: order(by)?,
        },
        rules::Check::Refers { key, to, ignore_case } => Check::Refers {
            key: path(key, statics),
            to: path(to, statics),
            ignore_case: *ignore_case,
        },
        rules::Check::PayloadRef { key, types } => Check::PayloadRef {
            key: path(key, statics),
            types: statics.texts(types),
        },
        rules::Check::Document { key, holds, argument } => Check::Document {
            key: path(key, statics),
            holds: document(holds, argument.as_deref(), statics)?,
        },
    })
}

fn condition(condition_: &rules::Condition, statics: &mut Statics) -> Option<Condition> {
    let default = |value: &Option<Scalar>, statics: &mut Statics| value.as_ref().map(|value| literal(value, statics));
    Some(match condition_ {
        rules::Condition::In(key, list, absent) => {
            let absent = default(absent, statics);
            Condition::In(path(key, statics), literals(list, statics), absent)
        }
        rules::Condition::Not(key, list, absent) => {
            let absent = default(absent, statics);
            Condition::Not(path(key, statics), literals(list, statics), absent)
        }
        rules::Condition::Present(key, present) => Condition::Present(path(key, statics), *present),
        rules::Condition::Contains(key, value) => Condition::Contains(path(key, statics), literal(value, statics)),
        rules::Condition::Above(key, bound) => Condition::Above(path(key, statics), *bound),
        rules::Condition::Below(key, bound) => Condition::Below(path(key, statics), *bound),
        rules::Condition::Fits(key, test) => Condition::Fits(path(key, statics), text_test(test, statics)?),
        rules::Condition::Any(list) => {
            let list: Option<Vec<Condition>> = list.iter().map(|one| condition(one, statics)).collect();
            Condition::Any(statics::list(list?))
        }
        rules::Condition::Target(target) => Condition::Target(target_condition(target)?),
    })
}

fn target_condition(condition: &rules::TargetCondition) -> Option<TargetCondition> {
    use rules::TargetCondition as Model;
    Some(match condition {
        Model::Os { systems, from, before } => TargetCondition::Os {
            systems: statics::list(systems.iter().map(|os| support::os(*os)).collect()),
            from: from.map(support::version),
            before: before.map(support::version),
        },
        Model::Enrollment(list) => {
            let list: Option<Vec<Enrollment>> = list.iter().map(|name| enrollment(name)).collect();
            TargetCondition::Enrollment(statics::list(list?))
        }
        Model::Channel(name) if name == "user" => TargetCondition::Channel(Channel::User),
        Model::Channel(_) => TargetCondition::Channel(Channel::Device),
        Model::Scope(name) if name == "User" => TargetCondition::Scope(Scope::User),
        Model::Scope(_) => TargetCondition::Scope(Scope::System),
        Model::Supervised(flag) => TargetCondition::Supervised(*flag),
        Model::SharedIpad(flag) => TargetCondition::SharedIpad(*flag),
        Model::AutomatedEnrollment(flag) => TargetCondition::AutomatedEnrollment(*flag),
        Model::ManualInstall(flag) => TargetCondition::ManualInstall(*flag),
        Model::Signed(flag) => TargetCondition::Signed(*flag),
        Model::Encrypted(flag) => TargetCondition::Encrypted(*flag),
    })
}

fn enrollment(name: &str) -> Option<Enrollment> {
    Some(match name {
        "device" => Enrollment::Device,
        "user" => Enrollment::User,
        "local" => Enrollment::Local,
        _ => return None,
    })
}

fn path(steps: &[rules::Step], statics: &mut Statics) -> Path {
    let steps = steps.iter().map(|step| match step {
        rules::Step::Key(name) => Step::Key(statics.text(name)),
        rules::Step::Items => Step::Items,
        rules::Step::Each => Step::Each,
        rules::Step::Item(index) => Step::Item(*index),
        rules::Step::Where(tag, value) => {
            let tag = statics.text(tag);
            Step::Where(tag, statics.text(value))
        }
        rules::Step::Any => Step::Any,
        rules::Step::Names => Step::Names,
    });
    statics::list(steps.collect())
}

fn paths(list: &[rules::Path], statics: &mut Statics) -> &'static [Path] {
    let paths = list.iter().map(|steps| path(steps, statics)).collect();
    statics::list(paths)
}

/// Converts a value of the schema.
pub fn literal(scalar: &Scalar, statics: &mut Statics) -> Literal {
    match scalar {
        Scalar::String(text) => Literal::String(statics.text(text)),
        Scalar::Integer(number) => Literal::Integer(*number),
        Scalar::Real(number) => Literal::Real(*number),
        Scalar::Boolean(flag) => Literal::Boolean(*flag),
    }
}

fn literals(list: &[Scalar], statics: &mut Statics) -> &'static [Literal] {
    let literals = list.iter().map(|scalar| literal(scalar, statics)).collect();
    statics::list(literals)
}

fn text_test(test: &rules::Test, statics: &mut Statics) -> Option<TextTest> {
    Some(match test {
        rules::Test::Format(name) => {
            let mut formats = TextFormat::ALL.iter().copied();
            TextTest::Format(formats.find(|format| format.name() == name)?)
        }
        rules::Test::Pattern(pattern) => TextTest::Pattern(statics.text(pattern)),
    })
}

fn constraint(needs: &rules::Needs, statics: &mut Statics) -> Option<ValueConstraint> {
    Some(match needs {
        rules::Needs::In(list) => ValueConstraint::In(literals(list, statics)),
        rules::Needs::Not(list) => ValueConstraint::Not(literals(list, statics)),
        rules::Needs::Test(test) => ValueConstraint::Text(text_test(test, statics)?),
        rules::Needs::Range(min, max) => ValueConstraint::Range(*min, *max),
        rules::Needs::Contains(value) => ValueConstraint::Contains(literal(value, statics)),
    })
}

fn order(name: &str) -> Option<Order> {
    Some(match name {
        "number" => Order::Number,
        "version" => Order::Version,
        "ip" => Order::Ip,
        "date" => Order::Date,
        "string" => Order::String,
        _ => return None,
    })
}

fn document(name: &str, argument: Option<&str>, statics: &mut Statics) -> Option<EmbeddedDocument> {
    Some(match name {
        "profile" => EmbeddedDocument::Profile(argument.map(|name| statics.text(name))),
        "plist" => EmbeddedDocument::Plist,
        "json" => EmbeddedDocument::Json,
        "certificate" => EmbeddedDocument::Certificate,
        "certificate-der" => EmbeddedDocument::CertificateDer,
        "certificate-pem" => EmbeddedDocument::CertificatePem,
        "pkcs12" => EmbeddedDocument::Pkcs12,
        "pkcs12-or-unknown" => EmbeddedDocument::Pkcs12OrUnknown,
        "cms" => EmbeddedDocument::Cms,
        "public-key-der" => EmbeddedDocument::PublicKeyDer,
        "rtf" => EmbeddedDocument::Rtf,
        "font" => EmbeddedDocument::Font,
        "font-not-collection" => EmbeddedDocument::FontNotCollection,
        "image" => EmbeddedDocument::Image,
        "png-or-jpeg" => EmbeddedDocument::PngOrJpeg,
        "provisioning-profile" => EmbeddedDocument::ProvisioningProfile,
        "password-hash" => EmbeddedDocument::PasswordHash,
        "status-report" => EmbeddedDocument::StatusReport,
        "tokens-response" => EmbeddedDocument::TokensResponse,
        "declaration" => EmbeddedDocument::Declaration,
        "manifest" => EmbeddedDocument::Manifest,
        "status-predicate" => EmbeddedDocument::StatusPredicate,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::Detail;
    use super::*;

    #[test]
    fn every_word_of_the_overlay_has_its_counterpart() {
        let mut statics = Statics::new(Detail::Facts);
        for name in rules::FORMATS {
            assert!(
                text_test(&rules::Test::Format((*name).to_owned()), &mut statics).is_some(),
                "{name}"
            );
        }
        for name in rules::HOLDS {
            assert!(document(name, None, &mut statics).is_some(), "{name}");
        }
        for name in rules::ORDERS {
            assert!(order(name).is_some(), "{name}");
        }
    }
}
