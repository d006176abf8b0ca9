//! The documentation of generated types.

mod availability;
mod field;
mod rule;
mod text;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, Section, module};
use crate::model::{Family, Key};
use crate::resolve::{Item, Shape, Struct, Type, Variant};
use text::{bullets, code, first_sentence, paragraph, prose};

pub use field::of_field;
pub use rule::Rules;

/// Makes a doc comment from a text.
#[must_use]
pub fn comment(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| match line {
        "" => String::new(),
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// Lets a search in the documentation find a type or field by its name in documents, if that differs from the Rust name.
#[must_use]
pub fn alias(name: &str, rust: &str) -> TokenStream {
    // Characters that rustdoc does not allow in an alias.
    let refused = |char: char| "\"'".contains(char) || (char.is_whitespace() && char != ' ');
    if name == rust || name.is_empty() || name.trim() != name || name.contains(refused) {
        return TokenStream::new();
    }
    quote!(#[doc(alias = #name)])
}

/// Documents the type of an item, or a nested type.
#[must_use]
pub fn of_type(section: Section<'_>, index: usize, rules: &Rules<'_>, cx: &Context) -> String {
    let item = section.item;
    let ty = &section.types()[index];
    let root = index == 0;
    let mut doc = String::new();
    match (root, section.response) {
        (true, false) => of_item(&mut doc, item, cx),
        (true, true) => of_response(&mut doc, item, ty, cx),
        (false, _) => of_nested(&mut doc, section, ty),
    }
    chapter(&mut doc, "Rules", &bullets(&rules.at(index, None)));
    if root && !section.response {
        of_example(&mut doc, item, cx);
        of_reports(&mut doc, item, cx);
    }
    doc
}

/// Adds a heading with a text, unless the text is empty.
fn chapter(doc: &mut String, title: &str, text: &str) {
    if !text.is_empty() {
        paragraph(doc, &format!("# {title}"));
        paragraph(doc, text);
    }
}

/// Documents a request, payload, message and so on.
fn of_item(doc: &mut String, item: &Item, cx: &Context) {
    let description = item.description.as_deref().unwrap_or(&item.title);
    let (first, rest) = if item.paths.len() > 1 {
        paragraph(doc, &format!("Combines several parts: {}.", prose(&item.title)));
        (description, "")
    } else {
        first_sentence(description)
    };
    paragraph(doc, &prose(first));
    paragraph(doc, &prose(rest));
    paragraph(doc, &prose(item.content.as_deref().unwrap_or_default()));
    if let Some(other) = &item.replaced_by {
        paragraph(doc, &format!("Replaced by {}.", link(other, item, cx)));
    }
    let label = match item.family {
        Family::Command => "Request type",
        Family::Profile => "Payload type",
        Family::CheckIn => "Message type",
        Family::Declaration => "Declaration type",
        Family::Credential => "Credential type",
        Family::Status => "Status item",
        Family::Error | Family::Protocol | Family::Other => "",
    };
    let mut facts = Vec::new();
    if let Some(identifier) = item
        .identifier
        .as_ref()
        .filter(|_| !label.is_empty() && !item.is_common())
    {
        facts.push(match &item.selector {
            Some((key, value)) => format!("{label} {} with {} {}", code(identifier), code(key), code(value)),
            None => format!("{label} {}", code(identifier)),
        });
    }
    if let Some(response) = item.response.first() {
        facts.push(format!("response [`{}`]", response.name));
    }
    if let Some(value) = item.request.first().filter(|_| item.is_status_marker())
        && let Shape::Struct(body) = &value.shape
        && let [value] = body.fields.as_slice()
    {
        facts.extend(
            field::facts(value)
                .into_iter()
                .skip(1)
                .filter(|fact| fact != "required"),
        );
    }
    facts.extend(source(item, cx));
    paragraph(doc, &facts.join(" · "));
    let available = availability::of_item(&item.support, item.apply.as_deref());
    chapter(doc, "Availability", &available.unwrap_or_default());
}

/// Documents the response to a command, or to a check-in message.
fn of_response(doc: &mut String, item: &Item, ty: &Type, cx: &Context) {
    let name = &item.name;
    let has_no_keys = matches!(&ty.shape, Shape::Struct(body) if body.fields.is_empty());
    if item.family == Family::Command {
        paragraph(doc, &format!("The response of a device to [`{name}`]."));
        if has_no_keys {
            paragraph(doc, "It has no keys besides those that every response has.");
        } else if cx.enums {
            paragraph(
                doc,
                &format!(
                    "In the document, these keys are next to those of [`Response`]. Read them with \
                     [`response.body::<{name}>()`](Response::body)."
                ),
            );
        }
    } else {
        paragraph(doc, &format!("The response of a server to [`{name}`]."));
    }
    paragraph(doc, &source(item, cx).unwrap_or_default());
    let available = availability::of_item(&item.support, None);
    chapter(doc, "Availability", &available.unwrap_or_default());
}

/// Documents a dictionary within an item.
fn of_nested(doc: &mut String, section: Section<'_>, ty: &Type) {
    let (first, rest) = match &ty.doc {
        Some(text) => first_sentence(text),
        None => ("", ""),
    };
    if first.is_empty() {
        paragraph(doc, &format!("A dictionary in {}.", code(last(&ty.path))));
    } else {
        paragraph(doc, &prose(first));
    }
    paragraph(doc, &prose(rest));
    paragraph(doc, &home(section, ty));
}

/// Links to the item that a nested type belongs to, and names the key.
fn home(section: Section<'_>, ty: &Type) -> String {
    let root = &section.types()[0].name;
    let up = if section.response { "super::super" } else { "super" };
    let family = module(section.item.family);
    format!("Key {} of [`{family}::{root}`]({up}::{root})", code(&ty.path))
}

/// Returns the last key of a path.
fn last(path: &str) -> &str {
    let path = path.trim_end_matches("[]");
    path.rsplit(['.', '[', ']'])
        .find(|name| !name.is_empty())
        .unwrap_or(path)
}

/// Adds an example: the Rust code, and the document that it creates.
fn of_example(doc: &mut String, item: &Item, cx: &Context) {
    let Some(example) = cx.examples.iter().find(|example| example.is_of(item)) else {
        return;
    };
    let document = format!(
        "```{}\n{}\n```",
        if example.json { "json" } else { "xml" },
        example.document
    );
    if example.rust.is_empty() {
        chapter(doc, "Example", "In a status report (read it with [`StatusItems`]):");
        paragraph(doc, &document);
        return;
    }
    let end = if example.rust.contains(")?") {
        "\n# Ok::<(), apple_mdm::Error>(())"
    } else {
        ""
    };
    chapter(doc, "Example", &format!("```\n{}{end}\n```", example.rust));
    paragraph(doc, "This creates the document:");
    paragraph(doc, &document);
}

/// Documents `extra`, which holds the keys without a field.
#[must_use]
pub fn of_extra(body: &Struct) -> String {
    let mut doc = String::new();
    match &body.any {
        Some(any) => {
            let content = any.key.content.as_deref().unwrap_or("Keys with any name.");
            paragraph(
                &mut doc,
                &format!("All other keys, kept as they were read: {}", prose(content)),
            );
            paragraph(
                &mut doc,
                &field::facts(any).into_iter().skip(1).collect::<Vec<_>>().join(" · "),
            );
        }
        None => paragraph(
            &mut doc,
            "Keys that the schema does not define, kept as they were read.",
        ),
    }
    doc
}

/// Lists the reasons and status items that a status report has for a declaration.
fn of_reports(doc: &mut String, item: &Item, cx: &Context) {
    let reasons: Vec<String> = item
        .reasons
        .iter()
        .map(|reason| match &reason.description {
            Some(text) => format!("{}: {}", code(&reason.value), prose(text.trim())),
            None => code(&reason.value),
        })
        .collect();
    chapter(doc, "Reasons in status reports", &bullets(&reasons));
    let related: Vec<String> = item
        .related
        .iter()
        .flat_map(|related| &related.items)
        .map(|name| link(name, item, cx))
        .collect();
    chapter(doc, "Status items", &bullets(&related));
}

/// Links to the files of the schema that an item comes from.
fn source(item: &Item, cx: &Context) -> Option<String> {
    let base = cx.source.as_ref()?;
    let links: Vec<String> = item
        .paths
        .iter()
        .map(|path| {
            let name = path.rsplit_once('/').map_or(path.as_str(), |(_, name)| name);
            format!("[`{name}`]({base}/{path})")
        })
        .collect();
    Some(format!("Apple's schema: {}", links.join(", ")))
}

/// Names another item by its identifier, with a link if the item is known.
fn link(identifier: &str, item: &Item, cx: &Context) -> String {
    match cx.items.get(identifier).filter(|_| cx.enums) {
        // rustdoc warns about a path that it does not need.
        Some((family, name)) if *family == item.family => format!("`{identifier}` ([`{name}`])"),
        Some((family, name)) => format!("`{identifier}` ([`{name}`](crate::{}::{name}))", module(*family)),
        None => code(identifier),
    }
}

/// Documents an enum.
#[must_use]
pub fn of_enum(section: Section<'_>, ty: &Type) -> String {
    let mut doc = String::new();
    let (first, rest) = first_sentence(ty.doc.as_deref().unwrap_or_default());
    paragraph(
        &mut doc,
        format!("Possible values of {}. {}", code(last(&ty.path)), prose(first)).trim_end(),
    );
    paragraph(&mut doc, &prose(rest));
    paragraph(&mut doc, &home(section, ty));
    doc
}

/// Documents a union.
#[must_use]
pub fn of_union(section: Section<'_>, ty: &Type, tag: &str) -> String {
    let mut doc = String::new();
    of_nested(&mut doc, section, ty);
    paragraph(
        &mut doc,
        &format!("The value of {} determines the alternative.", code(tag)),
    );
    doc
}

/// Documents an alternative of a union.
#[must_use]
pub fn of_alternative(tag: &str, value: &str, key: &Key, item: &Item) -> String {
    let mut doc = String::new();
    let (first, _) = first_sentence(key.content.as_deref().unwrap_or_default());
    paragraph(
        &mut doc,
        format!("{}: {}", code(value), prose(first)).trim_end_matches([' ', ':']),
    );
    if first.is_empty() {
        doc = format!("{} is {}.", code(tag), code(value));
    }
    paragraph(
        &mut doc,
        &availability::differences(&key.support, &item.support).unwrap_or_default(),
    );
    doc
}

/// Documents a variant of the enum over all items of a family.
#[must_use]
pub fn of_member(item: &Item) -> String {
    let text = item.description.as_ref().filter(|_| item.paths.len() == 1);
    let (first, _) = first_sentence(text.unwrap_or(&item.title));
    let identifier = code(item.identifier.as_deref().unwrap_or_default());
    format!("{identifier}: {}", prose(first))
}

/// Documents a variant.
#[must_use]
pub fn of_variant(variant: &Variant, item: &Item) -> String {
    let mut doc = match &variant.doc {
        Some(doc) => format!("{}: {}", code(&variant.value), prose(doc)),
        None => code(&variant.value),
    };
    paragraph(
        &mut doc,
        &availability::differences(&variant.support, &item.support).unwrap_or_default(),
    );
    doc
}
