//! Checks references between the declarations of a set.

use std::collections::HashMap;

use super::code::Code;
use super::context::{Context, Strictness};
use super::families::declared;
use super::finding::Report;
use super::path::KeyPath;
use super::subject::{Validate, Walk};
use super::target::Target;
use crate::codec::{View, Write};
use crate::items::declarations::Declaration;
use crate::schema::{Dict, Key, Kind, Severity};

/// Checks each declaration of a set against the schema and the target, if any, and all of them together: identifiers are unique,
/// references lead to assets of an allowed type, and activations name configurations of the set.
///
/// Paths begin with the index in the set, as in `[2].Payload.CredentialAssetReference`.
///
/// ```
/// use apple_mdm::declarations::{ActivationSimple, Declaration, Envelope};
/// use apple_mdm::validate;
///
/// let activation = ActivationSimple::new(vec!["com.example.passcode".into()]);
/// let set = [Declaration::from(Envelope::new("com.example.activation", "1", activation))];
/// let report = validate::declarations(&set, None);
/// let finding = report.warnings().next().unwrap();
/// assert_eq!(finding.path, "[0].Payload.StandardConfigurations[0]");
/// assert_eq!(finding.code, validate::Code::BadReference);
/// ```
pub fn declarations(set: &[Declaration], target: Option<&Target>) -> Report {
    let mut cx = Context::new(target, Strictness::Typed);
    let mut declarations = DeclarationSet(HashMap::new());
    for (index, declaration) in set.iter().enumerate() {
        let before = cx.report.findings().len();
        cx.forget_places();
        declaration.walk(&mut Walk(&mut cx));
        if let Some(identifier) = declaration.identifier() {
            match declarations.0.get(identifier) {
                Some((first, _)) => cx.add(
                    Code::Unique,
                    Severity::Error,
                    &KeyPath::ROOT.key("Identifier"),
                    format!("each declaration has an identifier of its own: the same stands at [{first}].Identifier"),
                ),
                None => {
                    declarations.0.insert(identifier, (index, declaration));
                }
            }
        }
        cx.report.move_under(before, &format!("[{index}]"));
    }
    for (index, declaration) in set.iter().enumerate() {
        let Some(item) = declared(&cx.catalog, declaration) else {
            continue;
        };
        let before = cx.report.findings().len();
        let payload = declaration.view().value("Payload");
        let path = KeyPath::ROOT.key("Payload");
        cx.within(item, &path, |cx| {
            if let Some(table) = item.keys {
                declarations.dictionary(cx, table, payload, &path);
            }
            if item.name.starts_with("com.apple.activation.") {
                let configurations = payload.value("StandardConfigurations");
                declarations.activation(cx, configurations, &path.key("StandardConfigurations"));
            }
        });
        cx.report.move_under(before, &format!("[{index}]"));
    }
    cx.report
}

/// The declarations of a set by identifier, each with its index.
struct DeclarationSet<'a>(HashMap<&'a str, (usize, &'a Declaration)>);

impl<'a> DeclarationSet<'a> {
    fn dictionary(&self, cx: &mut Context<'a>, table: &'static Dict, view: View<'a>, path: &KeyPath<'_>) {
        if !matches!(view, View::Map(_) | View::Record(_)) {
            return;
        }
        for key in table.keys {
            let value = view.value(key.name);
            if !value.is_absent() {
                self.value(cx, key, value, &path.key(key.name));
            }
        }
        if let Some(any) = table.any {
            view.each(&mut |name, value| {
                if table.index(name).is_none() {
                    self.value(cx, any, *value, &path.key(name));
                }
            });
        }
    }

    fn value(&self, cx: &mut Context<'a>, key: &'static Key, view: View<'a>, path: &KeyPath<'_>) {
        match (key.kind, view) {
            (Kind::String, View::String(identifier)) if !key.details().asset_types.is_empty() => {
                self.asset(cx, key, identifier, path);
            }
            (Kind::Array(item), View::Array(list)) => {
                for index in 0..list.len() {
                    let path = path.index(index);
                    match list.item(index) {
                        // The allowed types are stated at the array.
                        View::String(identifier) if !key.details().asset_types.is_empty() => {
                            self.asset(cx, key, identifier, &path);
                        }
                        view => self.value(cx, item, view, &path),
                    }
                }
            }
            (Kind::Dictionary(table), _) => self.dictionary(cx, table, view, path),
            (Kind::Map(value), _) => view.each(&mut |name, view| self.value(cx, value, *view, &path.key(name))),
            (Kind::Union(union), _) => {
                if let View::String(tag) = view.value(union.tag)
                    && let Some((_, alternative)) = union.alternatives.iter().find(|(value, _)| *value == tag)
                {
                    self.value(cx, alternative, view, path);
                }
            }
            _ => {}
        }
    }

    fn asset(&self, cx: &mut Context<'a>, key: &'static Key, identifier: &str, path: &KeyPath<'_>) {
        let wanted = key.details();
        let wrong = |cx: &mut Context<'a>, message: String| cx.add(Code::BadReference, Severity::Error, path, message);
        let allowed = || {
            let all: Vec<String> = wanted.asset_types.iter().map(|name| format!("`{name}`")).collect();
            all.join(" or ")
        };
        let Some((place, asset)) = self.0.get(identifier) else {
            let message = format!(
                "no declaration of the set is called `{}`: expected {}",
                identifier.escape_debug(),
                allowed()
            );
            return wrong(cx, message);
        };
        let found = asset.declaration_type().unwrap_or_default();
        if !wanted.asset_types.contains(&found) {
            let message = format!("[{place}] is a `{}`: expected {}", found.escape_debug(), allowed());
            return wrong(cx, message);
        }
        let reference = asset.view().value("Payload").value("Reference");
        if let View::String(found) = reference.value("ContentType")
            && !wanted.asset_content_types.is_empty()
            && !wanted
                .asset_content_types
                .iter()
                .any(|allowed| allowed.eq_ignore_ascii_case(found))
        {
            let allowed = wanted.asset_content_types.join(", ");
            let message = format!(
                "the data of [{place}] is `{}`: expected one of {allowed}",
                found.escape_debug()
            );
            wrong(cx, message);
        }
    }

    /// Checks the configurations of an activation. One that is not in the set is only a warning, since the device may already have it.
    fn activation(&self, cx: &mut Context<'a>, configurations: View<'a>, path: &KeyPath<'_>) {
        let View::Array(list) = configurations else { return };
        for index in 0..list.len() {
            let View::String(identifier) = list.item(index) else {
                continue;
            };
            let path = &path.index(index);
            match self.0.get(identifier) {
                None => {
                    let message = format!("no declaration of the set is called `{}`", identifier.escape_debug());
                    cx.add(Code::BadReference, Severity::Warning, path, message);
                }
                Some((place, declaration)) => {
                    let found = declaration.declaration_type().unwrap_or_default();
                    if !found.starts_with("com.apple.configuration.") {
                        let message = format!("[{place}] is a `{}`: expected a configuration", found.escape_debug());
                        cx.add(Code::BadReference, Severity::Error, path, message);
                    }
                }
            }
        }
    }
}
