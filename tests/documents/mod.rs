//! Documents made from the tables: one of every item and reply that the schema describes, with every key filled.
#![allow(dead_code, unused_imports)]

mod fill;

use std::any::Any;
use std::fmt::Debug;

use apple_mdm::checkin::{self, Message};
use apple_mdm::codec::{Record, View};
use apple_mdm::commands::{Command, Response};
use apple_mdm::declarations::Declaration;
use apple_mdm::item::Over;
use apple_mdm::profiles::{PayloadEntry, Profile};
use apple_mdm::schema::{self, Dict, Family, Item};
use apple_mdm::status::StatusItems;
use apple_mdm::value::{Dictionary, Value};
use apple_mdm::{Document, Error, credentials, errors, generated, other, protocol, status, writer};

pub use fill::{Fill, each_dictionary, tolerate};

/// Reads bytes as the type of a document.
type ReadWhole = Box<dyn Fn(&[u8]) -> Result<Box<dyn Whole>, Error>>;

/// A kind of document: an item as it is sent, or the reply to one.
pub struct Sample {
    /// What it is, for messages.
    pub name: String,
    /// The keys of the item.
    pub table: &'static Dict,
    /// What stands around them.
    around: Around,
    /// Reads a document.
    pub read: ReadWhole,
    /// Whether it is JSON on the wire.
    pub json: bool,
}

/// What a document has beside an item's own keys.
enum Around {
    Nothing,
    /// A key that says what it is.
    Tag(&'static str, &'static str),
    /// The keys of every payload.
    Payload(&'static str),
    /// The keys of every declaration.
    Declaration(&'static str),
    /// The keys of every response.
    Response,
}

/// A document that was read.
pub trait Whole {
    /// What it holds, as a tree.
    fn value(&self) -> Value;
    /// As XML.
    fn xml(&self) -> Result<String, Error>;
    /// As a binary property list.
    fn binary(&self) -> Result<Vec<u8>, Error>;
    /// As JSON.
    fn json(&self) -> Result<String, Error>;
    /// Whether the other one is the same.
    fn same(&self, other: &dyn Whole) -> bool;
    /// What `Debug` shows, in one line and in several.
    fn debug(&self) -> String;
    /// The records that it consists of; what is wrong with it, where it is not what it should be.
    fn records(&self) -> Result<Vec<&dyn Record>, String>;
    /// Itself, to be compared.
    fn any(&self) -> &dyn Any;
}

/// The records of a document.
trait Parts {
    fn parts(&self) -> Result<Vec<&dyn Record>, String>;
}

impl<T: Document + Parts + PartialEq + Debug + 'static> Whole for T {
    fn value(&self) -> Value {
        self.to_value().unwrap()
    }
    fn xml(&self) -> Result<String, Error> {
        self.to_xml()
    }
    fn binary(&self) -> Result<Vec<u8>, Error> {
        self.to_binary()
    }
    fn json(&self) -> Result<String, Error> {
        self.to_json()
    }
    fn same(&self, other: &dyn Whole) -> bool {
        other.any().downcast_ref::<T>() == Some(self)
    }
    fn debug(&self) -> String {
        format!("{self:?}\n{self:#?}")
    }
    fn records(&self) -> Result<Vec<&dyn Record>, String> {
        self.parts()
    }
    fn any(&self) -> &dyn Any {
        self
    }
}

fn of_item(item: &impl Over) -> Result<Vec<&dyn Record>, String> {
    match (item.known(), item.invalid()) {
        (Some((record, _)), _) => Ok(vec![record]),
        (_, Some(invalid)) => Err(format!("invalid: {}", invalid.reason)),
        _ => Err("unknown".to_owned()),
    }
}

macro_rules! parts {
    (items: $($item:ty),*; records: $($record:ty),*;) => {
        $(impl Parts for $item {
            fn parts(&self) -> Result<Vec<&dyn Record>, String> {
                of_item(self)
            }
        })*
        $(impl Parts for $record {
            fn parts(&self) -> Result<Vec<&dyn Record>, String> {
                Ok(vec![self])
            }
        })*
    };
}

parts! {
    items: Command, Message, Declaration;
    records: Profile, StatusItems, status::StatusReason,
        checkin::GetBootstrapTokenResponse, checkin::GetTokenResponse, checkin::ReturnToServiceResponse, checkin::UserAuthenticateResponse,
        credentials::CredentialAcme, credentials::CredentialIdentity, credentials::CredentialScep,
        credentials::CredentialUserNameAndPassword,
        errors::PairingTokenMissing, errors::PlatformSsoRequired, errors::SoftwareUpdateRequired,
        errors::UnrecognizedDevice, errors::WellKnownFailed,
        protocol::DeclarationItemsResponse, protocol::StatusReport, protocol::TokensResponse,
        other::Esso, other::MachineInfo, other::ManifestUrl, other::PasswordHash;
}

impl Parts for PayloadEntry {
    fn parts(&self) -> Result<Vec<&dyn Record>, String> {
        let mut parts = of_item(&self.payload)?;
        parts.push(&self.common);
        Ok(parts)
    }
}

/// A response with its body.
struct Answer {
    response: Response,
    body: Box<dyn Record>,
}

impl Answer {
    fn read(bytes: &[u8], command: &str) -> Result<Self, Error> {
        let response = Response::from_slice(bytes)?;
        let body = response.body_of(command)?.unwrap();
        Ok(Self { response, body })
    }
}

impl Whole for Answer {
    fn value(&self) -> Value {
        // The body as it was understood, within the response.
        let mut whole = self.response.value();
        let body = writer::to_value(View::Record(&*self.body)).unwrap();
        whole
            .as_dictionary_mut()
            .unwrap()
            .extend(body.as_dictionary().unwrap().clone());
        whole
    }
    fn xml(&self) -> Result<String, Error> {
        self.response.to_xml()
    }
    fn binary(&self) -> Result<Vec<u8>, Error> {
        self.response.to_binary()
    }
    fn json(&self) -> Result<String, Error> {
        self.response.to_json()
    }
    fn same(&self, other: &dyn Whole) -> bool {
        let other: &Self = other.any().downcast_ref().unwrap();
        // What the response keeps for the body is not yet typed, so a number may be of another type there.
        self.response.command_uuid == other.response.command_uuid
            && self.response.status == other.response.status
            && generated::same(View::Record(&*self.body), View::Record(&*other.body))
    }
    fn debug(&self) -> String {
        let (response, body) = (&self.response, &*self.body);
        format!("{response:?}\n{response:#?}\n{body:?}\n{body:#?}")
    }
    fn records(&self) -> Result<Vec<&dyn Record>, String> {
        Ok(vec![&*self.body])
    }
    fn any(&self) -> &dyn Any {
        self
    }
}

impl Parts for Response {
    fn parts(&self) -> Result<Vec<&dyn Record>, String> {
        Ok(vec![self])
    }
}

fn reader<T: Document + Whole + 'static>(bytes: &[u8]) -> Result<Box<dyn Whole>, Error> {
    T::from_slice(bytes).map(|document| Box::new(document) as Box<dyn Whole>)
}

