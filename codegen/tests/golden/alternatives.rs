#[allow(unused_imports)]
use crate::generated::*;
pub(crate) fn read_response(
    request_type: &str,
    r: &mut Reader<'_>,
) -> Result<Option<Box<dyn Record>>, Error> {
    let mut response: Box<dyn Record> = match request_type {
        "Paint" => Box::new(PaintResponse::blank()),
        _ => return Ok(None),
    };
    r.record(&mut *response)?;
    Ok(Some(response))
}
/// A command. `RequestType` determines the variant.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Command {
    /// `Paint`: Paint
    Paint(Box<Paint>),
    /// An item that the schema does not define, kept unchanged.
    Unknown(Box<UnknownItem>),
    /// A known item whose keys do not match the schema, kept unchanged with the reason.
    Invalid(Box<InvalidItem>),
}
impl From<Paint> for Command {
    #[inline]
    fn from(item: Paint) -> Self {
        Self::Paint(Box::new(item))
    }
}
impl Selected<Paint> for Command {
    #[inline]
    fn selected(&self) -> Option<&Paint> {
        if let Self::Paint(item) = self { Some(item) } else { None }
    }
}
impl crate::item::Over for Command {
    #[allow(unused_variables, reason = "few families have items with the same name")]
    fn choose(name: &str, r: &mut Reader<'_>) -> Result<Option<Self>, Error> {
        const NAMES: &[&str] = &["Paint"];
        let by_length = |known: &&str| (known.len(), *known).cmp(&(name.len(), name));
        Ok(
            match NAMES.binary_search_by(by_length) {
                Ok(0) => Some(Self::Paint(Box::new(Read::blank()))),
                _ => None,
            },
        )
    }
    fn known_mut(&mut self) -> Option<&mut dyn Record> {
        match self {
            Self::Paint(item) => Some(&mut **item),
            Self::Unknown(_) | Self::Invalid(_) => None,
        }
    }
    fn known(&self) -> Option<(&dyn Record, &'static crate::schema::Item)> {
        match self {
            Self::Paint(item) => Some((&**item, Paint::ITEM)),
            Self::Unknown(_) | Self::Invalid(_) => None,
        }
    }
    fn unknown(&self) -> Option<&UnknownItem> {
        if let Self::Unknown(item) = self { Some(item) } else { None }
    }
    fn invalid(&self) -> Option<&InvalidItem> {
        if let Self::Invalid(item) = self { Some(item) } else { None }
    }
    fn from_unknown(item: UnknownItem) -> Self {
        Self::Unknown(Box::new(item))
    }
    fn from_invalid(item: InvalidItem) -> Self {
        Self::Invalid(Box::new(item))
    }
}
/// Paint
///
/// Request type `Paint` · response [`PaintResponse`] · Apple's schema: [`paint.yaml`](https://github.com/apple/device-management/blob/release/mdm/commands/paint.yaml)
///
/// # Availability
///
/// | OS | Since |
/// | --- | --- |
/// | iOS | 5.0 |
#[derive(Clone)]
pub struct Paint {
    /// What to do, in this order.
    ///
    /// `Strokes` · array of dictionaries
    #[doc(alias = "Strokes")]
    pub strokes: Vec<paint::Strokes>,
    /// Keys that the schema does not define, kept as they were read.
    pub extra: Extra,
}
impl Paint {
    /// Creates a `Paint` with the required keys. All other keys are absent.
    #[must_use]
    #[inline]
    pub fn new(strokes: Vec<paint::Strokes>) -> Self {
        Self {
            strokes,
            extra: Extra::new(),
        }
    }
}
impl Record for Paint {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (&tables::PAINT, &self.extra)
    }
    fn get(&self, index: usize) -> View<'_> {
        match index {
            0 => Write::view(&self.strokes),
            _ => View::Absent,
        }
    }
    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        match index {
            0 => Read::fill(&mut self.strokes, r),
            _ => r.keep(&mut self.extra),
        }
    }
    fn empty() -> Self {
        Self {
            strokes: Read::blank(),
            extra: Extra::new(),
        }
    }
}
crate::generated_record!(Paint, plist);
/// The response of a device to [`Paint`].
///
/// It has no keys besides those that every response has.
///
/// Apple's schema: [`paint.yaml`](https://github.com/apple/device-management/blob/release/mdm/commands/paint.yaml)
///
/// # Availability
///
/// | OS | Since |
/// | --- | --- |
/// | iOS | 5.0 |
#[derive(Clone)]
pub struct PaintResponse {
    /// Keys that the schema does not define, kept as they were read.
    pub extra: Extra,
}
impl Default for PaintResponse {
    #[inline]
    fn default() -> Self {
        Self::empty()
    }
}
impl Record for PaintResponse {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (&tables::PAINT_RESPONSE, &self.extra)
    }
    fn get(&self, _: usize) -> View<'_> {
        View::Absent
    }
    fn set(&mut self, _: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        r.keep(&mut self.extra)
    }
    fn empty() -> Self {
        Self { extra: Extra::new() }
    }
}
crate::generated_record!(PaintResponse, plist);
impl Paint {
    /// The availability of the item. Individual keys may differ; see [`Described::ITEM`].
    pub const AVAILABILITY: Availability = Availability::of(tables::PAINT__ITEM.support);
}
impl Described for Paint {
    const ITEM: &'static crate::schema::Item = &tables::PAINT__ITEM;
}
impl crate::commands::CommandItem for Paint {
    const REQUEST_TYPE: &'static str = "Paint";
    type Response = PaintResponse;
}
/// Types used in [`Paint`].
pub mod paint {
    #[allow(unused_imports)]
    use crate::generated::*;
    /// What to do, in this order.
    ///
    /// Key `Strokes` of [`commands::Paint`](super::Paint)
    ///
    /// The value of `Item` determines the alternative.
    #[derive(Clone, PartialEq)]
    #[non_exhaustive]
    #[allow(clippy::large_enum_variant)]
    pub enum Strokes {
        /// `Line`: A straight line.
        Line(Line),
        /// `FillArea`: One colour everywhere.
        Fill(Fill),
        /// An alternative that the schema does not define.
        Unrecognized(Dictionary),
    }
    impl crate::codec::Read for Strokes {
        fn blank() -> Self {
            Self::Unrecognized(Dictionary::default())
        }
        fn fill(&mut self, r: &mut Reader<'_>) -> Result<(), Error> {
            let tag = r.find("Item")?;
            *self = match tag.as_deref() {
                Some("Line") => Self::Line(Line::read(r)?),
                Some("FillArea") => Self::Fill(Fill::read(r)?),
                _ => Self::Unrecognized(Dictionary::read(r)?),
            };
            Ok(())
        }
    }
    impl crate::codec::Write for Strokes {
        fn view(&self) -> View<'_> {
            match self {
                Self::Line(value) => value.view(),
                Self::Fill(value) => value.view(),
                Self::Unrecognized(value) => value.view(),
            }
        }
    }
    impl ::std::fmt::Debug for Strokes {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            crate::generated::debug_view(self.view(), f)
        }
    }
    impl From<Line> for Strokes {
        #[inline]
        fn from(value: Line) -> Self {
            Self::Line(value)
        }
    }
    impl From<Fill> for Strokes {
        #[inline]
        fn from(value: Fill) -> Self {
            Self::Fill(value)
        }
    }
    /// A straight line.
    ///
    /// Key `Strokes[Line]` of [`commands::Paint`](super::Paint)
    #[derive(Clone)]
    pub struct Line {
        /// `Length` · real · at least 0.5
        #[doc(alias = "Length")]
        pub length: f64,
        /// Keys that the schema does not define, kept as they were read.
        pub extra: Extra,
    }
    impl Line {
        /// Creates a `Line` with the required keys. All other keys are absent.
        #[must_use]
        #[inline]
        pub fn new(length: f64) -> Self {
            Self {
                length,
                extra: Extra::new(),
            }
        }
    }
    impl Record for Line {
        fn parts(&self) -> (&'static Dict, &Extra) {
            (&super::tables::PAINT_LINE, &self.extra)
        }
        fn get(&self, index: usize) -> View<'_> {
            match index {
                0 => fixed("Line", "Item", &self.extra),
                1 => Write::view(&self.length),
                _ => View::Absent,
            }
        }
        fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
            match index {
                0 => constant("Line", r),
                1 => Read::fill(&mut self.length, r),
                _ => r.keep(&mut self.extra),
            }
        }
        fn empty() -> Self {
            Self {
                length: Read::blank(),
                extra: Extra::new(),
            }
        }
    }
    crate::generated_record!(Line, plist);
    /// One colour everywhere.
    ///
    /// Key `Strokes[Fill]` of [`commands::Paint`](super::Paint)
    #[derive(Clone)]
    pub struct Fill {
        /// `Colours` · array of strings
        #[doc(alias = "Colours")]
        pub colours: Option<Vec<Colour>>,
        /// Keys that the schema does not define, kept as they were read.
        pub extra: Extra,
    }
    impl Default for Fill {
        #[inline]
        fn default() -> Self {
            Self::empty()
        }
    }
    impl Record for Fill {
        fn parts(&self) -> (&'static Dict, &Extra) {
            (&super::tables::PAINT_FILL, &self.extra)
        }
        fn get(&self, index: usize) -> View<'_> {
            match index {
                0 => fixed("FillArea", "Item", &self.extra),
                1 => Write::view(&self.colours),
                _ => View::Absent,
            }
        }
        fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
            match index {
                0 => constant("FillArea", r),
                1 => Read::fill(&mut self.colours, r),
                _ => r.keep(&mut self.extra),
            }
        }
        fn empty() -> Self {
            Self {
                colours: None,
                extra: Extra::new(),
            }
        }
    }
    crate::generated_record!(Fill, plist);
    /// Possible values of `Colours`. The colours that are known.
    ///
    /// Key `Strokes[Fill].Colours[]` of [`commands::Paint`](super::Paint)
    #[derive(Clone, Debug, PartialEq, Hash)]
    #[non_exhaustive]
    pub enum Colour {
        /// `dark-red`: Like wine.
        DarkRed,
        /// `1.3`
        ///
        /// Availability: iOS 16.0+.
        V1_3,
        /// A value that the schema does not define.
        Unrecognized(String),
    }
    impl Colour {
        /// The values that the schema defines, in the order of the schema.
        pub const KNOWN: &'static [&'static str] = &["dark-red", "1.3"];
        /// Returns the value as it appears in documents.
        #[must_use]
        pub fn as_str(&self) -> &str {
            match self {
                Self::DarkRed => "dark-red",
                Self::V1_3 => "1.3",
                Self::Unrecognized(value) => value,
            }
        }
    }
    impl From<&str> for Colour {
        fn from(value: &str) -> Self {
            match value {
                "dark-red" => Self::DarkRed,
                "1.3" => Self::V1_3,
                _ => Self::Unrecognized(value.to_owned()),
            }
        }
    }
    crate::generated_enum!(Colour);
}
/// The tables of all items, sorted by name.
pub static ITEMS: &[&crate::schema::Item] = tables::ITEMS;
#[allow(unused_imports)]
mod tables {
    use crate::schema::*;
    use crate::generated::HasTable;
    pub static ITEMS: &[&Item] = &[&PAINT__ITEM];
    pub static PAINT: Dict = Dict {
        name: "Paint",
        keys: &[
            Key {
                name: "Strokes",
                kind: Kind::Array(
                    &Key {
                        kind: Kind::Union(&PAINT_STROKES),
                        ..Key::EMPTY
                    },
                ),
                field: "strokes",
                required: true,
                description: "What to do, in this order.",
                ..Key::EMPTY
            },
        ],
        required: Indices::of(&[0]),
        plain: true,
        ..Dict::EMPTY
    };
    pub static PAINT_STROKES: Union = Union {
        tag: "Item",
        alternatives: &[
            (
                "Line",
                &Key {
                    kind: Kind::Dictionary(&PAINT_LINE),
                    description: "A straight line.",
                    ..Key::EMPTY
                },
            ),
            (
                "FillArea",
                &Key {
                    kind: Kind::Dictionary(&PAINT_FILL),
                    description: "One colour everywhere.",
                    ..Key::EMPTY
                },
            ),
        ],
    };
    pub static PAINT_LINE: Dict = Dict {
        name: "Line",
        keys: &[
            Key {
                name: "Item",
                kind: Kind::String,
                required: true,
                choices: &[
                    Choice {
                        value: Literal::String("Line"),
                        ..Choice::EMPTY
                    },
                ],
                closed: true,
                ..Key::EMPTY
            },
            Key {
                name: "Length",
                kind: Kind::Real,
                field: "length",
                required: true,
                details: Some(
                    &KeyDetails {
                        min: Some(Literal::Real(0.5)),
                        ..KeyDetails::EMPTY
                    },
                ),
                ..Key::EMPTY
            },
        ],
        required: Indices::of(&[0, 1]),
        plain: true,
        ..Dict::EMPTY
    };
    pub static PAINT_FILL: Dict = Dict {
        name: "Fill",
        keys: &[
            Key {
                name: "Item",
                kind: Kind::String,
                required: true,
                choices: &[
                    Choice {
                        value: Literal::String("FillArea"),
                        ..Choice::EMPTY
                    },
                ],
                closed: true,
                ..Key::EMPTY
            },
            Key {
                name: "Colours",
                kind: Kind::Array(
                    &Key {
                        kind: Kind::String,
                        choices: &PAINT_COLOUR,
                        description: "The colours that are known.",
                        ..Key::EMPTY
                    },
                ),
                field: "colours",
                ..Key::EMPTY
            },
        ],
        required: Indices::of(&[0]),
        plain: true,
        ..Dict::EMPTY
    };
    pub static PAINT_COLOUR: [Choice; 2] = [
        Choice {
            value: Literal::String("dark-red"),
            description: "Like wine.",
            ..Choice::EMPTY
        },
        Choice {
            value: Literal::String("1.3"),
            support: &[(Os::Ios, Fact::Introduced(Version(16, 0, 0)))],
            ..Choice::EMPTY
        },
    ];
    pub static PAINT_RESPONSE: Dict = Dict {
        name: "PaintResponse",
        keys: &[],
        lenient: true,
        ..Dict::EMPTY
    };
    pub static PAINT__ITEM: Item = Item {
        family: Family::Command,
        name: "Paint",
        rust: "Paint",
        title: "Paint",
        files: &["mdm/commands/paint.yaml"],
        support: &[
            (Os::Ios, Fact::Introduced(Version(5, 0, 0))),
            (Os::Ios, Fact::AccessRight(None)),
            (Os::Macos, Fact::NotAvailable),
        ],
        keys: Some(&PAINT),
        response: Some(&PAINT_RESPONSE),
        ..Item::EMPTY
    };
}
