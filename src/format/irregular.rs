//! What the readers accept, but other readers may not.

use crate::error::{DocumentFormat, Type};

/// Something irregular in a document that was read.
// Some variants are only found by checks that lint asks for.
#[cfg_attr(not(feature = "lint"), allow(dead_code))]
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
    /// The attributes of a tag are not well-formed, or contain `>`, which ends the tag for Apple's reader.
    MalformedAttributes,
    /// The document type has no name, or is repeated.
    MalformedDoctype,
    /// A comment contains `--`.
    HyphensInComment,
    /// Text contains `]]>`.
    CdataEndInText,
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
    /// Half of a surrogate pair in a string of JSON or a binary property list. It is read as U+FFFD.
    UnpairedSurrogate(DocumentFormat),
    /// A null object in a binary property list.
    Null,
    /// A byte string of a binary property list that is not ASCII. It is read as UTF-8 or else as ISO-8859-1.
    BytesBeyondAscii,
    /// A set in a binary property list. It is read as an array.
    Set,
    /// An integer of a binary property list with more than 64 bits. The lower 64 bits are read.
    LongInteger,
    /// A UID of a binary property list with more than 32 bits.
    LongUid,
    /// A date of a binary property list that is no date of the years 0 to 9999.
    DateOutOfRange,
    /// The references of a binary property list have too few bytes for the number of its objects.
    NarrowReferences,
    /// The offsets of a binary property list have too few bytes for the offset of their table.
    NarrowOffsets,
    /// A binary property list has bytes between the offset table and the trailer.
    BytesBeforeTrailer,
    /// An object of a binary property list is not before the offset table.
    OffsetBeyondObjects,
}

