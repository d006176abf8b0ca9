//! What the reader of XML property lists accepts, but other readers may not.

use crate::error::Type;

/// Something irregular in an XML property list that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Irregularity {
    /// `<?xml` is not at the start of the document.
    LateXmlDeclaration,
    /// Something follows the end of the document.
    ContentAfterEnd,
    /// A character that XML does not allow.
    ForbiddenCharacter(char),
    /// The text has an encoding other than UTF-8 and UTF-16.
    LegacyEncoding,
    /// A `<plist>` element inside the root.
    NestedPlist,
    /// A `<key>` element where a value is expected.
    KeyAsValue,
    /// A quoted attribute contains `>`, which ends the tag for Apple's reader.
    AttributeWithTagEnd,
    /// The last group of a base64 text is incomplete.
    IncompleteBase64,
    /// The text of an element is not valid for its type.
    Unparsed(Type),
    /// `<data/>` or an `<integer>`, `<real>` or `<date>` without text.
    EmptyElement,
    /// A date that is not in UTC, to the second, without white space.
    NonstandardDate,
    /// White space after a number, or around a special one.
    SpaceInNumber,
    /// White space in `<true>` or `<false>`.
    SpaceInBoolean,
    /// A comment or processing instruction in the text of an element, or a CDATA section in an element that is not text.
    MarkupInText,
    /// An entity or character reference in an element that is not text.
    ReferenceInText,
    /// A reference to something that is not a Unicode character.
    InvalidCharacterReference,
    /// `<!DOCTYPE` is not written in capitals.
    DoctypeCase,
    /// The declared encoding is unknown or is not that of the text.
    WrongEncoding,
    /// Bytes that are not valid in the encoding of the text. They are read as U+FFFD.
    InvalidBytes,
    /// UTF-16 without a byte order mark.
    MissingByteOrderMark,
}

impl Irregularity {
    /// Returns whether Apple's reader rejects the document.
    pub(crate) const fn is_rejected(self) -> bool {
        match self {
            Self::LateXmlDeclaration
            | Self::ContentAfterEnd
            | Self::ForbiddenCharacter(_)
            | Self::LegacyEncoding
            | Self::NestedPlist
            | Self::KeyAsValue
            | Self::AttributeWithTagEnd
            | Self::IncompleteBase64 => false,
            Self::Unparsed(_)
            | Self::EmptyElement
            | Self::NonstandardDate
            | Self::SpaceInNumber
            | Self::SpaceInBoolean
            | Self::MarkupInText
            | Self::ReferenceInText
            | Self::InvalidCharacterReference
            | Self::DoctypeCase
            | Self::WrongEncoding
            | Self::InvalidBytes
            | Self::MissingByteOrderMark => true,
        }
    }

