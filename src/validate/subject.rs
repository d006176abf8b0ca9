//! The values that can be validated.

use super::context::{Context, Strictness};
use super::finding::Report;
use super::path::KeyPath;
use super::requirements::Requirements;
use super::target::Target;
use super::{available, fields};
use crate::codec::{Record, View, Write};
use crate::items::catalog::Catalog;
use crate::schema::{Described, Dict, Item};
use crate::value::Value;

/// A value that can be checked against the schema.
pub trait Validate {
    /// Checks the value itself: required keys, bounds, allowed values, formats, and the rules that Apple states in prose.
    fn validate(&self) -> Report {
        let mut cx = Context::new(None, Strictness::Typed);
        self.walk(&mut Walk(&mut cx));
        cx.report
    }

    /// Checks the value itself, and whether it works on the target.
    fn check(&self, target: &Target) -> Report {
        let mut cx = Context::new(Some(target), Strictness::Typed);
        self.walk(&mut Walk(&mut cx));
        cx.report
    }

    /// Checks the value like [`validate`](Self::validate), and payloads and declarations that the catalog has against the catalog.
    ///
    /// ```
    /// use apple_mdm::profiles::{PayloadEntry, Payload, Profile};
    /// use apple_mdm::schema::{Catalog, Dict, Family, Item, Key, Kind};
    /// use apple_mdm::validate::{Code, Validate};
    /// use apple_mdm::Document;
    ///
    /// const KEYS: &[Key] = &[Key::new("ServerURL", Kind::String)];
    /// static TABLE: Dict = Dict::of("Agent", KEYS);
    /// static AGENT: Item = Item { keys: Some(&TABLE), ..Item::new(Family::Profile, "com.example.agent", "Agent") };
    ///
    /// let profile = Profile::from_slice(b"<plist version='1.0'><dict>
    ///     <key>PayloadContent</key><array><dict>
    ///         <key>PayloadType</key><string>com.example.agent</string>
    ///         <key>PayloadIdentifier</key><string>com.example.profile.agent</string>
    ///         <key>PayloadUUID</key><string>24A9D6AC-9C34-45F3-B92F-88C4657204C9</string>
    ///         <key>PayloadVersion</key><integer>1</integer>
    ///         <key>ServerUrl</key><string>https://agent.example.com</string>
    ///     </dict></array>
    ///     <key>PayloadType</key><string>Configuration</string>
    ///     <key>PayloadIdentifier</key><string>com.example.profile</string>
    ///     <key>PayloadUUID</key><string>3F2504E0-4F89-41D3-9A0C-0305E82C3301</string>
    ///     <key>PayloadVersion</key><integer>1</integer>
    /// </dict></plist>")?;
    /// let mut catalog = Catalog::new();
    /// catalog.add(&AGENT)?;
    /// let report = profile.validate_with(&catalog);
    /// let finding = report.warnings().next().unwrap();
    /// assert_eq!((finding.code, finding.help.as_deref()), (Code::UnknownKey, Some("did you mean `ServerURL`?")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn validate_with(&self, catalog: &Catalog) -> Report {
        let mut cx = Context::new(None, Strictness::Typed).with_catalog(catalog);
        self.walk(&mut Walk(&mut cx));
        cx.report
    }

    /// Checks the value like [`check`](Self::check), and payloads and declarations that the catalog has against the catalog.
    fn check_with(&self, target: &Target, catalog: &Catalog) -> Report {
        let mut cx = Context::new(Some(target), Strictness::Typed).with_catalog(catalog);
        self.walk(&mut Walk(&mut cx));
        cx.report
    }

    /// Returns what the value requires of the devices on which it works: for each operating system the lowest version and the conditions,
    /// and what is not available or ignored there. See [`Requirements`] for an example.
    fn requirements(&self) -> Requirements {
        let mut cx = Context::new(None, Strictness::Typed);
        cx.collect_requirements();
        self.walk(&mut Walk(&mut cx));
        cx.take_requirements()
    }

    /// Returns the targets for which the value has no error.
    fn works_on<'t>(&self, targets: &'t [Target]) -> Vec<&'t Target> {
        targets.iter().filter(|target| self.check(target).is_ok()).collect()
    }

    #[doc(hidden)]
    fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>);
}

/// A validation run in progress. The type is public only because [`Validate`] mentions it.
#[doc(hidden)]
pub struct Walk<'c, 'a>(pub(crate) &'c mut Context<'a>);

impl<T: Described + Write> Validate for T {
    fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
        check_item(walk.0, T::ITEM, self.view(), None, &KeyPath::ROOT);
    }
}

/// Checks the keys of an item in a document that was not read into a type, such as the data of a credential.
pub fn keys(item: &'static Item, value: &Value) -> Report {
    let mut cx = Context::new(None, Strictness::Typed);
    check_item(&mut cx, item, value.view(), None, &KeyPath::ROOT);
    cx.report
}

/// Checks the keys of an item like [`keys`], and whether they work on the target.
pub fn check_keys(item: &'static Item, value: &Value, target: &Target) -> Report {
    let mut cx = Context::new(Some(target), Strictness::Typed);
    check_item(&mut cx, item, value.view(), None, &KeyPath::ROOT);
    cx.report
}

/// Checks the body of a response, or of the reply to a check-in message. `item` is the command or message it responds to.
pub fn response(item: &'static Item, body: &dyn Record) -> Report {
    let mut cx = Context::new(None, Strictness::Typed);
    let view = View::Record(body);
    cx.within(item, &KeyPath::ROOT, |cx| {
        fields::check_dictionary(cx, view, item.response.as_slice(), &KeyPath::ROOT);
    });
    cx.report
}

/// Checks an item. `common` is the table of the keys that all items of the family share.
pub(crate) fn check_item<'a>(
    cx: &mut Context<'a>,
    item: &'static Item,
    view: View<'a>,
    common: Option<&'static Dict>,
    path: &KeyPath<'_>,
) {
    available::check_enrollment(cx);
    cx.within(item, path, |cx| {
        cx.within_part(|cx| check_within_item(cx, item, view, common, path));
    });
}

fn check_within_item<'a>(
    cx: &mut Context<'a>,
    item: &'static Item,
    view: View<'a>,
    common: Option<&'static Dict>,
    path: &KeyPath<'_>,
) {
    let exists = if cx.collector.is_some() {
        cx.collect_item(item, path);
        true
    } else {
        is_available(cx, item, path)
    };
    // A status item has no table: its value is a key in the table of all status items.
    let tables: Vec<&'static Dict> = item.keys.into_iter().chain(common).collect();
    if exists && !tables.is_empty() {
        fields::check_dictionary(cx, view, &tables, path);
    }
}

fn is_available(cx: &mut Context<'_>, item: &'static Item, path: &KeyPath<'_>) -> bool {
    available::check_scope(cx, item, path);
    let name = || format!("{} `{}`", item.family, item.name);
    let check = |cx: &mut Context<'_>| {
        available::check(cx, item.support, item.replaced_by, path, name)
            && available::check_system_and_channel(cx, item.support, path, name)
    };
    match item.keys {
        Some(table) => cx.with_table(table, check),
        None => check(cx),
    }
}