type Read = fn(&[u8]) -> Result<Box<dyn Whole>, Error>;

/// How the items of which no enum is are read, by their Rust names.
const BY_TYPE: &[(&str, Read)] = &[
    ("CredentialAcme", reader::<credentials::CredentialAcme>),
    ("CredentialIdentity", reader::<credentials::CredentialIdentity>),
    ("CredentialScep", reader::<credentials::CredentialScep>),
    (
        "CredentialUserNameAndPassword",
        reader::<credentials::CredentialUserNameAndPassword>,
    ),
    ("DeclarationItemsResponse", reader::<protocol::DeclarationItemsResponse>),
    ("Esso", reader::<other::Esso>),
    (
        "GetBootstrapTokenResponse",
        reader::<checkin::GetBootstrapTokenResponse>,
    ),
    ("GetTokenResponse", reader::<checkin::GetTokenResponse>),
    ("MachineInfo", reader::<other::MachineInfo>),
    ("ManifestUrl", reader::<other::ManifestUrl>),
    ("PairingTokenMissing", reader::<errors::PairingTokenMissing>),
    ("PasswordHash", reader::<other::PasswordHash>),
    ("PlatformSsoRequired", reader::<errors::PlatformSsoRequired>),
    ("ReturnToServiceResponse", reader::<checkin::ReturnToServiceResponse>),
    ("SoftwareUpdateRequired", reader::<errors::SoftwareUpdateRequired>),
    ("StatusItems", reader::<StatusItems>),
    ("StatusReason", reader::<status::StatusReason>),
    ("StatusReport", reader::<protocol::StatusReport>),
    ("TokensResponse", reader::<protocol::TokensResponse>),
    ("TopLevel", reader::<Profile>),
    ("UnrecognizedDevice", reader::<errors::UnrecognizedDevice>),
    ("WellKnownFailed", reader::<errors::WellKnownFailed>),
    ("UserAuthenticateResponse", reader::<checkin::UserAuthenticateResponse>),
];

