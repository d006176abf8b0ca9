#[allow(unused_imports)]
use crate::generated::*;
/// A declaration. `Type` determines the variant.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Declaration {
    /// `com.apple.configuration.safari.bookmarks`: Adds folders of managed bookmarks to Safari.
    SafariBookmarks(Box<Envelope<SafariBookmarks>>),
    /// An item that the schema does not define, kept unchanged.
    Unknown(Box<UnknownItem>),
    /// A known item whose keys do not match the schema, kept unchanged with the reason.
    Invalid(Box<InvalidItem>),
}
impl From<Envelope<SafariBookmarks>> for Declaration {
    #[inline]
    fn from(item: Envelope<SafariBookmarks>) -> Self {
        Self::SafariBookmarks(Box::new(item))
    }
}
impl Selected<Envelope<SafariBookmarks>> for Declaration {
    #[inline]
    fn selected(&self) -> Option<&Envelope<SafariBookmarks>> {
        if let Self::SafariBookmarks(item) = self { Some(item) } else { None }
    }
}
impl crate::item::Over for Declaration {
    #[allow(unused_variables, reason = "few families have items with the same name")]
    fn choose(name: &str, r: &mut Reader<'_>) -> Result<Option<Self>, Error> {
        const NAMES: &[&str] = &["com.apple.configuration.safari.bookmarks"];
        let by_length = |known: &&str| (known.len(), *known).cmp(&(name.len(), name));
        Ok(
            match NAMES.binary_search_by(by_length) {
                Ok(0) => Some(Self::SafariBookmarks(Box::new(Read::blank()))),
                _ => None,
            },
        )
    }
    fn known_mut(&mut self) -> Option<&mut dyn Record> {
        match self {
            Self::SafariBookmarks(item) => Some(&mut **item),
            Self::Unknown(_) | Self::Invalid(_) => None,
        }
    }
    fn known(&self) -> Option<(&dyn Record, &'static crate::schema::Item)> {
        match self {
            Self::SafariBookmarks(item) => Some((&**item, SafariBookmarks::ITEM)),
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
/// Adds folders of managed bookmarks to Safari.
///
/// Declaration type `com.apple.configuration.safari.bookmarks` · Apple's schema: [`safari.bookmarks.yaml`](https://github.com/apple/device-management/blob/release/declarative/declarations/configurations/safari.bookmarks.yaml)
///
/// # Availability
///
/// | OS | Since |
/// | --- | --- |
/// | iOS | 26.0 |
/// | macOS | 26.0 |
/// | visionOS | 26.0 |
///
/// - Shared iPad: user scope (iOS)
/// - Enrollment: supervised, device (iOS, visionOS); supervised (macOS)
/// - Scope: system (iOS, visionOS); user (macOS)
/// - Multiple declarations of this type: combined into one
///
/// # Example
///
/// ```
/// use apple_mdm::declarations::{Envelope, SafariBookmarks, safari_bookmarks};
///
/// let payload = SafariBookmarks {
///     managed_bookmarks: Some(vec![safari_bookmarks::BookmarkGroup::new(
///         "com.example.bookmarks",
///         "Work",
///         vec![safari_bookmarks::BookmarksItem {
///             url: Some("https://intranet.example.com/".into()),
///             ..safari_bookmarks::BookmarksItem::new("Intranet")
///         }],
///     )]),
///     ..Default::default()
/// };
/// let declaration = Envelope::new("com.example.safari-bookmarks", "1", payload);
/// ```
///
/// This creates the document:
///
/// ```json
/// {
///   "Type": "com.apple.configuration.safari.bookmarks",
///   "Identifier": "com.example.safari-bookmarks",
///   "ServerToken": "1",
///   "Payload": {
///     "ManagedBookmarks": [
///       {
///         "GroupIdentifier": "com.example.bookmarks",
///         "Title": "Work",
///         "Bookmarks": [
///           {
///             "Title": "Intranet",
///             "URL": "https://intranet.example.com/"
///           }
///         ]
///       }
///     ]
///   }
/// }
/// ```
#[doc(alias = "com.apple.configuration.safari.bookmarks")]
#[derive(Clone)]
pub struct SafariBookmarks {
    /// The bookmark groups.
    ///
    /// `ManagedBookmarks` · array of dictionaries
    #[doc(alias = "ManagedBookmarks")]
    pub managed_bookmarks: Option<Vec<safari_bookmarks::BookmarkGroup>>,
    /// Keys that the schema does not define, kept as they were read.
    pub extra: Extra,
}
impl Default for SafariBookmarks {
    #[inline]
    fn default() -> Self {
        Self::empty()
    }
}
impl Record for SafariBookmarks {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (&tables::SAFARI_BOOKMARKS, &self.extra)
    }
    fn get(&self, index: usize) -> View<'_> {
        match index {
            0 => Write::view(&self.managed_bookmarks),
            _ => View::Absent,
        }
    }
    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        match index {
            0 => Read::fill(&mut self.managed_bookmarks, r),
            _ => r.keep(&mut self.extra),
        }
    }
    fn empty() -> Self {
        Self {
            managed_bookmarks: None,
            extra: Extra::new(),
        }
    }
}
crate::generated_record!(SafariBookmarks, json);
impl SafariBookmarks {
    /// The availability of the item. Individual keys may differ; see [`Described::ITEM`].
    pub const AVAILABILITY: Availability = Availability::of(
        tables::SAFARI_BOOKMARKS__ITEM.support,
    );
}
impl Described for SafariBookmarks {
    const ITEM: &'static crate::schema::Item = &tables::SAFARI_BOOKMARKS__ITEM;
}
impl crate::declarations::DeclarationItem for SafariBookmarks {
    const TYPE: &'static str = "com.apple.configuration.safari.bookmarks";
}
/// Types used in [`SafariBookmarks`].
pub mod safari_bookmarks {
    #[allow(unused_imports)]
    use crate::generated::*;
    /// A bookmark group, which Safari shows as a folder.
    ///
    /// Key `ManagedBookmarks[]` of [`declarations::SafariBookmarks`](super::SafariBookmarks)
    #[derive(Clone)]
    pub struct BookmarkGroup {
        /// The identifier of the group. Groups with the same identifier in several configurations are merged into one.
        ///
        /// `GroupIdentifier` · string
        ///
        /// Two groups of `ManagedBookmarks` can't have the same `GroupIdentifier`.
        #[doc(alias = "GroupIdentifier")]
        pub group_identifier: String,
        /// The name of the group's folder in Safari.
        ///
        /// `Title` · string
        #[doc(alias = "Title")]
        pub title: String,
        /// The bookmarks and folders in the group.
        ///
        /// `Bookmarks` · array of dictionaries · combined with `array-append`
        #[doc(alias = "Bookmarks")]
        pub bookmarks: Vec<BookmarksItem>,
        /// Keys that the schema does not define, kept as they were read.
        pub extra: Extra,
    }
    impl BookmarkGroup {
        /// Creates a `BookmarkGroup` with the required keys. All other keys are absent.
        #[must_use]
        #[inline]
        pub fn new(
            group_identifier: impl Into<String>,
            title: impl Into<String>,
            bookmarks: Vec<BookmarksItem>,
        ) -> Self {
            Self {
                group_identifier: group_identifier.into(),
                title: title.into(),
                bookmarks,
                extra: Extra::new(),
            }
        }
    }
    impl Record for BookmarkGroup {
        fn parts(&self) -> (&'static Dict, &Extra) {
            (&super::tables::SAFARI_BOOKMARKS_BOOKMARK_GROUP, &self.extra)
        }
        fn get(&self, index: usize) -> View<'_> {
            match index {
                0 => Write::view(&self.group_identifier),
                1 => Write::view(&self.title),
                2 => Write::view(&self.bookmarks),
                _ => View::Absent,
            }
        }
        fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
            match index {
                0 => Read::fill(&mut self.group_identifier, r),
                1 => Read::fill(&mut self.title, r),
                2 => Read::fill(&mut self.bookmarks, r),
                _ => r.keep(&mut self.extra),
            }
        }
        fn empty() -> Self {
            Self {
                group_identifier: Read::blank(),
                title: Read::blank(),
                bookmarks: Read::blank(),
                extra: Extra::new(),
            }
        }
    }
    crate::generated_record!(BookmarkGroup, json);
    /// A bookmark (with `URL`) or folder (with `Folder`).
    ///
    /// Key `ManagedBookmarks[].Bookmarks[]` of [`declarations::SafariBookmarks`](super::SafariBookmarks)
    ///
    /// # Rules
    ///
    /// - Each bookmark must have either a `URL` or a `Folder`.
    #[derive(Clone)]
    pub struct BookmarksItem {
        /// The name of the bookmark or folder in Safari.
        ///
        /// `Title` · string
        #[doc(alias = "Title")]
        pub title: String,
        /// The URL of the bookmark. Cannot be combined with `Folder`.
        ///
        /// `URL` · string
        ///
        /// `URL` must be a `URL`.
        #[doc(alias = "URL")]
        pub url: Option<String>,
        /// The bookmarks and folders in this folder. Cannot be combined with `URL`.
        ///
        /// `Folder` · array of dictionaries
        #[doc(alias = "Folder")]
        pub folder: Option<Vec<BookmarksItem>>,
        /// Keys that the schema does not define, kept as they were read.
        pub extra: Extra,
    }
    impl BookmarksItem {
        /// Creates a `BookmarksItem` with the required keys. All other keys are absent.
        #[must_use]
        #[inline]
        pub fn new(title: impl Into<String>) -> Self {
            Self {
                title: title.into(),
                url: None,
                folder: None,
                extra: Extra::new(),
            }
        }
    }
    impl Record for BookmarksItem {
        fn parts(&self) -> (&'static Dict, &Extra) {
            (&super::tables::SAFARI_BOOKMARKS_BOOKMARKS_ITEM, &self.extra)
        }
        fn get(&self, index: usize) -> View<'_> {
            match index {
                0 => Write::view(&self.title),
                1 => Write::view(&self.url),
                2 => Write::view(&self.folder),
                _ => View::Absent,
            }
        }
        fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
            match index {
                0 => Read::fill(&mut self.title, r),
                1 => Read::fill(&mut self.url, r),
                2 => Read::fill(&mut self.folder, r),
                _ => r.keep(&mut self.extra),
            }
        }
        fn empty() -> Self {
            Self {
                title: Read::blank(),
                url: None,
                folder: None,
                extra: Extra::new(),
            }
        }
    }
    crate::generated_record!(BookmarksItem, json);
}
/// The tables of all items, sorted by name.
pub static ITEMS: &[&crate::schema::Item] = tables::ITEMS;
#[allow(unused_imports)]
mod tables {
    use crate::schema::*;
    use crate::generated::HasTable;
    pub static ITEMS: &[&Item] = &[&SAFARI_BOOKMARKS__ITEM];
    pub static SAFARI_BOOKMARKS: Dict = Dict {
        name: "SafariBookmarks",
        keys: &[
            Key {
                name: "ManagedBookmarks",
                kind: Kind::Array(
                    &Key {
                        kind: Kind::Dictionary(&SAFARI_BOOKMARKS_BOOKMARK_GROUP),
                        description: "A bookmark group, which Safari shows as a folder.",
                        ..Key::EMPTY
                    },
                ),
                field: "managed_bookmarks",
                description: "The bookmark groups.",
                ..Key::EMPTY
            },
        ],
        plain: true,
        rules: &[
            Rule {
                check: Check::Unique {
                    key: &[
                        Step::Key("ManagedBookmarks"),
                        Step::Items,
                        Step::Key("GroupIdentifier"),
                    ],
                    by: &[],
                    ignore_case: false,
                },
                says: "Two groups of ManagedBookmarks can't have the same GroupIdentifier.",
                source: "content of GroupIdentifier",
                triggers: &[0],
                ..Rule::EMPTY
            },
        ],
        ..Dict::EMPTY
    };
    pub static SAFARI_BOOKMARKS_BOOKMARK_GROUP: Dict = Dict {
        name: "BookmarkGroup",
        keys: &[
            Key {
                name: "GroupIdentifier",
                kind: Kind::String,
                field: "group_identifier",
                required: true,
                description: "The identifier of the group. Groups with the same identifier in several configurations are merged into one.",
                ..Key::EMPTY
            },
            Key {
                name: "Title",
                kind: Kind::String,
                field: "title",
                required: true,
                description: "The name of the group's folder in Safari.",
                ..Key::EMPTY
            },
            Key {
                name: "Bookmarks",
                kind: Kind::Array(
                    &Key {
                        kind: Kind::Dictionary(&SAFARI_BOOKMARKS_BOOKMARKS_ITEM),
                        description: "A bookmark (with `URL`) or folder (with `Folder`).",
                        ..Key::EMPTY
                    },
                ),
                field: "bookmarks",
                required: true,
                description: "The bookmarks and folders in the group.",
                details: Some(
                    &KeyDetails {
                        combine: Some("array-append"),
                        ..KeyDetails::EMPTY
                    },
                ),
                ..Key::EMPTY
            },
        ],
        required: Indices::of(&[0, 1, 2]),
        plain: true,
        ..Dict::EMPTY
    };
    pub static SAFARI_BOOKMARKS_BOOKMARKS_ITEM: Dict = Dict {
        name: "BookmarksItem",
        keys: &[
            Key {
                name: "Title",
                kind: Kind::String,
                field: "title",
                required: true,
                description: "The name of the bookmark or folder in Safari.",
                ..Key::EMPTY
            },
            Key {
                name: "URL",
                kind: Kind::String,
                field: "url",
                description: "The URL of the bookmark. Cannot be combined with `Folder`.",
                ..Key::EMPTY
            },
            Key {
                name: "Folder",
                kind: Kind::Array(
                    &Key {
                        kind: Kind::Dictionary(&SAFARI_BOOKMARKS_BOOKMARKS_ITEM),
                        description: "A bookmark or folder, with the same keys as an item of the group.",
                        ..Key::EMPTY
                    },
                ),
                field: "folder",
                description: "The bookmarks and folders in this folder. Cannot be combined with `URL`.",
                ..Key::EMPTY
            },
        ],
        required: Indices::of(&[0]),
        plain: true,
        rules: &[
            Rule {
                check: Check::ExactlyOneOf {
                    keys: &[&[Step::Key("URL")], &[Step::Key("Folder")]],
                },
                says: "Each bookmark must have either a URL or a Folder.",
                source: "content of Bookmarks, URL and Folder",
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Pattern {
                    key: &[Step::Key("URL")],
                    test: TextTest::Format(TextFormat::Url),
                    not: false,
                },
                says: "URL must be a URL.",
                source: "content of URL",
                triggers: &[1],
                ..Rule::EMPTY
            },
        ],
        ..Dict::EMPTY
    };
    pub static SAFARI_BOOKMARKS__ITEM: Item = Item {
        family: Family::Declaration,
        name: "com.apple.configuration.safari.bookmarks",
        rust: "SafariBookmarks",
        title: "Safari:Bookmarks",
        files: &["declarative/declarations/configurations/safari.bookmarks.yaml"],
        support: &[
            (Os::Ios, Fact::Introduced(Version(26, 0, 0))),
            (Os::Ios, Fact::AllowedEnrollments(&["supervised", "device"])),
            (Os::Ios, Fact::AllowedScopes(&["system"])),
            (Os::Ios, Fact::SharedIpadScopes(&["user"])),
            (Os::Macos, Fact::Introduced(Version(26, 0, 0))),
            (Os::Macos, Fact::AllowedEnrollments(&["supervised"])),
            (Os::Macos, Fact::AllowedScopes(&["user"])),
            (Os::Tvos, Fact::NotAvailable),
            (Os::Visionos, Fact::Introduced(Version(26, 0, 0))),
            (Os::Visionos, Fact::AllowedEnrollments(&["supervised", "device"])),
            (Os::Visionos, Fact::AllowedScopes(&["system"])),
            (Os::Watchos, Fact::NotAvailable),
        ],
        description: "Adds folders of managed bookmarks to Safari.",
        apply: Some("combined"),
        keys: Some(&SAFARI_BOOKMARKS),
        ..Item::EMPTY
    };
}
