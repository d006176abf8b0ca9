//! What a document requires of devices.

use super::place::Place;
use super::tree::Tree;
use super::{Options, check, kind_and_item};
use crate::codec::Write;
use crate::error::{Error, ErrorKind};
use crate::format::{DocumentFormat, Input};
use crate::validate::{Requirements, masked_key};

/// Returns what a document requires of the devices on which it works: for each operating system the lowest version and the conditions, and
/// what is not available or ignored there. The target in `options` does not matter. A document of unknown kind requires nothing, and the
/// content of a signed document is that of the document itself.
///
/// # Errors
///
/// Returns an error if the document cannot be read, or is encrypted.
///
/// ```
/// use apple_mdm::lint::{Options, requirements};
/// use apple_mdm::schema::{Os, Version};
/// use apple_mdm::validate::{Available, Need};
///
/// let command = br#"<plist version="1.0"><dict>
/// <key>Command</key><dict>
///   <key>RequestType</key><string>SetFirmwarePassword</string>
///   <key>NewPassword</key><string>correct horse</string>
/// </dict>
/// <key>CommandUUID</key><string>1</string>
/// </dict></plist>"#;
///
/// let requirements = requirements(command, &Options::default())?;
/// let macos = requirements.on(Os::Macos);
/// assert_eq!(macos.version(), Some(Version::new(10, 13, 0)));
/// assert!(macos.conditions.iter().any(|condition| matches!(condition.need, Need::Right(_))));
/// assert_eq!(requirements.on(Os::Ios).available, Available::None);
/// # Ok::<(), apple_mdm::Error>(())
/// ```
pub fn requirements(bytes: &[u8], options: &Options) -> Result<Requirements, Error> {
    match Input::new(bytes, &options.limits) {
        Err(error) if *error.kind() == ErrorKind::Cms => of_signed(bytes, options, error),
        input => of_content(&input?, options, false),
    }
}

fn of_content(input: &Input<'_>, options: &Options, is_signed: bool) -> Result<Requirements, Error> {
    let tree = Tree::read(input)?;
    let root = tree.root.view();
    let (kind, item) = kind_and_item(root, options);
    let form = check::Form {
        is_json: input.format() == DocumentFormat::Json,
        is_signed,
    };
    let mut requirements = check::requirements(root, kind, item, form, options);
    let place = Place::root(&tree, kind, item, &options.catalog);
    requirements.each_part(|part| {
        if place.resolve(&tree, &part.path).0.is_secret {
            let masked = place.safe_path(&tree, &part.path);
            part.key = masked_key(part.key.take(), &part.path, &masked);
            part.path = masked;
        }
    });
    Ok(requirements)
}

#[cfg(not(feature = "cms"))]
fn of_signed(_: &[u8], _: &Options, error: Error) -> Result<Requirements, Error> {
    Err(error)
}

#[cfg(feature = "cms")]
fn of_signed(bytes: &[u8], options: &Options, error: Error) -> Result<Requirements, Error> {
    match crate::cms::Signed::open_with(bytes, &options.limits) {
        Ok(signed) => of_content(&Input::new(signed.content(), &options.limits)?, options, true),
        Err(_) => Err(error),
    }
}
