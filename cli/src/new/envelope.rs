//! The documents that contain items.

use apple_mdm::checkin::Message;
use apple_mdm::commands::Request;
use apple_mdm::declarations::Declaration;
use apple_mdm::profiles::Profile;
use apple_mdm::schema::{self, Dict, Family, Item};
use apple_mdm::validate::{self, Finding, Severity, Validate};
use apple_mdm::value::{Dictionary, Value};
use apple_mdm::{Document, Error};

use super::placeholder;
use crate::document::Step;

/// The kind of document that contains an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Envelope {
    Profile,
    Request,
    Declaration,
    Message,
    /// The item is the whole document, a property list.
    PropertyList,
    /// The item is the whole document, in JSON.
    Json,
}

impl Envelope {
    /// Returns the kind of document that contains this item.
    pub fn of(item: &Item) -> Self {
        match item.family {
            Family::Profile => Self::Profile,
            Family::Command => Self::Request,
            Family::Declaration => Self::Declaration,
            Family::CheckIn => Self::Message,
            Family::Other => Self::PropertyList,
            _ => Self::Json,
        }
    }

    /// The steps from the document to the item's own keys.
    pub fn item_steps(self) -> Vec<Step> {
        let key = |name: &str| Step::Key(name.to_owned());
        match self {
            Self::Profile => vec![key("PayloadContent"), Step::Index(0)],
            Self::Request => vec![key("Command")],
            Self::Declaration => vec![key("Payload")],
            Self::Message | Self::PropertyList | Self::Json => Vec::new(),
        }
    }

    /// The table of the keys around the item, if the schema has one.
    pub fn outer_keys(self) -> Option<&'static Dict> {
        let keys = |family, name| schema::item(family, name)?.keys;
        match self {
            Self::Profile => keys(Family::Profile, "TopLevel"),
            Self::Declaration => keys(Family::Declaration, "DeclarationBase"),
            _ => None,
        }
    }

    /// Creates a document with placeholders for the required keys.
    pub fn document(self, item: &'static Item) -> Value {
        let mut own = item
            .keys
            .map(|dict| placeholder::dictionary(dict, 0))
            .unwrap_or_default();
        if let Some((key, value)) = item.selector {
            own.insert(key, value);
        }
        let dictionary = |entries: Vec<(&str, Value)>| Value::from(Dictionary::from_iter(entries));
        let identifier = format!("com.example.{}", item.rust.to_lowercase());
        match self {
            Self::Profile => {
                own.insert("PayloadType", item.name);
                own.insert("PayloadVersion", 1);
                own.insert("PayloadIdentifier", format!("{identifier}.1"));
                own.insert("PayloadUUID", placeholder::uuid());
                dictionary(vec![
                    ("PayloadContent", Value::Array(vec![own.into()])),
                    ("PayloadDisplayName", item.title.into()),
                    ("PayloadIdentifier", identifier.into()),
                    ("PayloadType", "Configuration".into()),
                    ("PayloadUUID", placeholder::uuid().into()),
                    ("PayloadVersion", 1.into()),
                ])
            }
            Self::Request => {
                own.insert("RequestType", item.name);
                dictionary(vec![
                    ("Command", own.into()),
                    ("CommandUUID", placeholder::uuid().into()),
                ])
            }
            Self::Declaration => dictionary(vec![
                ("Type", item.name.into()),
                ("Identifier", placeholder::uuid().into()),
                ("ServerToken", placeholder::uuid().into()),
                ("Payload", own.into()),
            ]),
            Self::Message => {
                own.insert("MessageType", item.name);
                own.into()
            }
            Self::PropertyList | Self::Json => own.into(),
        }
    }

    /// Returns the errors of a document.
    pub fn errors(self, item: &'static Item, value: &Value) -> Vec<Finding> {
        let report = match self {
            Self::Profile => Profile::from_value(value).map(|profile| profile.validate()),
            Self::Request => Request::from_value(value).map(|request| request.validate()),
            Self::Declaration => Declaration::from_value(value).map(|declaration| declaration.validate()),
            Self::Message => Message::from_value(value).map(|message| message.validate()),
            Self::PropertyList | Self::Json => Ok(validate::keys(item, value)),
        };
        // If the document cannot be read, `write` reports it.
        let mut findings = report.map(|report| report.into_findings()).unwrap_or_default();
        findings.retain(|finding| finding.severity == Severity::Error);
        findings
    }

    /// Writes the document with its keys in the order of the schema.
    pub fn write(self, value: &Value) -> Result<String, Error> {
        match self {
            Self::Profile => Profile::from_value(value)?.to_xml(),
            Self::Request => Request::from_value(value)?.to_xml(),
            Self::Declaration => Declaration::from_value(value)?.to_json(),
            Self::Message => Message::from_value(value)?.to_xml(),
            Self::PropertyList => value.to_xml(),
            Self::Json => value.to_json(),
        }
    }
}