#[cfg(feature = "lint")]
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
            | Self::MalformedAttributes
            | Self::MalformedDoctype
            | Self::HyphensInComment
            | Self::CdataEndInText
            | Self::IncompleteBase64
            | Self::UnpairedSurrogate(DocumentFormat::Binary)
            | Self::Null
            | Self::BytesBeyondAscii
            | Self::Set
            | Self::LongInteger
            | Self::DateOutOfRange => false,
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
            | Self::MissingByteOrderMark
            | Self::UnpairedSurrogate(_)
            | Self::LongUid
            | Self::NarrowReferences
            | Self::NarrowOffsets
            | Self::BytesBeforeTrailer
            | Self::OffsetBeyondObjects => true,
        }
    }

    /// Returns what is irregular and how to correct it.
    pub(crate) fn describe(self) -> (String, &'static str) {
        let (message, help) = match self {
            Self::ForbiddenCharacter(c) => {
                let character = format!("the character U+{:04X}, which XML does not allow", u32::from(c));
                return (format!("{character}{TOLERATED}"), "remove the character");
            }
            Self::Unparsed(kind) => {
                let (element, valid, help) = match kind {
                    Type::Integer => ("integer", "an integer of 64 bits", "write an integer"),
                    Type::Real => ("real", "a number", "write a number, with a point instead of a comma"),
                    Type::Date => ("date", "a date", "write it like `2026-11-22T12:00:00Z`"),
                    _ => (
                        "data",
                        "base64",
                        "encode the bytes as base64; Apple's reader skips other characters",
                    ),
                };
                return (format!("the text of `<{element}>` is not {valid}"), help);
            }
            Self::LateXmlDeclaration => (
                "the XML declaration is not at the start",
                "remove what comes before `<?xml`",
            ),
            Self::ContentAfterEnd => ("content after the end of the document", "remove it"),
            Self::LegacyEncoding => ("the text is neither UTF-8 nor UTF-16", SAVE_AS_UTF_8),
            Self::NestedPlist => ("a `<plist>` inside the document", "remove the inner tags"),
            Self::KeyAsValue => (
                "a `<key>` where a value is expected, which Apple's reader takes as a string",
                "write `<string>`, or add the missing value",
            ),
            Self::MalformedAttributes => (
                "attributes that are not well-formed, or that contain `>`, which ends the tag for Apple's reader",
                "remove the attributes",
            ),
            Self::MalformedDoctype => (
                "the document type has no name or is repeated",
                "write `<!DOCTYPE plist …>` once, or leave it out",
            ),
            Self::HyphensInComment => ("the comment contains `--`", "separate the hyphens"),
            Self::CdataEndInText => ("the text contains `]]>`", "write `]]&gt;`"),
            Self::IncompleteBase64 => (
                "the base64 text ends within a group of four characters, which devices leave out",
                "end it with `=` or `==`, or find what is missing",
            ),
            Self::EmptyElement => (
                "the element is empty",
                "write the value, or `<data></data>` for empty data",
            ),
            Self::NonstandardDate => (
                "devices cannot read a date of this form",
                "write it in UTC, to the second, without white space: `2026-11-22T12:00:00Z`",
            ),
            Self::SpaceInNumber => ("white space next to the number", "remove the white space"),
            Self::SpaceInBoolean => ("white space in the element", "write `<true/>` or `<false/>`"),
            Self::MarkupInText => (
                "a comment, processing instruction or CDATA section in the text",
                "move it out of the element, or remove it",
            ),
            Self::ReferenceInText => (
                "a reference in an element that is not text, where Apple's reader does not resolve it",
                "write the character itself",
            ),
            Self::InvalidCharacterReference => ("a reference to no character", "write the character itself"),
            Self::DoctypeCase => ("the document type is not written in capitals", "write `<!DOCTYPE`"),
            Self::WrongEncoding => ("the declared encoding is not that of the text", SAVE_AS_UTF_8),
            Self::InvalidBytes => ("bytes that are not text in the encoding of the document", SAVE_AS_UTF_8),
            Self::MissingByteOrderMark => ("UTF-16 without a byte order mark", SAVE_AS_UTF_8),
            Self::UnpairedSurrogate(_) => (
                "the string contains half of a surrogate pair",
                "remove it, or complete the pair",
            ),
            Self::Null => (
                "a null object, which no key of the schema allows",
                "leave out the key, or write a value",
            ),
            Self::BytesBeyondAscii => (
                "a byte string with characters beyond ASCII, each byte of which Apple's reader takes as a character of ISO-8859-1",
                "write the string as UTF-16",
            ),
            Self::Set => ("a set", "write an array"),
            Self::LongInteger => (
                "an integer of more than 64 bits, of which Apple's reader takes the lower 64",
                "write an integer of 64 bits",
            ),
            Self::LongUid => ("a UID of more than 32 bits", "write a smaller number"),
            Self::DateOutOfRange => ("a date that is not in the years 0 to 9999", "write a date of this era"),
            Self::NarrowReferences => (
                "the references have too few bytes for the number of objects",
                "write the document with another program",
            ),
            Self::NarrowOffsets => (
                "the offsets have too few bytes for the size of the document",
                "write the document with another program",
            ),
            Self::BytesBeforeTrailer => (
                "unused bytes before the trailer",
                "write the document with another program",
            ),
            Self::OffsetBeyondObjects => (
                "the offset of an object is not that of an object",
                "write the document with another program",
            ),
        };
        let consequence = match self {
            Self::KeyAsValue
            | Self::MalformedAttributes
            | Self::IncompleteBase64
            | Self::BytesBeyondAscii
            | Self::LongInteger => "",
            Self::NonstandardDate | Self::ReferenceInText => "",
            _ if self.is_rejected() => "; Apple's reader rejects the whole document",
            _ => TOLERATED,
        };
        (format!("{message}{consequence}"), help)
    }
}

#[cfg(feature = "lint")]
const TOLERATED: &str = "; Apple's reader allows that, but most others do not";

#[cfg(feature = "lint")]
const SAVE_AS_UTF_8: &str = "save the document as UTF-8; an XML declaration must name that encoding";

/// The irregularities of a document so far, with their offsets in a text.
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

    pub(crate) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Keeps only the notes of this irregularity.
    pub(crate) fn only(mut self, irregularity: Irregularity) -> Self {
        self.list.retain(|(_, known)| *known == irregularity);
        self.count = self.list.len();
        self
    }

    pub(crate) fn contains(&self, irregularity: Irregularity) -> bool {
        self.list.iter().any(|(_, known)| *known == irregularity)
    }

    #[cfg(feature = "lint")]
    pub(crate) fn take(&mut self) -> Vec<(usize, Irregularity)> {
        std::mem::take(&mut self.list)
    }
}
