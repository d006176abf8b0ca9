//! What can be validated, and how a walk over it begins.

use super::context::{Context, Strictness};
use super::finding::Report;
use super::path::Trail;
use super::target::Target;
use super::{available, fields};
use crate::codec::{View, Write};
use crate::schema::{Described, Dict, Item};

/// A value that can be held against the schema.
pub trait Validate {
    /// Holds the value against itself: required keys, bounds, allowed values, forms, and the rules that Apple states in prose.
    fn validate(&self) -> Report {
        let mut cx = Context::new(None, Strictness::Typed);
        self.walk(&mut Walk(&mut cx));
        cx.report
    }

    /// Holds the value against itself and the target.
    fn check(&self, target: &Target) -> Report {
        let mut cx = Context::new(Some(target), Strictness::Typed);
        self.walk(&mut Walk(&mut cx));
        cx.report
    }

    /// Those of the targets for which the value has no error.
    fn works_on<'t>(&self, targets: &'t [Target]) -> Vec<&'t Target> {
        targets.iter().filter(|target| self.check(target).is_ok()).collect()
    }

    #[doc(hidden)]
    fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>);
}

/// A walk over a value.
pub struct Walk<'c, 'a>(pub(crate) &'c mut Context<'a>);

impl<T: Described + Write> Validate for T {
    fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
        item(walk.0, T::ITEM, self.view(), &[], &Trail::ROOT);
    }
}

/// Holds a tree with the keys of an item against what the schema says of that item: for documents that are not read into a
/// type, such as the data of credentials.
pub fn keys(item: &'static Item, value: &crate::value::Value) -> Report {
    let mut cx = Context::new(None, Strictness::Typed);
    self::item(&mut cx, item, value.view(), &[], &Trail::ROOT);
    cx.report
}

/// The same against a target too.
pub fn check_keys(item: &'static Item, value: &crate::value::Value, target: &Target) -> Report {
    let mut cx = Context::new(Some(target), Strictness::Typed);
    self::item(&mut cx, item, value.view(), &[], &Trail::ROOT);
    cx.report
}

/// Holds the body of a response (or the reply to a check-in) against what the schema says of the item that it answers.
pub fn response(item: &'static Item, body: &dyn crate::codec::Record) -> Report {
    let mut cx = Context::new(None, Strictness::Typed);
    let tables: Vec<&'static Dict> = item.response.into_iter().collect();
    fields::dictionary(&mut cx, View::Record(body), &tables, &Trail::ROOT);
    cx.report
}

/// Holds an item against its description; `beside` are the tables of the keys that all items of its family have.
pub(crate) fn item<'a>(
    cx: &mut Context<'a>,
    item: &'static Item,
    view: View<'a>,
    beside: &[&'static Dict],
    trail: &Trail<'_>,
) {
    let name = || format!("{} `{}`", item.family, item.name);
    if !available::check(cx, item.support, trail, name) {
        return;
    }
    available::check_channel(cx, item.support, trail, name);
    let tables: Vec<&'static Dict> = item.keys.iter().copied().chain(beside.iter().copied()).collect();
    fields::dictionary(cx, view, &tables, trail);
}

#[cfg(any(
    feature = "commands",
    feature = "profiles",
    feature = "checkin",
    feature = "declarations"
))]
mod families {
    use super::super::finding::{Code, Severity};
    use super::super::suggest;
    use super::{Context, Dict, Trail, View, Walk, fields, item};
    use crate::item::Over;
    use crate::schema::{Family, Item};

    /// The key that says what an item is, for the table beside it.
    macro_rules! tag_table {
        ($name:ident, $key:literal) => {
            static $name: Dict = {
                use crate::schema::{Key, Kind};
                Dict {
                    keys: &[Key {
                        required: true,
                        ..Key::new($key, Kind::String)
                    }],
                    by_name: &[0],
                    ..Dict::new($key)
                }
            };
        };
    }

    #[cfg(feature = "commands")]
    tag_table!(REQUEST_TYPE, "RequestType");

