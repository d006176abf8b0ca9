//! Texts that are not valid for the type of their element.

use crate::value::Type;

/// The text of an element of an XML property list that is not valid for its type, such as `<integer>${PORT}</integer>`.
///
/// Many MDM servers keep documents with placeholders, which they replace before sending. Such a value is written to XML unchanged; other
/// formats have no representation for it.
///
/// ```
/// use apple_mdm::Document;
/// use apple_mdm::value::{Type, Value};
///
/// let value = Value::from_slice(b"<plist><integer>${PORT}</integer></plist>")?;
/// let Value::Unparsed(port) = &value else { panic!("a valid integer") };
/// assert_eq!((port.type_of(), port.as_str()), (Type::Integer, "${PORT}"));
/// assert!(value.to_xml()?.contains("<integer>${PORT}</integer>"));
/// assert!(value.to_json().is_err());
/// # Ok::<(), apple_mdm::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unparsed {
    type_of: Type,
    text: Box<str>,
}

impl Unparsed {
    /// `type_of` is the type of an element whose text can be invalid.
    pub(crate) fn new(type_of: Type, text: impl Into<Box<str>>) -> Self {
        debug_assert!(matches!(type_of, Type::Integer | Type::Real | Type::Date | Type::Data));
        Self {
            type_of,
            text: text.into(),
        }
    }

    /// Returns the type of the element: integer, real, date or data.
    #[must_use]
    pub const fn type_of(&self) -> Type {
        self.type_of
    }

    /// Returns the text of the element.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns a description of a valid text, for messages.
    pub(crate) const fn expected(&self) -> &'static str {
        match self.type_of {
            Type::Integer => "an integer of 64 bits",
            Type::Real => "a number",
            Type::Date => "a date such as 2024-05-06T07:08:09Z",
            _ => "base64 text",
        }
    }

    /// Returns a description of the value, for messages about formats that cannot represent it.
    pub(crate) const fn description(&self) -> &'static str {
        match self.type_of {
            Type::Integer => "text that is not a valid integer",
            Type::Real => "text that is not a valid real",
            Type::Date => "text that is not a valid date",
            _ => "text that is not valid base64",
        }
    }
}
