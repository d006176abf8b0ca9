//! Responses of devices.

use std::fmt;

use crate::codec::Extra;
use crate::codec::Reader;
use crate::codec::{HasTable, Read, Record, View};
use crate::error::Error;
use crate::format::{Input, Limits};
use crate::items::enrollment::{Enrollment, EnrollmentError};
use crate::schema::{Dict, Family};
use crate::value::{Dictionary, Value};

use super::CommandItem;

/// A device's response to a command, or its request for one.
///
/// A response does not name its command, except on some devices. The server knows the command by `command_uuid`, and reads the
/// command's own keys with [`body`](Self::body).
#[derive(Clone, PartialEq)]
pub struct Response {
    /// `CommandUUID`: the identifier of the request. Absent if the device is idle.
    pub command_uuid: Option<String>,
    /// `Status`: the result of the command.
    pub status: Status,
    /// `ErrorChain`: the errors, from the outermost to the innermost cause.
    pub error_chain: Option<Vec<ErrorChainItem>>,
    /// `UDID`: the device. Absent with user enrollment.
    pub udid: Option<String>,
    /// `EnrollmentID`: the device, with user enrollment.
    pub enrollment_id: Option<String>,
    /// `UserID`: the user, on the user channel of a Mac.
    pub user_id: Option<String>,
    /// `EnrollmentUserID`: the user, on the user channel with user enrollment.
    pub enrollment_user_id: Option<String>,
    /// `UserShortName`: the user's short name, on the user channel. On Shared iPad, the Managed Apple Account.
    pub user_short_name: Option<String>,
    /// `UserLongName`: the user's full name, on the user channel.
    pub user_long_name: Option<String>,
    /// `NotOnConsole`: whether the user of the user channel is not at the console.
    pub not_on_console: Option<bool>,
    /// `RequestType`: the request type of the command. Only some devices send it; see [`named_body`](Self::named_body).
    pub request_type: Option<String>,
    /// All other keys: the command's own keys, which [`body`](Self::body) reads.
    pub extra: Extra,
}

/// The result of a command.
#[derive(Clone, Debug, PartialEq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// The device carried out the command.
    Acknowledged,
    /// The command failed. The error chain contains the reasons.
    Error,
    /// The command is malformed.
    CommandFormatError,
    /// The device has no result to report and asks for a command.
    Idle,
    /// The device cannot carry out the command now. It will ask for it again.
    NotNow,
    /// An unknown status.
    Unrecognized(String),
}

impl Status {
    /// Returns the value in documents.
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

/// An entry of an error chain.
#[derive(Clone, PartialEq, Default)]
pub struct ErrorChainItem {
    /// `ErrorCode`
    pub error_code: Option<i64>,
    /// `ErrorDomain`: the domain of the code.
    pub error_domain: Option<String>,
    /// `LocalizedDescription`: the description in the device's language.
    pub localized_description: Option<String>,
    /// `USEnglishDescription`
    pub us_english_description: Option<String>,
    /// Unknown keys, as they were read.
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
    /// Writes `MDMErrorDomain 12021: Unknown command`.
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
    /// Creates a response without a body.
    #[must_use]
    pub fn new(status: Status) -> Self {
        Self {
            status,
            ..Self::blank()
        }
    }

    /// Returns the entries of the error chain.
    #[must_use]
    pub fn errors(&self) -> &[ErrorChainItem] {
        self.error_chain.as_deref().unwrap_or_default()
    }

    /// Identifies the sender: the device, or the user on the user channel.
    ///
    /// # Errors
    ///
    /// Returns an error if the response names no device, names a user without the identifier that is needed, or if an identifier is not
    /// a string or is longer than [`MAX_IDENTIFIER_LEN`](crate::enrollment::MAX_IDENTIFIER_LEN).
    ///
    /// ```
    /// use apple_mdm::commands::{Response, Status};
    ///
    /// let response = Response {
    ///     udid: Some("00008020-000915083C80012E".to_owned()),
    ///     user_id: Some("D41C5A0E-0C93-4E0F-9C5B-6A4E4B1D7A22".to_owned()),
    ///     ..Response::new(Status::Idle)
    /// };
    /// assert_eq!(response.enrollment()?.key(), "00008020-000915083C80012E:D41C5A0E-0C93-4E0F-9C5B-6A4E4B1D7A22");
    /// # Ok::<(), apple_mdm::enrollment::EnrollmentError>(())
    /// ```
    pub fn enrollment(&self) -> Result<Enrollment, EnrollmentError> {
        Enrollment::of(View::Record(self))
    }

