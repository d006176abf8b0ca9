//! What a device answers.

use std::fmt;

use crate::codec::Extra;
use crate::codec::Reader;
use crate::codec::{HasTable, Read, Record};
use crate::error::Error;
use crate::schema::{Dict, Family};
use crate::value::{Dictionary, Value};

use super::CommandItem;

/// What a device answers to a command, or sends when it asks for one.
///
/// Nothing in it says which command it answers: the server knows that from `command_uuid`, and asks for the command's own
/// part with [`body`](Self::body).
#[derive(Clone, PartialEq)]
pub struct Response {
    /// `CommandUUID`: of the request that this answers; absent when idle.
    pub command_uuid: Option<String>,
    /// `Status`: how it went.
    pub status: Status,
    /// `ErrorChain`: what went wrong, from the outermost to the innermost cause.
    pub error_chain: Option<Vec<ErrorChainItem>>,
    /// `UDID`: of the device; absent with user enrollment.
    pub udid: Option<String>,
    /// `EnrollmentID`: of the device, with user enrollment.
    pub enrollment_id: Option<String>,
    /// `UserID`: of the user, on the user channel of a Mac.
    pub user_id: Option<String>,
    /// `EnrollmentUserID`: of the user, on the user channel with user enrollment.
    pub enrollment_user_id: Option<String>,
    /// `UserShortName`: of the user, on the user channel: the Managed Apple Account on a Shared iPad.
    pub user_short_name: Option<String>,
    /// `UserLongName`: of the user, on the user channel.
    pub user_long_name: Option<String>,
    /// `NotOnConsole`: whether the user of the user channel is not at the console.
    pub not_on_console: Option<bool>,
    /// `RequestType`: some devices repeat that of the command.
    pub request_type: Option<String>,
    /// All other keys: the command's own part, read by [`body`](Self::body).
    pub extra: Extra,
}

/// How a command went.
#[derive(Clone, Debug, PartialEq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// Done.
    Acknowledged,
    /// It failed; the error chain says why.
    Error,
    /// The command is malformed.
    CommandFormatError,
    /// The device has nothing to report and asks for a command.
    Idle,
    /// The device cannot carry out the command now and will ask again.
    NotNow,
    /// A status that is not known.
    Unrecognized(String),
}

impl Status {
    /// The value as it stands in documents.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Acknowledged => "Acknowledged",
            Self::Error => "Error",
            Self::CommandFormatError => "CommandFormatError",
            Self::Idle => "Idle",
            Self::NotNow => "NotNow",
            Self::Unrecognized(status) => status,
        }
    }
}

impl From<&str> for Status {
    fn from(status: &str) -> Self {
        match status {
            "Acknowledged" => Self::Acknowledged,
            "Error" => Self::Error,
            "CommandFormatError" => Self::CommandFormatError,
            "Idle" => Self::Idle,
            "NotNow" => Self::NotNow,
            _ => Self::Unrecognized(status.to_owned()),
        }
    }
}

crate::generated_enum!(Status);

/// One link of an error chain.
#[derive(Clone, PartialEq, Default)]
pub struct ErrorChainItem {
    /// `ErrorCode`
    pub error_code: Option<i64>,
    /// `ErrorDomain`: what the code belongs to.
    pub error_domain: Option<String>,
    /// `LocalizedDescription`: in the device's language.
    pub localized_description: Option<String>,
    /// `USEnglishDescription`
    pub us_english_description: Option<String>,
    /// The keys that are not known, as they were read.
    pub extra: Extra,
}

crate::items::envelope::envelope! {
    ErrorChainItem, plist, lenient: true;
    "ErrorCode" => error_code: optional Integer,
    "ErrorDomain" => error_domain: optional String,
    "LocalizedDescription" => localized_description: optional String,
    "USEnglishDescription" => us_english_description: optional String,
}

impl fmt::Display for ErrorChainItem {
    /// `MDMErrorDomain 12021: Unknown command`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self
            .us_english_description
            .as_ref()
            .or(self.localized_description.as_ref());
        write!(
            f,
            "{} {}: {}",
            self.error_domain.as_deref().unwrap_or("unknown domain"),
            self.error_code.map_or_else(|| "?".to_owned(), |code| code.to_string()),
            text.map_or("no description", String::as_str)
        )
    }
}

crate::items::envelope::envelope! {
    Response, plist, lenient: true, needed: Some("Status");
    "CommandUUID" => command_uuid: optional String,
    "EnrollmentID" => enrollment_id: optional String,
    "EnrollmentUserID" => enrollment_user_id: optional String,
    "ErrorChain" => error_chain: optional Any,
    "NotOnConsole" => not_on_console: optional Boolean,
    "RequestType" => request_type: optional String,
    "Status" => status: required String,
    "UDID" => udid: optional String,
    "UserID" => user_id: optional String,
    "UserLongName" => user_long_name: optional String,
    "UserShortName" => user_short_name: optional String,
}

impl Response {
    /// An answer without a body.
    #[must_use]
    pub fn new(status: Status) -> Self {
        Self {
            status,
            ..Self::blank()
        }
    }

    /// The links of the error chain, none where there is no chain.
    #[must_use]
    pub fn errors(&self) -> &[ErrorChainItem] {
        self.error_chain.as_deref().unwrap_or_default()
    }

    /// What the device answers to the command `C`, typed.
    ///
    /// Keys that the schema does not know for that command are in the `extra` of the result, as are values of another
    /// type than the schema states.
    ///
    /// # Errors
    ///
    /// Hardly any: what a device writes is read key by key. Where something is nested too deep, for one.
    pub fn body<C: CommandItem>(&self) -> Result<C::Response, Error> {
        let keys = self.keys_of(C::ITEM.response)?;
        C::Response::read(&mut Reader::from_json_value(&Value::Dictionary(keys)))
    }

    /// The same for a command that is known by its request type only; `None` where the schema has no such command.
    ///
    /// # Errors
    ///
    /// As for [`body`](Self::body).
    pub fn body_of(&self, request_type: &str) -> Result<Option<Box<dyn Record>>, Error> {
        let Some(item) = crate::items::registry::item(Family::Command, request_type) else {
            return Ok(None);
        };
        let keys = self.keys_of(item.response)?;
        super::read_answer(item.name, &mut Reader::from_json_value(&Value::Dictionary(keys)))
    }

    /// The body's keys: all that the envelope does not have, and those that both have.
    fn keys_of(&self, own: Option<&'static Dict>) -> Result<Dictionary, Error> {
        let mut keys: Dictionary = self.extra.iter().map(|(key, value)| (key, value.clone())).collect();
        let envelope = <Self as HasTable>::TABLE;
        for (index, key) in envelope.keys.iter().enumerate() {
            if own.is_some_and(|own| own.index(key.name).is_some()) && !self.get(index).is_absent() {
                keys.insert(key.name, crate::codec::writer::to_value(self.get(index))?);
            }
        }
        Ok(keys)
    }

    /// The same answer with this body: what a simulated device sends.
    ///
    /// # Errors
    ///
    /// Where the body is nested too deep.
    pub fn with_body<R: Record>(mut self, body: &R) -> Result<Self, Error> {
        let mut result = Ok(());
        let body: &dyn Record = body;
        body.each(&mut |key, view| match crate::codec::writer::to_value(*view) {
            Ok(value) => {
                self.extra.insert(key, value);
            }
            Err(error) => result = Err(error),
        });
        result.map(|()| self)
    }
}
