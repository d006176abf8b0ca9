//! The examples on the pages of generated types: what their Rust makes is the document that the page shows, reads back as
//! the item, and is valid.

#![cfg(all(
    feature = "commands",
    feature = "profiles",
    feature = "declarations",
    feature = "checkin"
))]

use apple_mdm::checkin::Message;
use apple_mdm::commands::Request;
use apple_mdm::declarations::Declaration;
use apple_mdm::profiles::{PayloadEntry, Profile};
use apple_mdm::schema::{self, Family, Item};
use apple_mdm::status::StatusReport;
use apple_mdm::validate::{Code, Report, Validate};
use apple_mdm::value::Value;
use apple_mdm::{Document, Error};

/// Written by the build script, beside the pages.
mod examples {
    include!(concat!(env!("OUT_DIR"), "/examples.rs"));
}

/// What stands in the place of certificates and the like is too short to be one, and a payload by itself refers to others
/// that its profile would have: whole ones would be no help on a page.
const STAND_INS: &[Code] = &[Code::Document, Code::BadReference];

/// What validation says of the document of an item.
fn validate(family: &str, document: &[u8]) -> Result<Report, Error> {
    Ok(match family {
        "commands" => Request::from_slice(document)?.validate(),
        "profiles" => {
            let entry = PayloadEntry::from_slice(document)?;
            Profile::new("com.example.profile", "3F2504E0-4F89-41D3-9A0C-0305E82C3301", [entry]).validate()
        }
        "declarations" => Declaration::from_slice(document)?.validate(),
        "checkin" => Message::from_slice(document)?.validate(),
        "status" => StatusReport::from_slice(document)?.validate(),
        _ => Report::default(),
    })
}

/// The document as the tests of a page's reader would store it: a property list in its envelope.
fn whole(document: &str) -> Vec<u8> {
    match document.starts_with("<dict") {
        true => format!("<plist version=\"1.0\">{document}</plist>").into_bytes(),
        false => document.as_bytes().to_vec(),
    }
}

#[test]
fn the_rust_of_an_example_makes_the_document_beside_it() {
    for (family, name, made, document) in examples::EXAMPLES {
        let Some(made) = made else { continue };
        let shown = Value::from_slice(&whole(document)).unwrap();
        let made = made().unwrap_or_else(|error| panic!("{family}::{name}: {error}"));
        let json = document.starts_with('{');
        let (made, shown) = match json {
            true => (made.to_json().unwrap(), shown.to_json().unwrap()),
            false => (made.to_xml().unwrap(), shown.to_xml().unwrap()),
        };
        assert_eq!(made, shown, "{family}::{name}");
    }
}

#[test]
fn the_document_of_an_example_is_valid() {
    // Of a status report only the part with the item is shown.
    let mut wrong = Vec::new();
    for (family, name, _, document) in examples::EXAMPLES {
        match validate(family, &whole(document)) {
            Ok(report) => {
                let findings = report.errors().chain(report.warnings());
                let findings = findings.filter(|finding| {
                    let part = *family == "status" && finding.code == Code::MissingKey;
                    !part && !STAND_INS.contains(&finding.code)
                });
                wrong.extend(findings.map(|finding| format!("{family}::{name}: {finding}")));
            }
            Err(error) => wrong.push(format!("{family}::{name}: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nearly_every_item_has_an_example() {
    let has = |item: &&Item| {
        let mut examples = examples::EXAMPLES.iter();
        !examples.any(|(_, name, ..)| *name == item.rust)
    };
    let items = schema::items().filter(|item| {
        let families = [
            Family::Command,
            Family::Profile,
            Family::Declaration,
            Family::Status,
            Family::CheckIn,
        ];
        families.contains(&item.family) && item.name != item.rust
    });
    let without: Vec<&str> = items.filter(has).map(|item| item.rust).collect();
    assert!(without.len() < 20, "{without:?}");
}
