//! What the schema says about each place in a document.
//!
//! Validation reports paths. This module finds the schema key that belongs to a path, which decides whether a finding may show the value
//! there: only the values of keys that the schema knows and that hold no secret are ever shown.

use super::Kind;
use super::secrecy;
use super::tree::{Node, Tree};
use crate::codec::{HasTable, View, Write};
use crate::error::path;
use crate::items::catalog::Catalog;
use crate::items::commands::{Request, Response};
use crate::items::declarations::DECLARATION_BASE;
use crate::items::profiles::{CommonPayloadKeys, TOP_LEVEL};
use crate::items::protocol::StatusReport;
use crate::items::registry;
use crate::schema::{
    Check, Described, Dict, EmbeddedDocument, Family, Item, Key, Kind as KeyKind, Rule, Step as RuleStep, TextFormat,
    TextTest,
};
use crate::validate::{KeyPath, find_item, keys_below};

/// The part of the schema that describes a value.
#[derive(Clone, Copy)]
enum Scope<'c> {
    /// The top level of a profile.
    Profile(&'c Catalog),
    /// The payloads of a profile.
    Payloads(&'c Catalog),
    /// A payload with managed preferences.
    ManagedPreferences([Option<&'static Dict>; 2], &'c Catalog),
    /// The preference domains of managed preferences.
    Domains(&'c Catalog),
    /// A value within the settings of a preference domain that is known as a payload, too.
    Domain(&'static Item),
    /// The request around a command.
    Request(&'c Catalog),
    /// A declaration.
    Declaration(&'c Catalog),
    /// A dictionary whose keys are in these tables.
    Tables([Option<&'static Dict>; 2]),
    /// The value of a key.
    Value(&'static Key),
    /// Nothing is known about the value.
    Unknown,
}

/// What the schema says about a value.
#[derive(Clone, Copy)]
pub(super) struct Place<'c> {
    scope: Scope<'c>,
    /// The item that describes the value, or a value around it.
    item: Option<&'static Item>,
    /// The key, or the item of an array, if the schema knows it.
    pub(super) key: Option<&'static Key>,
    /// The key of the array, if the value is an item of one.
    pub(super) array: Option<&'static Key>,
    /// Whether the value, or a value around it, is a secret.
    pub(super) is_secret: bool,
    /// The table of the key, or of the key of the arrays around the value.
    table: Option<&'static Dict>,
}

/// A step from a value to one in it.
#[derive(Clone, Copy)]
pub(super) enum Step<'s> {
    Key(&'s str),
    Index,
}

impl<'c> Place<'c> {
    /// The place of the whole document.
    pub(super) fn root(tree: &Tree<'_>, kind: Kind, item: Option<&'static Item>, catalog: &'c Catalog) -> Self {
        let tables = |item: Option<&'static Item>, common| match item {
            Some(item) => Scope::Tables([item.keys, common]),
            None => Scope::Unknown,
        };
        let of_response = |item: Option<&'static Item>| Scope::Tables([item.and_then(|item| item.response), None]);
        let root = tree.root.view();
        let scope = match (kind, item) {
            (Kind::Response, _) => Scope::Tables([item.and_then(|item| item.response), Some(Response::TABLE)]),
            (Kind::CheckinResponse, _) => of_response(item),
            (Kind::Command, None) if !root.value("Command").is_absent() => Scope::Request(catalog),
            (Kind::Command, None) => command(catalog, root),
            (Kind::Profile, None) => Scope::Profile(catalog),
            (Kind::Declaration, None) => Scope::Declaration(catalog),
            (Kind::Checkin, None) => tables(tagged(catalog, Family::CheckIn, root, "MessageType"), None),
            (Kind::StatusReason, None) => Scope::Tables([super::kind::error_reason(), None]),
            (Kind::Status, None) => tables(Some(StatusReport::ITEM), None),
            (Kind::Profile, Some(_)) => tables(item, Some(CommonPayloadKeys::TABLE)),
            _ => tables(item, None),
        };
        let item = match (kind, item) {
            (Kind::Command, None) if !matches!(scope, Scope::Request(_)) => {
                tagged(catalog, Family::Command, root, "RequestType")
            }
            (Kind::Checkin, None) => tagged(catalog, Family::CheckIn, root, "MessageType"),
            (Kind::Status, None) => Some(StatusReport::ITEM),
            _ => item,
        };
        Self::unnamed(scope).within(item)
    }

    const fn unnamed(scope: Scope<'c>) -> Self {
        Self {
            scope,
            item: None,
            key: None,
            array: None,
            is_secret: false,
            table: None,
        }
    }

    /// A place that belongs to the structure of a document.
    const fn structural(scope: Scope<'c>) -> Self {
        Self {
            key: Some(&ANY_TEXT),
            ..Self::unnamed(scope)
        }
    }

    const fn within(self, item: Option<&'static Item>) -> Self {
        Self { item, ..self }
    }

    /// The item that describes the value, or a value around it.
    pub(super) const fn item(&self) -> Option<&'static Item> {
        self.item
    }

    /// Whether a finding may show the value: the schema knows its key, and it is no secret. A scalar instead of a dictionary could be a secret
    /// that belongs in there.
    pub(super) fn may_be_shown(&self) -> bool {
        self.key.is_some_and(|key| holds_scalars(key.kind)) && !self.is_secret
    }

    /// Whether the value at `path` is a regular expression.
    pub(super) fn is_regex(&self, path: &KeyPath<'_>) -> bool {
        let Some((table, name)) = self.table.zip(path.last_key()) else {
            return false;
        };
        let is_here = |path: &[RuleStep]| match path {
            [RuleStep::Key(known), rest @ ..] => *known == name && rest.iter().all(|step| *step == RuleStep::Items),
            _ => false,
        };
        let is_regex = |rule: &Rule| matches!(rule.check, Check::Pattern { key, test: TextTest::Format(TextFormat::Regex), .. } if is_here(key));
        let key = table.key(name).or(table.any);
        name.to_ascii_lowercase().contains("regex")
            || key.is_some_and(|key| key.details().value_type == Some("regex"))
            || table.rules.iter().any(is_regex)
    }

    /// Returns the kind of document that the value at `path` must be.
    pub(super) fn embeds(&self, path: &KeyPath<'_>) -> Option<EmbeddedDocument> {
        let table = self.table.filter(|_| self.array.is_none())?;
        let name = path.last_key()?;
        table.rules.iter().find_map(|rule| match rule.check {
            Check::Document {
                key: [RuleStep::Key(known)],
                holds,
            } if *known == name => Some(holds),
            _ => None,
        })
    }

    /// The place of a value in this one: `node` is this value, `child` the other, if they exist.
    pub(super) fn child(&self, node: Option<&Node<'_>>, step: Step<'_>, child: Option<&Node<'_>>) -> Self {
        let mut place = match (self.scope, step) {
            // Anything but a list of payloads could be the secret of a payload.
            (Scope::Profile(catalog), Step::Key("PayloadContent")) => Self {
                key: TOP_LEVEL
                    .key("PayloadContent")
                    .filter(|_| child.is_some_and(Node::is_array)),
                ..Self::unnamed(Scope::Payloads(catalog))
            },
            (Scope::Profile(_), Step::Key(name)) => in_tables([Some(&TOP_LEVEL), None], name),
            (Scope::Payloads(catalog), Step::Index) => {
                child.map_or(Self::unnamed(Scope::Unknown), |child| payload(catalog, child))
            }
            (Scope::ManagedPreferences(_, catalog), Step::Key("PayloadContent")) => {
                Self::structural(Scope::Domains(catalog))
            }
            (Scope::ManagedPreferences(tables, _), Step::Key(name)) => in_tables(tables, name),
            (Scope::Domains(catalog), Step::Key(name)) => {
                let item = preference_domain(catalog, name);
                Self::structural(item.map_or(Scope::Unknown, Scope::Domain))
            }
            (Scope::Domain(item), Step::Key("mcx_preference_settings")) => {
                Self::structural(Scope::Tables([item.keys, None])).within(Some(item))
            }
            (Scope::Domain(item), _) => Self::structural(Scope::Domain(item)),
            (Scope::Request(catalog), Step::Key("Command")) => Self {
                key: Request::TABLE.key("Command"),
                ..child.map_or(Self::unnamed(Scope::Unknown), |child| {
                    let item = tagged(catalog, Family::Command, child.view(), "RequestType");
                    Self::unnamed(command(catalog, child.view())).within(item)
                })
            },
            (Scope::Request(_), Step::Key(name)) => in_tables([Some(Request::TABLE), None], name),
            (Scope::Declaration(catalog), Step::Key("Payload")) => {
                let item = node.and_then(|node| tagged(catalog, Family::Declaration, node.view(), "Type"));
                Self {
                    key: DECLARATION_BASE.key("Payload"),
                    ..Self::unnamed(item.map_or(Scope::Unknown, |item| Scope::Tables([item.keys, None]))).within(item)
                }
            }
            (Scope::Declaration(_), Step::Key(name)) => in_tables([Some(&DECLARATION_BASE), None], name),
            (Scope::Tables(tables), Step::Key(name)) => in_tables(tables, name),
            (Scope::Value(key), step) => self.in_value(key, node, step),
            _ => Self::unnamed(Scope::Unknown),
        };
        place.is_secret |= self.is_secret;
        place.item = place.item.or(self.item);
        if let Step::Key(name) = step {
            place.is_secret |= match place.key {
                Some(key) => {
                    let text = child.and_then(Node::text);
                    key.secret
                        || secrecy::holds_secret(key)
                        || text.is_some_and(|text| secrecy::is_misplaced_secret(key, text))
                }
                None => secrecy::resembles_secret(name),
            };
        }
        place
    }

    /// The place of a value in the value of `key`.
    fn in_value(&self, key: &'static Key, node: Option<&Node<'_>>, step: Step<'_>) -> Self {
        match (key.kind, step) {
            (KeyKind::Array(item) | KeyKind::OneOrMany(item), Step::Index) => Self {
                key: Some(item),
                array: Some(key),
                is_secret: item.secret,
                table: self.table,
                ..Self::unnamed(Scope::Value(item))
            },
            (KeyKind::OneOrMany(item), Step::Key(_)) => self.in_value(item, node, step),
            (KeyKind::Dictionary(table), Step::Key(name)) => in_tables([Some(table), None], name),
            (KeyKind::Map(value), Step::Key(_)) => Self {
                key: Some(value),
                is_secret: value.secret,
                ..Self::unnamed(Scope::Value(value))
            },
            (KeyKind::Union(union), Step::Key(name)) => {
                let tag = match node.map(|node| node.view().value(union.tag)) {
                    Some(View::String(tag)) => tag,
                    _ => "",
                };
                let alternative = union.alternatives.iter().find(|(value, _)| *value == tag);
                match alternative.map(|(_, alternative)| alternative.kind) {
                    Some(KeyKind::Dictionary(table)) => in_tables([Some(table), None], name),
                    // The discriminator itself is known, whatever its value.
                    _ if name == union.tag => Self::structural(Scope::Value(&ANY_TEXT)),
                    _ => Self::unnamed(Scope::Unknown),
                }
            }
            _ => Self::unnamed(Scope::Unknown),
        }
    }

    /// The place at `path`, and the value there if it exists.
    pub(super) fn resolve<'t, 'a>(self, tree: &'t Tree<'a>, path: &str) -> (Self, Option<&'t Node<'a>>) {
        let (mut place, mut node, mut rest) = (self, Some(&tree.root), path);
        while !rest.is_empty() {
            let (key, after) = match path::first_key(rest) {
                Some((key, after)) => (Some(key), after),
                None => match rest.split_once(']') {
                    Some((_, after)) => (None, after),
                    None => return (Self::unnamed(Scope::Unknown), None),
                },
            };
            let step = key.as_deref().map_or(Step::Index, Step::Key);
            let child = node.and_then(|node| node.step(rest)).map(|(_, child, _)| child);
            place = place.child(node, step, child);
            node = child;
            rest = after.strip_prefix('.').unwrap_or(after);
        }
        (place, node)
    }

    /// Returns the item that describes the value at `path`, and the keys from the item to the value.
    pub(super) fn item_and_key(self, tree: &Tree<'_>, path: &str) -> (Option<&'static Item>, Option<String>) {
        let (mut place, mut node, mut rest) = (self, Some(&tree.root), path);
        let (mut depth, mut item_depth) = (0, 0);
        while !rest.is_empty() {
            let child = node.and_then(|node| node.step(rest)).map(|(_, child, _)| child);
            let (step, after) = match path::first_key(rest) {
                Some((key, after)) => (place.child(node, Step::Key(&key), child), after),
                None => match rest.split_once(']') {
                    Some((_, after)) => (place.child(node, Step::Index, child), after),
                    None => break,
                },
            };
            depth += 1;
            if step.item.map(std::ptr::from_ref) != place.item.map(std::ptr::from_ref) {
                item_depth = depth;
            }
            (place, node) = (step, child);
            rest = after.strip_prefix('.').unwrap_or(after);
        }
        (place.item, keys_below(path, item_depth))
    }

    /// Returns the path with the keys below a secret replaced: a secret can be a key.
    pub(super) fn safe_path(self, tree: &Tree<'_>, path: &str) -> String {
        let (mut place, mut node, mut rest) = (self, Some(&tree.root), path);
        let mut safe = String::with_capacity(path.len());
        while !rest.is_empty() {
            let hidden = place.is_secret;
            let child = node.and_then(|node| node.step(rest)).map(|(_, child, _)| child);
            if let Some((key, after)) = path::first_key(rest) {
                place = place.child(node, Step::Key(&key), child);
                path::push_key(&mut safe, if hidden { secrecy::MASK } else { &key });
                rest = after;
            } else {
                let Some((index, after)) = rest.split_once(']') else {
                    break;
                };
                place = place.child(node, Step::Index, child);
                safe.push_str(index);
                safe.push(']');
                rest = after;
            }
            node = child;
            rest = rest.strip_prefix('.').unwrap_or(rest);
        }
        safe
    }

    /// Calls `f` with each value of the document, parents first.
    pub(super) fn each<'t, 'a>(
        &self,
        node: &'t Node<'a>,
        at: &KeyPath<'_>,
        f: &mut dyn FnMut(&KeyPath<'_>, &Self, &'t Node<'a>),
    ) {
        f(at, self, node);
        for (index, item) in node.items().iter().enumerate() {
            self.child(Some(node), Step::Index, Some(item))
                .each(item, &at.index(index), f);
        }
        for (key, value) in node.entries() {
            self.child(Some(node), Step::Key(key), Some(value))
                .each(value, &at.key(key), f);
        }
    }
}

/// A key that belongs to the structure of a document and holds no secret.
static ANY_TEXT: Key = Key::new("", KeyKind::String);

/// The place of a key in a dictionary with these tables.
fn in_tables<'c>(tables: [Option<&'static Dict>; 2], name: &str) -> Place<'c> {
    let known = || tables.into_iter().flatten();
    let found = known()
        .find_map(|table| Some((table, table.key(name)?)))
        .or_else(|| known().find_map(|table| Some((table, table.any?))));
    let Some((table, key)) = found else {
        return Place::unnamed(Scope::Unknown);
    };
    Place {
        key: Some(key),
        table: Some(table),
        ..Place::unnamed(Scope::Value(key))
    }
}

/// Whether the value of a key is a scalar or an array of scalars.
const fn holds_scalars(kind: KeyKind) -> bool {
    match kind {
        KeyKind::Array(item) => holds_scalars(item.kind) && !item.secret,
        KeyKind::Dictionary(_) | KeyKind::Union(_) | KeyKind::Map(_) => false,
        _ => true,
    }
}

/// The item that a dictionary names at `tag`.
fn tagged(catalog: &Catalog, family: Family, view: View<'_>, tag: &str) -> Option<&'static Item> {
    match view.value(tag) {
        View::String(name) => find_item(catalog, family, name, view),
        _ => None,
    }
}

fn command<'c>(catalog: &Catalog, view: View<'_>) -> Scope<'c> {
    match tagged(catalog, Family::Command, view, "RequestType") {
        Some(item) => Scope::Tables([item.keys, Some(&COMMAND_TAG)]),
        None => Scope::Tables([Some(&COMMAND_TAG), None]),
    }
}

/// The payload whose keys are the settings of a preference domain.
pub(super) fn preference_domain(catalog: &Catalog, name: &str) -> Option<&'static Item> {
    registry::item(Family::Profile, name).or_else(|| catalog.named(Family::Profile, name).next())
}

/// The key that names a command, which the tables of commands lack.
static COMMAND_TAG: Dict = {
    const KEYS: &[Key] = &[Key::new("RequestType", KeyKind::String)];
    Dict::of("RequestType", KEYS)
};

fn payload<'c>(catalog: &'c Catalog, node: &Node<'_>) -> Place<'c> {
    let common = Some(CommonPayloadKeys::TABLE);
    let item = tagged(catalog, Family::Profile, node.view(), "PayloadType");
    let scope = match item {
        Some(item) if item.name == "com.apple.ManagedClient.preferences" => {
            Scope::ManagedPreferences([item.keys, common], catalog)
        }
        Some(item) => Scope::Tables([item.keys, common]),
        None => Scope::Tables([common, None]),
    };
    Place::unnamed(scope).within(item)
}
