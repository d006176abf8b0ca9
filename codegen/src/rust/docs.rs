//! What the documentation of generated types says.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Section, scalar_text};
use crate::model::{Fact, Family, Key, Kind, Os, What};
use crate::resolve::{Field, Type, Variant};

/// A text as a documentation comment.
#[must_use]
pub fn comment(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| match line {
        "" => String::new(),
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// The documentation of an item's type or of a nested one.
#[must_use]
pub fn of_type(section: Section<'_>, ty: &Type) -> String {
    let item = section.item;
    let root = std::ptr::eq(ty, &section.types()[0]);
    let mut doc = String::new();
    if !root {
        paragraph(
            &mut doc,
            ty.doc.as_deref().unwrap_or(&format!("A dictionary of `{}`.", ty.of)),
        );
        return doc;
    }
    let identifier = item.identifier.as_deref().unwrap_or(&item.name);
    if section.response {
        let _ = write!(
            doc,
            "What a {} `{identifier}`.",
            match item.family {
                Family::CheckIn => "server answers to the check-in message",
                _ => "device answers to the command",
            }
        );
        return doc;
    }
    paragraph(&mut doc, item.description.as_deref().unwrap_or(&item.title));
    if let Some(content) = &item.content {
        paragraph(&mut doc, content);
    }
    let what = match item.family {
        Family::Command => "Request type",
        Family::Profile => "Payload type",
        Family::CheckIn => "Message type",
        Family::Declaration => "Declaration type",
        Family::Credential => "Credential type",
        Family::Status => "Status item",
        Family::Error | Family::Protocol | Family::Other => "",
    };
    if !what.is_empty() && item.identifier.is_some() {
        paragraph(&mut doc, &format!("{what}: `{identifier}`"));
    }
    if let Some(table) = availability(&item.support) {
        paragraph(&mut doc, &format!("# Availability\n\n{table}"));
    }
    doc
}

/// The documentation of a field.
#[must_use]
pub fn of_field(field: &Field) -> String {
    let key = &field.key;
    let mut doc = String::new();
    if let Some(content) = &key.content {
        paragraph(&mut doc, content);
    }
    let mut facts = vec![format!("`{}`, {}", key.name, kind_text(key))];
    if key.required && !field.required {
        facts.push("always there by the schema".to_owned());
    }
    if let Some(default) = &key.default {
        facts.push(format!("default `{}`", scalar_text(default)));
    }
    if let Some((min, max)) = &key.range {
        match (min, max) {
            (Some(min), Some(max)) => facts.push(format!("{} to {}", scalar_text(min), scalar_text(max))),
            (Some(min), None) => facts.push(format!("at least {}", scalar_text(min))),
            (None, Some(max)) => facts.push(format!("at most {}", scalar_text(max))),
            (None, None) => {}
        }
    }
    let explained = key.kind != Kind::String && !key.meanings.is_empty();
    if !key.values.is_empty() && key.kind != Kind::String && !explained {
        let values: Vec<String> = key.values.iter().map(|v| format!("`{}`", scalar_text(v))).collect();
        facts.push(format!("one of {}", values.join(", ")));
    }
    if let Some(format) = &key.format {
        facts.push(format!("of the form `{format}`"));
    }
    if let Some(form) = &key.value_type {
        facts.push(format!("a {form}"));
    }
    if !key.asset_types.is_empty() {
        facts.push(format!(
            "the identifier of an asset of type `{}`",
            key.asset_types.join("` or `")
        ));
    }
    if key.secret {
        facts.push("secret: not shown by `Debug`".to_owned());
    }
    paragraph(&mut doc, &format!("{}.", facts.join("; ")));
    if explained {
        let values = key.values.iter().map(|value| match key.meaning(value) {
            Some(meaning) => format!("- `{}`: {meaning}", scalar_text(value)),
            None => format!("- `{}`", scalar_text(value)),
        });
        paragraph(&mut doc, &values.collect::<Vec<_>>().join("\n"));
    }
    if let Some(text) = differences(&key.support) {
        paragraph(&mut doc, &text);
    }
    doc
}

fn kind_text(key: &Key) -> &'static str {
    match key.kind {
        Kind::String => "a string",
        Kind::Integer => "an integer",
        Kind::Real => "a real",
        Kind::Boolean => "a boolean",
        Kind::Date => "a date",
        Kind::Data => "data",
        Kind::Array => "an array",
        Kind::Dictionary => "a dictionary",
        Kind::Any => "any value",
    }
}

/// The documentation of an enum.
#[must_use]
pub fn of_enum(ty: &Type) -> String {
    let mut doc = String::new();
    paragraph(&mut doc, &format!("The values of `{}`.", ty.of));
    if let Some(text) = &ty.doc {
        paragraph(&mut doc, text);
    }
    doc
}

/// The documentation of a union.
#[must_use]
pub fn of_union(ty: &Type, tag: &str) -> String {
    let mut doc = String::new();
    paragraph(&mut doc, ty.doc.as_deref().unwrap_or("One of several dictionaries."));
    paragraph(&mut doc, &format!("The alternatives are told apart by `{tag}`."));
    doc
}

/// The documentation of a variant.
#[must_use]
pub fn of_variant(variant: &Variant) -> String {
    let mut doc = match &variant.doc {
        Some(doc) => format!("`{}`: {doc}", variant.value),
        None => format!("`{}`", variant.value),
    };
    if let Some(text) = differences(&variant.support) {
        paragraph(&mut doc, &text);
    }
    doc
}

fn paragraph(doc: &mut String, text: &str) {
    if !doc.is_empty() {
        doc.push_str("\n\n");
    }
    doc.push_str(text.trim());
}

/// A table of what an item supports, a row for each operating system that has it.
fn availability(support: &[Fact]) -> Option<String> {
    let mut rows = String::new();
    for os in Os::ALL {
        let facts: Vec<&What> = support
            .iter()
            .filter(|fact| fact.os == os)
            .map(|fact| &fact.what)
            .collect();
        let Some(since) = facts.iter().find_map(|what| match what {
            What::Introduced(version) => Some(version.to_string()),
            What::Always => Some("always".to_owned()),
            _ => None,
        }) else {
            continue;
        };
        let until = facts.iter().find_map(|what| match what {
            What::Removed(Some(version)) => Some(format!("removed in {version}")),
            _ => None,
        });
        let deprecated = facts.iter().find_map(|what| match what {
            What::Deprecated(version) => Some(format!("deprecated in {version}")),
            _ => None,
        });
        let mut notes: Vec<String> = deprecated.into_iter().chain(until).collect();
        notes.extend(facts.iter().filter_map(|what| note(what)));
        let _ = write!(rows, "\n| {} | {since} | {} |", os.name(), notes.join(", "));
    }
    (!rows.is_empty()).then(|| format!("| OS | Since | |\n|---|---|---|{rows}"))
}

fn note(what: &What) -> Option<String> {
    let text = match what {
        What::DeviceChannel(true) => "device channel",
        What::UserChannel(true) => "user channel",
        What::Supervised(true) => "supervised only",
        What::RequiresDep(true) => "Automated Device Enrollment only",
        What::UserApprovedMdm(true) => "user-approved MDM only",
        What::AllowManualInstall(false) => "not by manual installation",
        What::SharedIpadMode(mode) if mode != "allowed" => return Some(format!("Shared iPad: {mode}")),
        What::UserEnrollmentMode(mode) if mode != "allowed" => return Some(format!("user enrollment: {mode}")),
        What::AccessRight(Some(right)) => return Some(format!("access right {right}")),
        What::AllowedEnrollments(list) if list.is_empty() => "no enrollment",
        What::AllowedEnrollments(list) => return Some(format!("enrollments: {}", list.join(", "))),
        What::AllowedScopes(list) if list.is_empty() => "no scope",
        What::AllowedScopes(list) => return Some(format!("scopes: {}", list.join(", "))),
        What::Beta(true) => "beta",
        _ => return None,
    };
    Some(text.to_owned())
}

/// What a key's availability adds to its parent's, in a sentence.
fn differences(support: &[Fact]) -> Option<String> {
    let mut parts = Vec::new();
    for os in Os::ALL {
        let mut notes = Vec::new();
        for fact in support.iter().filter(|fact| fact.os == os) {
            match &fact.what {
                What::NotAvailable | What::Removed(None) => notes.push("no".to_owned()),
                What::Introduced(version) => notes.push(format!("{version}+")),
                What::Deprecated(version) => notes.push(format!("deprecated in {version}")),
                What::Removed(Some(version)) => notes.push(format!("removed in {version}")),
                what => notes.extend(note(what)),
            }
        }
        if !notes.is_empty() {
            parts.push(format!("{} {}", os.name(), notes.join(", ")));
        }
    }
    (!parts.is_empty()).then(|| format!("Availability: {}.", parts.join("; ")))
}