    /// Holds an item of an enum over items against what it is.
    fn over<'a, E: Over>(
        cx: &mut Context<'a>,
        over: &'a E,
        view: View<'a>,
        family: Family,
        items: &'static [&'static Item],
        beside: &[&'static Dict],
        trail: &Trail<'_>,
    ) {
        if let Some((_, known)) = over.known() {
            item(cx, known, view, beside, trail);
        } else if let Some(invalid) = over.invalid() {
            // What does not fit is found by looking at the keys as they are.
            if let Some(known) = called(items, &invalid.name, view) {
                item(cx, known, view, beside, trail);
            }
        } else if let Some(unknown) = over.unknown() {
            self::unknown(cx, unknown.name.as_deref(), family, items, trail);
            if !beside.is_empty() {
                // Its own keys may be any.
                static ANY: Dict = {
                    use crate::schema::{Key, Kind};
                    static VALUE: Key = Key::new("", Kind::Any);
                    Dict {
                        any: Some(&VALUE),
                        ..Dict::new("unknown")
                    }
                };
                let tables: Vec<&'static Dict> = beside.iter().copied().chain([&ANY]).collect();
                fields::dictionary(cx, view, &tables, trail);
            }
        }
    }

    /// The item of this name; of several with one name, the one that `view` is.
    pub(crate) fn called(items: &'static [&'static Item], name: &str, view: View<'_>) -> Option<&'static Item> {
        let mut fallback = None;
        for item in items.iter().copied().filter(|item| item.name == name) {
            match item.selector {
                Some((key, value)) if matches!(view.value(key), View::String(text) if text == value) => {
                    return Some(item);
                }
                Some(_) => {}
                None => fallback = Some(item),
            }
        }
        fallback
    }

    /// Finds that no item is called so.
    pub(crate) fn unknown(
        cx: &mut Context<'_>,
        name: Option<&str>,
        family: Family,
        items: &'static [&'static Item],
        trail: &Trail<'_>,
    ) {
        let Some(name) = name else {
            cx.find(
                Code::MissingKey,
                Severity::Error,
                trail,
                format!("it does not say which {family} it is"),
            );
            return;
        };
        let meant = suggest::closest(name, items.iter().map(|item| item.name));
        // Payloads of other vendors are normal; what is nearly one of Apple's is not.
        let severity = match (family, meant) {
            (Family::Profile, None) => Severity::Info,
            _ => Severity::Warning,
        };
        let message = format!("the schema has no {family} `{}`", name.escape_debug());
        cx.find_with_help(
            Code::UnknownItem,
            severity,
            trail,
            message,
            meant.map(|meant| format!("did you mean `{meant}`?")),
        );
    }

    #[cfg(feature = "commands")]
    mod commands {
        use super::super::Validate;
        use super::{Family, REQUEST_TYPE, Trail, Walk, fields, over};
        use crate::blank::Tabled;
        use crate::codec::{View, Write};
        use crate::commands::{Command, ITEMS, Request, Response};

        impl Validate for Command {
            fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
                over(
                    walk.0,
                    self,
                    self.view(),
                    Family::Command,
                    ITEMS,
                    &[&REQUEST_TYPE],
                    &Trail::ROOT,
                );
            }
        }

        impl Validate for Request {
            fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
                fields::dictionary(walk.0, View::Record(self), &[Self::TABLE], &Trail::ROOT);
                let trail = &Trail::ROOT.key("Command");
                over(
                    walk.0,
                    &self.command,
                    self.command.view(),
                    Family::Command,
                    ITEMS,
                    &[&REQUEST_TYPE],
                    trail,
                );
            }
        }

        impl Validate for Response {
            /// The body is not looked at: nothing says which command it answers. The typed body can be validated itself.
            fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
                for (index, key) in Self::TABLE.keys.iter().enumerate() {
                    let view = crate::codec::Record::get(self, index);
                    if !view.is_absent() {
                        fields::value(walk.0, key, view, &Trail::ROOT.key(key.name));
                    }
                }
            }
        }
    }

    #[cfg(feature = "checkin")]
    mod checkin {
        use super::super::Validate;
        use super::{Family, Trail, Walk, over};
        use crate::checkin::{ITEMS, Message};
        use crate::codec::Write;

        impl Validate for Message {
            fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
                over(walk.0, self, self.view(), Family::CheckIn, ITEMS, &[], &Trail::ROOT);
            }
        }
    }

    #[cfg(feature = "profiles")]
    mod profiles {
        use super::super::Validate;
        use super::{Family, Trail, Walk, fields, over};
        use crate::blank::Tabled;
        use crate::codec::{View, Write};
        use crate::profiles::{CommonPayloadKeys, Content, ITEMS, Payload, PayloadEntry, Profile, TOP_LEVEL};

        impl Validate for Payload {
            fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
                static TYPE: crate::schema::Dict = {
                    use crate::schema::{Dict, Key, Kind};
                    Dict {
                        keys: &[Key::new("PayloadType", Kind::String)],
                        by_name: &[0],
                        ..Dict::new("PayloadType")
                    }
                };
                over(
                    walk.0,
                    self,
                    self.view(),
                    Family::Profile,
                    ITEMS,
                    &[&TYPE],
                    &Trail::ROOT,
                );
            }
        }

        impl Validate for PayloadEntry {
            fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
                entry(self, walk, &Trail::ROOT);
            }
        }

        fn entry<'a>(entry: &'a PayloadEntry, walk: &mut Walk<'_, 'a>, trail: &Trail<'_>) {
            let tables = [<CommonPayloadKeys as Tabled>::TABLE];
            over(
                walk.0,
                &entry.payload,
                entry.view(),
                Family::Profile,
                ITEMS,
                &tables,
                trail,
            );
        }

        impl Validate for Profile {
            fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
                if let Content::Plain(payloads) = &self.content {
                    walk.0.within(View::Array(payloads));
                }
                fields::dictionary(walk.0, View::Record(self), &[&TOP_LEVEL], &Trail::ROOT);
                let content = Trail::ROOT.key("PayloadContent");
                for (index, payload) in self.payloads().iter().enumerate() {
                    entry(payload, walk, &content.index(index));
                }
                let types = self.payloads().iter().map(|entry| entry.payload.item());
                super::super::super::several::check(walk.0, types, &content);
            }
        }
    }

    #[cfg(feature = "declarations")]
    mod declarations {
        use super::super::{Validate, item};
        use super::{Family, Trail, Walk, fields};
        use crate::blank::Blank;
        use crate::codec::{Map, View, Write};
        use crate::declarations::{DECLARATION_BASE, Declaration, DeclarationItem, Envelope, ITEMS};
        use crate::item::Over;
        use crate::schema::Item;

        fn declaration<'a>(walk: &mut Walk<'_, 'a>, known: &'static Item, view: View<'a>) {
            fields::dictionary(walk.0, view, &[&DECLARATION_BASE], &Trail::ROOT);
            let payload = view.value("Payload");
            if matches!(payload, View::Map(_) | View::Record(_)) {
                item(walk.0, known, payload, &[], &Trail::ROOT.key("Payload"));
            }
        }

        impl<T: DeclarationItem + Blank> Validate for Envelope<T> {
            fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
                declaration(walk, T::ITEM, self.view());
            }
        }

        impl Validate for Declaration {
            fn walk<'a>(&'a self, walk: &mut Walk<'_, 'a>) {
                let name = self.invalid().map(|invalid| invalid.name.as_str());
                let invalid = name.and_then(|name| ITEMS.iter().find(|item| item.name == name).copied());
                match self.known().map(|(_, item)| item).or(invalid) {
                    Some(known) => declaration(walk, known, self.view()),
                    None => {
                        let name = self.unknown().and_then(|unknown| unknown.name.as_deref());
                        super::unknown(walk.0, name, Family::Declaration, ITEMS, &Trail::ROOT);
                        if self.len() > 0 {
                            fields::dictionary(walk.0, self.view(), &[&DECLARATION_BASE], &Trail::ROOT);
                        }
                    }
                }
            }
        }
    }
}
#[cfg(any(
    feature = "commands",
    feature = "profiles",
    feature = "checkin",
    feature = "declarations"
))]
#[allow(unused_imports)]
pub(crate) use families::unknown;
