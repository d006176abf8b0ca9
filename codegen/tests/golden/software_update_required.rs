#[allow(unused_imports)]
use crate::generated::*;
/// The body of a 403 response to a device that enrolls in Setup Assistant, if the device must first update its operating system.
///
/// The `Content-Type` header determines whether the body is JSON or a property list.
///
/// Apple's schema: [`softwareupdate.required.yaml`](https://github.com/apple/device-management/blob/release/mdm/errors/softwareupdate.required.yaml)
///
/// # Availability
///
/// | OS | Since |
/// | --- | --- |
/// | iOS | 17.0 |
/// | macOS | 14.0 |
/// | visionOS | 26.0 |
#[derive(Clone)]
pub struct SoftwareUpdateRequired {
    /// The error code, which tells the device that it must update its software before it continues.
    ///
    /// `code` · string
    pub code: software_update_required::Code,
    /// A description of the error, intended only for logs and not for users.
    ///
    /// `description` · string
    pub description: Option<String>,
    /// A description of the error for the user.
    ///
    /// `message` · string
    pub message: Option<String>,
    /// The update that the device requires.
    ///
    /// `details` · dictionary
    pub details: software_update_required::Details,
    /// Keys that the schema does not define, kept as they were read.
    pub extra: Extra,
}
impl SoftwareUpdateRequired {
    /// Creates a `SoftwareUpdateRequired` with the required keys. All other keys are absent.
    #[must_use]
    #[inline]
    pub fn new(
        code: software_update_required::Code,
        details: software_update_required::Details,
    ) -> Self {
        Self {
            code,
            description: None,
            message: None,
            details,
            extra: Extra::new(),
        }
    }
}
impl Record for SoftwareUpdateRequired {
    fn parts(&self) -> (&'static Dict, &Extra) {
        (&tables::SOFTWARE_UPDATE_REQUIRED, &self.extra)
    }
    fn get(&self, index: usize) -> View<'_> {
        match index {
            0 => Write::view(&self.code),
            1 => Write::view(&self.description),
            2 => Write::view(&self.message),
            3 => Write::view(&self.details),
            _ => View::Absent,
        }
    }
    fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
        match index {
            0 => Read::fill(&mut self.code, r),
            1 => Read::fill(&mut self.description, r),
            2 => Read::fill(&mut self.message, r),
            3 => Read::fill(&mut self.details, r),
            _ => r.keep(&mut self.extra),
        }
    }
    fn empty() -> Self {
        Self {
            code: Read::blank(),
            description: None,
            message: None,
            details: Read::blank(),
            extra: Extra::new(),
        }
    }
}
crate::generated_record!(SoftwareUpdateRequired, plist);
impl SoftwareUpdateRequired {
    /// The availability of the item. Individual keys may differ; see [`Described::ITEM`].
    pub const AVAILABILITY: Availability = Availability::of(
        tables::SOFTWARE_UPDATE_REQUIRED__ITEM.support,
    );
}
impl Described for SoftwareUpdateRequired {
    const ITEM: &'static crate::schema::Item = &tables::SOFTWARE_UPDATE_REQUIRED__ITEM;
}
/// Types used in [`SoftwareUpdateRequired`].
pub mod software_update_required {
    #[allow(unused_imports)]
    use crate::generated::*;
    /// Possible values of `code`. The error code, which tells the device that it must update its software before it continues.
    ///
    /// Key `code` of [`errors::SoftwareUpdateRequired`](super::SoftwareUpdateRequired)
    #[derive(Clone, Debug, PartialEq, Hash)]
    #[non_exhaustive]
    pub enum Code {
        /// `com.apple.softwareupdate.required`
        ComAppleSoftwareupdateRequired,
        /// A value that the schema does not define.
        Unrecognized(String),
    }
    impl Code {
        /// The values that the schema defines, in the order of the schema.
        pub const KNOWN: &'static [&'static str] = &[
            "com.apple.softwareupdate.required",
        ];
        /// Returns the value as it appears in documents.
        #[must_use]
        pub fn as_str(&self) -> &str {
            match self {
                Self::ComAppleSoftwareupdateRequired => {
                    "com.apple.softwareupdate.required"
                }
                Self::Unrecognized(value) => value,
            }
        }
    }
    impl From<&str> for Code {
        fn from(value: &str) -> Self {
            match value {
                "com.apple.softwareupdate.required" => {
                    Self::ComAppleSoftwareupdateRequired
                }
                _ => Self::Unrecognized(value.to_owned()),
            }
        }
    }
    crate::generated_enum!(Code);
    /// The update that the device requires.
    ///
    /// Key `details` of [`errors::SoftwareUpdateRequired`](super::SoftwareUpdateRequired)
    #[derive(Clone)]
    pub struct Details {
        /// The version to update to, such as `16.1`, or `16.1 (a)` with a supplemental version.
        ///
        /// `OSVersion` · string
        ///
        /// `OSVersion` must be a version number; the identifier of a supplemental version can follow it in parentheses.
        #[doc(alias = "OSVersion")]
        pub os_version: String,
        /// The build to update to, such as `20A242`, for testing beta versions. If it does not match `OSVersion`, `OSVersion` takes precedence.
        ///
        /// `BuildVersion` · string
        ///
        /// `BuildVersion` must be a build version, such as 20A242 or 20A242a.
        #[doc(alias = "BuildVersion")]
        pub build_version: Option<String>,
        /// The beta program in which the device enrolls to get the update, and in which it remains.
        ///
        /// `RequireBetaProgram` · dictionary
        ///
        /// Availability: iOS 17.5+; macOS 14.5+; otherwise inherited.
        #[doc(alias = "RequireBetaProgram")]
        pub require_beta_program: Option<RequireBetaProgram>,
        /// Keys that the schema does not define, kept as they were read.
        pub extra: Extra,
    }
    impl Details {
        /// Creates a `Details` with the required keys. All other keys are absent.
        #[must_use]
        #[inline]
        pub fn new(os_version: impl Into<String>) -> Self {
            Self {
                os_version: os_version.into(),
                build_version: None,
                require_beta_program: None,
                extra: Extra::new(),
            }
        }
    }
    impl Record for Details {
        fn parts(&self) -> (&'static Dict, &Extra) {
            (&super::tables::SOFTWARE_UPDATE_REQUIRED_DETAILS, &self.extra)
        }
        fn get(&self, index: usize) -> View<'_> {
            match index {
                0 => Write::view(&self.os_version),
                1 => Write::view(&self.build_version),
                2 => Write::view(&self.require_beta_program),
                _ => View::Absent,
            }
        }
        fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
            match index {
                0 => Read::fill(&mut self.os_version, r),
                1 => Read::fill(&mut self.build_version, r),
                2 => Read::fill(&mut self.require_beta_program, r),
                _ => r.keep(&mut self.extra),
            }
        }
        fn empty() -> Self {
            Self {
                os_version: Read::blank(),
                build_version: None,
                require_beta_program: None,
                extra: Extra::new(),
            }
        }
    }
    crate::generated_record!(Details, plist);
    /// The beta program in which the device enrolls to get the update, and in which it remains.
    ///
    /// Key `details.RequireBetaProgram` of [`errors::SoftwareUpdateRequired`](super::SoftwareUpdateRequired)
    #[derive(Clone)]
    pub struct RequireBetaProgram {
        /// A human-readable description of the program.
        ///
        /// `Description` · string
        #[doc(alias = "Description")]
        pub description: String,
        /// The token of the beta program for the server's organization in Apple School Manager or Apple Business.
        ///
        /// `Token` · string · secret
        #[doc(alias = "Token")]
        pub token: String,
        /// Keys that the schema does not define, kept as they were read.
        pub extra: Extra,
    }
    impl RequireBetaProgram {
        /// Creates a `RequireBetaProgram` with the required keys. All other keys are absent.
        #[must_use]
        #[inline]
        pub fn new(description: impl Into<String>, token: impl Into<String>) -> Self {
            Self {
                description: description.into(),
                token: token.into(),
                extra: Extra::new(),
            }
        }
    }
    impl Record for RequireBetaProgram {
        fn parts(&self) -> (&'static Dict, &Extra) {
            (&super::tables::SOFTWARE_UPDATE_REQUIRED_REQUIRE_BETA_PROGRAM, &self.extra)
        }
        fn get(&self, index: usize) -> View<'_> {
            match index {
                0 => Write::view(&self.description),
                1 => Write::view(&self.token),
                _ => View::Absent,
            }
        }
        fn set(&mut self, index: usize, r: &mut Reader<'_>) -> Result<(), Error> {
            match index {
                0 => Read::fill(&mut self.description, r),
                1 => Read::fill(&mut self.token, r),
                _ => r.keep(&mut self.extra),
            }
        }
        fn empty() -> Self {
            Self {
                description: Read::blank(),
                token: Read::blank(),
                extra: Extra::new(),
            }
        }
    }
    crate::generated_record!(RequireBetaProgram, plist);
}
/// The tables of all items, sorted by name.
pub static ITEMS: &[&crate::schema::Item] = tables::ITEMS;
#[allow(unused_imports)]
mod tables {
    use crate::schema::*;
    use crate::generated::HasTable;
    pub static ITEMS: &[&Item] = &[&SOFTWARE_UPDATE_REQUIRED__ITEM];
    pub static SOFTWARE_UPDATE_REQUIRED: Dict = Dict {
        name: "SoftwareUpdateRequired",
        keys: &[
            Key {
                name: "code",
                kind: Kind::String,
                field: "code",
                required: true,
                choices: &SOFTWARE_UPDATE_REQUIRED_CODE,
                closed: true,
                description: "The error code, which tells the device that it must update its software before it continues.",
                ..Key::EMPTY
            },
            Key {
                name: "description",
                kind: Kind::String,
                field: "description",
                description: "A description of the error, intended only for logs and not for users.",
                ..Key::EMPTY
            },
            Key {
                name: "message",
                kind: Kind::String,
                field: "message",
                description: "A description of the error for the user.",
                ..Key::EMPTY
            },
            Key {
                name: "details",
                kind: Kind::Dictionary(&SOFTWARE_UPDATE_REQUIRED_DETAILS),
                field: "details",
                required: true,
                description: "The update that the device requires.",
                ..Key::EMPTY
            },
        ],
        required: Indices::of(&[0, 3]),
        plain: true,
        rules: &[
            Rule {
                check: Check::Pattern {
                    key: &[Step::Key("details"), Step::Key("OSVersion")],
                    test: TextTest::Pattern("[0-9]+(\\.[0-9]+){0,3}( \\([a-z]\\))?"),
                    not: false,
                },
                says: "OSVersion must be a version number; the identifier of a supplemental version can follow it in parentheses.",
                source: "content of OSVersion",
                triggers: &[3],
                ..Rule::EMPTY
            },
            Rule {
                check: Check::Pattern {
                    key: &[Step::Key("details"), Step::Key("BuildVersion")],
                    test: TextTest::Format(TextFormat::OsBuild),
                    not: false,
                },
                says: "BuildVersion must be a build version, such as 20A242 or 20A242a.",
                source: "content of BuildVersion",
                triggers: &[3],
                ..Rule::EMPTY
            },
        ],
        ..Dict::EMPTY
    };
    pub static SOFTWARE_UPDATE_REQUIRED_CODE: [Choice; 1] = [
        Choice {
            value: Literal::String("com.apple.softwareupdate.required"),
            ..Choice::EMPTY
        },
    ];
    pub static SOFTWARE_UPDATE_REQUIRED_DETAILS: Dict = Dict {
        name: "Details",
        keys: &[
            Key {
                name: "OSVersion",
                kind: Kind::String,
                field: "os_version",
                required: true,
                description: "The version to update to, such as `16.1`, or `16.1 (a)` with a supplemental version.",
                ..Key::EMPTY
            },
            Key {
                name: "BuildVersion",
                kind: Kind::String,
                field: "build_version",
                description: "The build to update to, such as `20A242`, for testing beta versions. If it does not match `OSVersion`, `OSVersion` takes precedence.",
                ..Key::EMPTY
            },
            Key {
                name: "RequireBetaProgram",
                kind: Kind::Dictionary(&SOFTWARE_UPDATE_REQUIRED_REQUIRE_BETA_PROGRAM),
                field: "require_beta_program",
                description: "The beta program in which the device enrolls to get the update, and in which it remains.",
                support: &[
                    (Os::Ios, Fact::Introduced(Version(17, 5, 0))),
                    (Os::Macos, Fact::Introduced(Version(14, 5, 0))),
                ],
                ..Key::EMPTY
            },
        ],
        required: Indices::of(&[0]),
        plain: true,
        ..Dict::EMPTY
    };
    pub static SOFTWARE_UPDATE_REQUIRED_REQUIRE_BETA_PROGRAM: Dict = Dict {
        name: "RequireBetaProgram",
        keys: &[
            Key {
                name: "Description",
                kind: Kind::String,
                field: "description",
                required: true,
                description: "A human-readable description of the program.",
                ..Key::EMPTY
            },
            Key {
                name: "Token",
                kind: Kind::String,
                field: "token",
                required: true,
                secret: true,
                description: "The token of the beta program for the server's organization in Apple School Manager or Apple Business.",
                ..Key::EMPTY
            },
        ],
        required: Indices::of(&[0, 1]),
        plain: true,
        ..Dict::EMPTY
    };
    pub static SOFTWARE_UPDATE_REQUIRED__ITEM: Item = Item {
        family: Family::Error,
        name: "SoftwareUpdateRequired",
        rust: "SoftwareUpdateRequired",
        title: "Error Code Software Update Required",
        files: &["mdm/errors/softwareupdate.required.yaml"],
        support: &[
            (Os::Ios, Fact::Introduced(Version(17, 0, 0))),
            (Os::Macos, Fact::Introduced(Version(14, 0, 0))),
            (Os::Tvos, Fact::NotAvailable),
            (Os::Visionos, Fact::Introduced(Version(26, 0, 0))),
            (Os::Watchos, Fact::NotAvailable),
        ],
        description: "The body of a 403 response to a device that enrolls in Setup Assistant, if the device must first update its operating system. The `Content-Type` header determines whether the body is JSON or a property list.",
        keys: Some(&SOFTWARE_UPDATE_REQUIRED),
        ..Item::EMPTY
    };
}
