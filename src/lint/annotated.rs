//! A document as values, each with what the schema says about it.

use super::place::{Place, Step};
use super::tree::{Node, Tree};
use super::{Kind, Options, secrecy};
use crate::codec::writer;
use crate::codec::{View, Write};
use crate::error::Error;
use crate::format::Input;
use crate::schema::{Family, Item, Key};
use crate::value::Value;

/// A value of a document, with the item and the key of the schema that describe it.
///
/// A program can use this to show documents, or the differences between documents, without showing secrets.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AnnotatedValue {
    /// The payload, command or other item that describes the value, or a value around it. `None` around items and for items that neither
    /// the schema nor the [catalog](Options::catalog) has.
    pub item: Option<&'static Item>,
    /// The key, or the description of the elements of an array. `None` if the schema does not know the key.
    pub key: Option<&'static Key>,
    /// Whether the value could be a secret and must not be shown: because the schema says so, because of the name of a key that the schema
    /// does not know, or because the text contains something like a password. Everything in a secret is a secret, also the keys.
    pub is_secret: bool,
    /// The value.
    pub content: AnnotatedContent,
}

/// The content of an [`AnnotatedValue`].
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_enums)]
pub enum AnnotatedContent {
    /// A value that contains no others.
    Scalar(Value),
    /// An array.
    Array(Vec<AnnotatedValue>),
    /// A dictionary, in the order of the document. Of a repeated key, only the first value is included.
    Dictionary(Vec<(String, AnnotatedValue)>),
}

impl AnnotatedValue {
    /// Returns the value of `key` if the value is a dictionary that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.content {
            AnnotatedContent::Dictionary(entries) => {
                entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// Returns the text if the value is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.content {
            AnnotatedContent::Scalar(value) => value.as_str(),
            _ => None,
        }
    }
}

/// Reads a document with what the schema says about each value. Returns its kind, too.
///
/// The content of a signed document must be opened first; see the module `cms`.
///
/// ```
/// use apple_mdm::lint::{Kind, Options, annotate};
///
/// let (kind, document) = annotate(
///     br#"{"Type": "com.apple.configuration.passcode.settings", "Identifier": "a", "Payload": {"MinimumLength": 8}}"#,
///     &Options::default(),
/// )?;
/// assert_eq!(kind, Kind::Declaration);
/// let length = document.get("Payload").and_then(|payload| payload.get("MinimumLength")).unwrap();
/// assert_eq!(length.item.unwrap().rust, "PasscodeSettings");
/// assert!(!length.key.unwrap().description.is_empty() && !length.is_secret);
/// # Ok::<(), apple_mdm::Error>(())
/// ```
///
/// # Errors
///
/// Returns an error if the document is malformed or exceeds a limit.
pub fn annotate(bytes: &[u8], options: &Options) -> Result<(Kind, AnnotatedValue), Error> {
    let input = Input::new(bytes, &options.limits)?;
    let tree = Tree::read(&input)?;
    let root = tree.root.view();
    let (kind, mut item) = match options.item {
        Some(item) => (Kind::of_item(item), Some(item)),
        None => Kind::detect(root, &options.catalog),
    };
    if kind == Kind::Response {
        let named = options.command.as_deref().or(root.value("RequestType").as_str());
        item = named.and_then(|name| crate::items::registry::item(Family::Command, name));
    }
    let place = Place::root(&tree, kind, item, &options.catalog);
    Ok((kind, annotated(&tree.root, place)?))
}

fn annotated(node: &Node<'_>, place: Place<'_>) -> Result<AnnotatedValue, Error> {
    let child = |step, child| annotated(child, place.child(Some(node), step, Some(child)));
    let content = match node.view() {
        View::Array(_) => {
            let items = node.items().iter().map(|item| child(Step::Index, item));
            AnnotatedContent::Array(items.collect::<Result<_, _>>()?)
        }
        View::Map(_) | View::Record(_) => {
            let entries = node.entries();
            let entries = entries.map(|(key, value)| Ok((key.to_owned(), child(Step::Key(key), value)?)));
            AnnotatedContent::Dictionary(entries.collect::<Result<_, Error>>()?)
        }
        scalar => AnnotatedContent::Scalar(writer::to_value(scalar)?),
    };
    Ok(AnnotatedValue {
        item: place.item(),
        key: place.key.filter(|key| !key.name.is_empty() || place.array.is_some()),
        is_secret: place.is_secret || node.raw_text().is_some_and(secrecy::contains_secret),
        content,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(payload: &str) -> AnnotatedValue {
        let xml = format!(
            "<plist><dict><key>PayloadType</key><string>Configuration</string><key>PayloadContent</key><array><dict>{payload}</dict>
            </array></dict></plist>"
        );
        let (kind, profile) = annotate(xml.as_bytes(), &Options::default()).unwrap();
        assert_eq!(kind, Kind::Profile);
        let AnnotatedContent::Array(payloads) = &profile.get("PayloadContent").unwrap().content else {
            panic!("no array");
        };
        payloads[0].clone()
    }

    #[test]
    fn values_have_their_item_and_key_and_secrets_are_marked() {
        let payload = profile(
            "<key>PayloadType</key><string>com.apple.wifi.managed</string><key>SSID_STR</key><string>Office</string>
            <key>Password</key><string>hunter2</string><key>PayloadUUID</key><string>A</string>
            <key>ProxyPACURL</key><string>https://jane:hunter2@example.com/</string>",
        );
        let facts = |name: &str| {
            let value = payload.get(name).unwrap();
            (
                value.item.map(|item| item.rust),
                value.key.map(|key| key.name),
                value.is_secret,
            )
        };
        assert_eq!(facts("SSID_STR"), (Some("WiFi"), Some("SSID_STR"), false));
        assert_eq!(facts("Password"), (Some("WiFi"), Some("Password"), true));
        assert_eq!(facts("PayloadUUID"), (Some("WiFi"), Some("PayloadUUID"), false));
        assert_eq!(facts("ProxyPACURL"), (Some("WiFi"), Some("ProxyPACURL"), true));
    }

    #[test]
    fn keys_that_the_schema_does_not_know_are_secret_by_name() {
        let payload = profile(
            "<key>PayloadType</key><string>com.example.agent</string><key>APIKey</key><string>x</string>
            <key>Server</key><dict><key>Port</key><integer>1</integer></dict>
            <key>AuthTokens</key><array><string>x</string></array>",
        );
        assert!(payload.get("APIKey").unwrap().is_secret);
        let port = payload.get("Server").unwrap().get("Port").unwrap();
        assert!(!port.is_secret && port.key.is_none());
        let AnnotatedContent::Array(tokens) = &payload.get("AuthTokens").unwrap().content else {
            panic!("no array");
        };
        assert!(tokens[0].is_secret);
    }

    #[test]
    fn documents_of_unknown_kind_and_malformed_ones() {
        let (kind, document) = annotate(br#"{"a": [1, {"password": "x"}]}"#, &Options::default()).unwrap();
        assert_eq!(kind, Kind::Unknown);
        let AnnotatedContent::Array(items) = &document.get("a").unwrap().content else {
            panic!("no array");
        };
        assert!(!items[0].is_secret && items[1].get("password").unwrap().is_secret);
        assert!(annotate(b"<plist><dict>", &Options::default()).is_err());
    }
}