    /// Reads a response to the command `C` in one pass: the envelope, and the body if the status is `Acknowledged`. This is almost
    /// twice as fast as [`from_slice`](crate::Document::from_slice) followed by [`body`](Self::body).
    ///
    /// The keys of a body are only in the body: those that the schema does not define for the command are in the body's `extra`, and
    /// the envelope's `extra` has only keys of the envelope whose value has the wrong type. [`with_body`](Self::with_body) joins the two
    /// again. With any other status there is no body, and the envelope is the same as that of `from_slice`.
    ///
    /// The caller must know the command. A body that belongs to another command is not an error, because its keys are read as unknown
    /// ones. If a device can have several commands at once, find out which one a response belongs to with
    /// [`Reader::find`](crate::reader::Reader::find), which stops at the key:
    ///
    /// ```
    /// use apple_mdm::commands::{DeviceInformation, Response};
    /// use apple_mdm::input::{Input, Limits};
    ///
    /// let received = b"<plist version='1.0'><dict>
    ///     <key>CommandUUID</key><string>0001</string>
    ///     <key>QueryResponses</key><dict><key>DeviceName</key><string>Anna's Mac</string></dict>
    ///     <key>Status</key><string>Acknowledged</string>
    /// </dict></plist>";
    /// let uuid = Input::new(received, &Limits::default())?.reader().find("CommandUUID")?.map(String::from);
    /// assert_eq!(uuid.as_deref(), Some("0001"));
    ///
    /// let (response, body) = Response::from_slice_as::<DeviceInformation>(received)?;
    /// assert_eq!(response.command_uuid, uuid);
    /// let information = body.and_then(|body| body.query_responses);
    /// assert_eq!(information.unwrap().device_name.as_deref(), Some("Anna's Mac"));
    /// # Ok::<(), apple_mdm::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the document exceeds a limit or is malformed, or if it has no status. Other deviations from the schema are
    /// not errors.
    pub fn from_slice_as<C: CommandItem>(bytes: &[u8]) -> Result<(Self, Option<C::Response>), Error> {
        Self::from_slice_as_with::<C>(bytes, &Limits::default())
    }

    /// Does the same as [`from_slice_as`](Self::from_slice_as) with other limits.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`from_slice_as`](Self::from_slice_as).
    pub fn from_slice_as_with<C: CommandItem>(
        bytes: &[u8],
        limits: &Limits,
    ) -> Result<(Self, Option<C::Response>), Error> {
        let input = Input::new(bytes, limits)?;
        let mut body = C::Response::blank();
        let mut response = Self::read_beside(&input, &mut body)?;
        if response.status != Status::Acknowledged {
            // The keys that were read into the body belong to `extra`. Such a response is small: it is simpler to read it again.
            response = Self::read(&mut input.reader())?;
            return Ok((response, None));
        }
        Ok((response, Some(body)))
    }

    /// Reads the envelope, and all other keys into `body`.
    fn read_beside(input: &Input<'_>, body: &mut dyn Record) -> Result<Self, Error> {
        let mut response = Self::blank();
        // Like `body`, which does not know the format of the document.
        let mut reader = input.reader().with_text_for_data_and_dates();
        reader.record_beside(body, &mut response)?;
        reader.finish()?;
        let shared = response.keys_shared_with(body.table())?;
        if !shared.is_empty() {
            Reader::from_value(&Value::Dictionary(shared)).record(body)?;
        }
        Ok(response)
    }

    /// Reads the keys of the command `C`.
    ///
    /// If you know the command before you read the response, [`from_slice_as`](Self::from_slice_as) does both faster.
    ///
    /// Keys that the schema does not define for that command, and values of the wrong type, are in the `extra` of the result.
    ///
    /// # Errors
    ///
    /// Returns an error if a value is nested too deep. Other deviations from the schema are not errors.
    pub fn body<C: CommandItem>(&self) -> Result<C::Response, Error> {
        let keys = self.keys_of(C::ITEM.response)?;
        C::Response::read(&mut Reader::from_json_value(&Value::Dictionary(keys)))
    }

    /// Does the same as [`body`](Self::body) for a command that is known only by its request type. Returns `None` if the schema has no
    /// such command.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`body`](Self::body).
    pub fn body_of(&self, request_type: &str) -> Result<Option<Box<dyn Record>>, Error> {
        let Some(item) = crate::items::registry::item(Family::Command, request_type) else {
            return Ok(None);
        };
        let keys = self.keys_of(item.response)?;
        super::read_response(item.name, &mut Reader::from_json_value(&Value::Dictionary(keys)))
    }

    /// Does the same as [`body_of`](Self::body_of) for the command that the response names. Returns `None` if it does not name one.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`body`](Self::body).
    pub fn named_body(&self) -> Result<Option<Box<dyn Record>>, Error> {
        match &self.request_type {
            Some(request_type) => self.body_of(request_type),
            None => Ok(None),
        }
    }

    /// Returns the keys of the body: all keys that the envelope does not define, and those that both define.
    fn keys_of(&self, own: Option<&'static Dict>) -> Result<Dictionary, Error> {
        let mut keys: Dictionary = self.extra.iter().map(|(key, value)| (key, value.clone())).collect();
        if let Some(own) = own {
            keys.extend(self.keys_shared_with(own)?);
        }
        Ok(keys)
    }

    /// Returns the keys of the envelope that are also keys of the body with this table. Apple's schema has none.
    fn keys_shared_with(&self, own: &Dict) -> Result<Dictionary, Error> {
        let mut keys = Dictionary::new();
        for (index, key) in <Self as HasTable>::TABLE.keys.iter().enumerate() {
            let view = self.get(index);
            if !view.is_absent() && own.index(key.name).is_some() {
                keys.insert(key.name, crate::codec::writer::to_value(view)?);
            }
        }
        Ok(keys)
    }

    /// Returns the response with this body. For simulated devices.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is nested too deep.
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