/// One sample of every item, and one of every reply.
pub fn samples() -> Vec<Sample> {
    schema::items()
        .flat_map(|item| [sample(item), reply(item)])
        .flatten()
        .collect()
}

fn sample(item: &'static Item) -> Option<Sample> {
    let json = matches!(
        item.family,
        Family::Declaration | Family::Credential | Family::Status | Family::Protocol
    );
    // Setup panes are texts, a status item alone is its name.
    let table = item.keys?;
    let (around, read): (_, Read) = match item.family {
        // These have no type of their own: they are in those of payloads and declarations.
        _ if matches!(item.rust, "CommonPayloadKeys" | "DeclarationBase") => return None,
        Family::Command => (Around::Tag("RequestType", item.name), reader::<Command>),
        Family::Profile if item.rust != "TopLevel" => (Around::Payload(item.name), reader::<PayloadEntry>),
        Family::CheckIn => (Around::Nothing, reader::<Message>),
        Family::Declaration => (Around::Declaration(item.name), reader::<Declaration>),
        _ => (Around::Nothing, by_type(item.rust)),
    };
    Some(Sample {
        name: item.rust.to_owned(),
        table,
        around,
        read: Box::new(read),
        json,
    })
}

fn reply(item: &'static Item) -> Option<Sample> {
    let table = item.response?;
    let name = format!("{}Response", item.rust);
    let (around, read): (_, ReadWhole) = match item.family {
        Family::Command => {
            let read = |bytes: &[u8]| Answer::read(bytes, item.name).map(|answer| Box::new(answer) as Box<dyn Whole>);
            (Around::Response, Box::new(read))
        }
        _ => (Around::Nothing, Box::new(by_type(&name))),
    };
    Some(Sample {
        name,
        table,
        around,
        read,
        json: false,
    })
}

fn by_type(name: &str) -> Read {
    let found = BY_TYPE.iter().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("{name} is missing in BY_TYPE")).1
}

impl Sample {
    /// A document with these keys.
    pub fn document(&self, keys: Dictionary) -> Value {
        let texts = |entries: &[(&str, &str)]| -> Dictionary { entries.iter().copied().collect() };
        let mut document = match self.around {
            Around::Nothing => Dictionary::new(),
            Around::Tag(key, name) => texts(&[(key, name)]),
            Around::Payload(name) => {
                let mut common = texts(&[
                    ("PayloadType", name),
                    ("PayloadIdentifier", "com.example.payload"),
                    ("PayloadUUID", "24A9D6AC-9C34-45F3-B92F-88C4657204C9"),
                    ("PayloadDisplayName", "Example"),
                ]);
                common.insert("PayloadVersion", 1);
                common
            }
            Around::Declaration(name) => {
                let mut declaration = texts(&[
                    ("Type", name),
                    ("Identifier", "com.example.declaration"),
                    ("ServerToken", "1"),
                ]);
                declaration.insert("Payload", keys);
                return declaration.into();
            }
            Around::Response => texts(&[
                ("CommandUUID", "0001"),
                ("Status", "Acknowledged"),
                ("UDID", "00008020-000915083C80012E"),
            ]),
        };
        document.extend(keys);
        document.into()
    }

    /// Reads a document from its XML; in JSON families from JSON.
    pub fn read_value(&self, document: &Value) -> Result<Box<dyn Whole>, Error> {
        if self.json {
            (self.read)(document.to_json().unwrap().as_bytes())
        } else {
            (self.read)(document.to_xml().unwrap().as_bytes())
        }
    }

    /// Whether a key is not the item's own.
    pub fn is_around(&self, key: &str) -> bool {
        self.document(Dictionary::new()).get(key).is_some()
    }
}