    /// Returns a sentence about it, and how to correct it.
    pub(crate) fn describe(self) -> (String, &'static str) {
        let message = match self {
            Self::LateXmlDeclaration => {
                "the XML declaration is not at the start; Apple's reader allows that, but most others do not"
            }
            Self::ContentAfterEnd => {
                "content after the end of the document; Apple's reader ignores it, but most others reject the document"
            }
            Self::ForbiddenCharacter(c) => {
                let message = format!(
                    "the character {}, which XML does not allow; Apple's reader allows it, but most others do not",
                    crate::error::code_point(c)
                );
                return (message, "remove the character");
            }
            Self::LegacyEncoding => {
                "the text is neither UTF-8 nor UTF-16; Apple's reader follows the XML declaration, but others may not"
            }
            Self::NestedPlist => "`<plist>` inside the document; Apple's reader allows that, but others may not",
            Self::KeyAsValue => {
                "a `<key>` where a value is expected; Apple's reader takes it as a string, but others do not"
            }
            Self::AttributeWithTagEnd => "an attribute contains `>`, which ends the tag for Apple's reader",
            Self::IncompleteBase64 => "the base64 text ends within a group of four characters, which devices leave out",
            Self::Unparsed(kind) => {
                let (element, valid) = match kind {
                    Type::Integer => ("integer", "an integer of 64 bits"),
                    Type::Real => ("real", "a number"),
                    Type::Date => ("date", "a date such as 2026-11-22T12:00:00Z"),
                    _ => ("data", "base64"),
                };
                let help = match kind {
                    Type::Data => {
                        "Apple's reader skips what is not base64 and so reads other bytes, or rejects the document"
                    }
                    _ => "Apple's reader rejects the whole document",
                };
                return (format!("the text of the `<{element}>` is not {valid}"), help);
            }
            Self::EmptyElement => "the element is empty; Apple's reader rejects the whole document",
            Self::NonstandardDate => "devices cannot read a date of this form",
            Self::SpaceInNumber => "white space next to the number; Apple's reader rejects the whole document",
            Self::SpaceInBoolean => "white space in the element; Apple's reader rejects the whole document",
            Self::MarkupInText => {
                "a comment, processing instruction or CDATA section in the text; Apple's reader rejects the whole document"
            }
            Self::ReferenceInText => {
                "an entity or character reference in an element that is not text, where Apple's reader does not resolve it"
            }
            Self::InvalidCharacterReference => "a reference to no character; Apple's reader rejects the whole document",
            Self::DoctypeCase => {
                "the document type is not written in capitals; Apple's reader rejects the whole document"
            }
            Self::WrongEncoding => {
                "the declared encoding is not that of the text; Apple's reader rejects the whole document"
            }
            Self::InvalidBytes => {
                "bytes that are not text in the encoding of the document; Apple's reader rejects the whole document"
            }
            Self::MissingByteOrderMark => "UTF-16 without a byte order mark; Apple's reader rejects the document",
        };
        let help = match self {
            Self::LateXmlDeclaration => "remove what comes before `<?xml`",
            Self::ContentAfterEnd => "remove it",
            Self::LegacyEncoding | Self::WrongEncoding | Self::InvalidBytes | Self::MissingByteOrderMark => {
                "save the document as UTF-8, and declare `encoding=\"UTF-8\"`"
            }
            Self::NestedPlist => "remove the inner tags",
            Self::KeyAsValue => "write `<string>`, or add the missing value",
            Self::AttributeWithTagEnd => "remove the attribute",
            Self::IncompleteBase64 => "end it with `=` or `==`, or find what is missing",
            Self::NonstandardDate => "write it in UTC, to the second, without white space: `2026-11-22T12:00:00Z`",
            Self::SpaceInNumber => "remove the white space",
            Self::SpaceInBoolean => "write `<true/>` or `<false/>`",
            Self::MarkupInText => "move it out of the element, or remove it",
            Self::ReferenceInText | Self::InvalidCharacterReference => "write the character itself",
            Self::DoctypeCase => "write `<!DOCTYPE`",
            Self::EmptyElement => "write the value, or `<data></data>` for empty data",
            Self::ForbiddenCharacter(_) => "remove it",
            Self::Unparsed(_) => "write a valid value",
        };
        (message.to_owned(), help)
    }
}

/// The irregularities of a document so far, with their offsets.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    list: Vec<(usize, Irregularity)>,
    /// The number of all notes, including those taken and those left out.
    count: usize,
}

impl Notes {
    /// The maximum number of notes about a document. Readers that do not want them keep them until they are done.
    const MAX: usize = 1000;

    pub(crate) fn add(&mut self, offset: usize, irregularity: Irregularity) {
        if self.count < Self::MAX {
            self.count += 1;
            self.list.push((offset, irregularity));
        }
    }

    pub(crate) fn contains(&self, irregularity: Irregularity) -> bool {
        self.list.iter().any(|(_, known)| *known == irregularity)
    }

    pub(crate) fn take(&mut self) -> Vec<(usize, Irregularity)> {
        std::mem::take(&mut self.list)
    }
}
