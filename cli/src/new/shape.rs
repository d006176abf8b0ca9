//! The documents around items.

use apple_mdm::checkin::Message;
use apple_mdm::commands::Request;
use apple_mdm::declarations::Declaration;
use apple_mdm::profiles::Profile;
use apple_mdm::schema::{self, Dict, Family, Item};
use apple_mdm::validate::{self, Finding, Severity, Validate};
use apple_mdm::value::{Dictionary, Value};
use apple_mdm::{Document, Error};

use super::sample;
use crate::document::Step;

/// What kind of document an item stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Profile,
    Request,
    Declaration,
    Message,
    /// The item is the document: as a property list.
    PropertyList,
    /// The item is the document: as JSON.
    Json,
}

impl Shape {
    /// The shape of documents with the item.
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

    /// The steps to the item's own keys.
    pub fn root(self) -> Vec<Step> {
        let key = |name: &str| Step::Key(name.to_owned());
        match self {
            Self::Profile => vec![key("PayloadContent"), Step::Index(0)],
            Self::Request => vec![key("Command")],
            Self::Declaration => vec![key("Payload")],
            Self::Message | Self::PropertyList | Self::Json => Vec::new(),
        }
    }

    /// The keys around the item's own.
    pub fn envelope(self) -> Option<&'static Dict> {
        let keys = |family, name| schema::item(family, name)?.keys;
        match self {
            Self::Profile => keys(Family::Profile, "TopLevel"),
            Self::Declaration => keys(Family::Declaration, "DeclarationBase"),
            _ => None,
        }
    }

    /// A document with what is required.
    pub fn start(self, item: &'static Item) -> Value {
        let mut own = item.keys.map(|dict| sample::dictionary(dict, 0)).unwrap_or_default();
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
                own.insert("PayloadUUID", sample::uuid());
                dictionary(vec![
                    ("PayloadContent", Value::Array(vec![own.into()])),
                    ("PayloadDisplayName", item.title.into()),
                    ("PayloadIdentifier", identifier.into()),
                    ("PayloadType", "Configuration".into()),
                    ("PayloadUUID", sample::uuid().into()),
                    ("PayloadVersion", 1.into()),
                ])
            }
            Self::Request => {
                own.insert("RequestType", item.name);
                dictionary(vec![("Command", own.into()), ("CommandUUID", sample::uuid().into())])
            }
            Self::Declaration => dictionary(vec![
                ("Type", item.name.into()),
                ("Identifier", sample::uuid().into()),
                ("ServerToken", sample::uuid().into()),
                ("Payload", own.into()),
            ]),
            Self::Message => {
                own.insert("MessageType", item.name);
                own.into()
            }
            Self::PropertyList | Self::Json => own.into(),
        }
    }

    /// What is wrong with a document.
    pub fn errors(self, item: &'static Item, value: &Value) -> Vec<Finding> {
        let report = match self {
            Self::Profile => Profile::from_value(value).map(|profile| profile.validate()),
            Self::Request => Request::from_value(value).map(|request| request.validate()),
            Self::Declaration => Declaration::from_value(value).map(|declaration| declaration.validate()),
            Self::Message => Message::from_value(value).map(|message| message.validate()),
            Self::PropertyList | Self::Json => Ok(validate::keys(item, value)),
        };
        // What cannot even be read is told of when it is written.
        let mut findings = report.map(|report| report.into_findings()).unwrap_or_default();
        findings.retain(|finding| finding.severity == Severity::Error);
        findings
    }

    /// The document's text, its keys in the schema's order.
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
