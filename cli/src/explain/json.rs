//! Items and keys as JSON.

use apple_mdm::schema::{Availability, Choice, Described, Dict, Family, Item, Key, Kind, Literal, Place, Reason, Rule};
use apple_mdm::status::StatusItems;
use serde_json::{Map, Value, json};

use super::name::FoundKey;
use super::{DescribedTarget, dictionaries, json_availability, rust_path};

/// The word for a family.
pub const fn family(family: Family) -> &'static str {
    match family {
        Family::Command => "command",
        Family::Profile => "profile",
        Family::CheckIn => "checkin",
        Family::Error => "error",
        Family::Declaration => "declaration",
        Family::Credential => "credential",
        Family::Status => "status",
        Family::Protocol => "protocol",
        _ => "other",
    }
}

/// Everything about an item.
pub fn item(item: &'static Item, target: Option<&DescribedTarget>) -> Value {
    let mut keys = Vec::new();
    item.each_key(&mut |path, place| keys.push(key(path, place, item.keys)));
    let mut response = Vec::new();
    item.each_response_key(&mut |path, place| response.push(key(path, place, item.response)));
    let availability = Availability::of(item.support);
    let mut value = json!({
        "kind": "item",
        "item": item.name,
        "family": family(item.family),
        "title": item.title,
        "description": item.description,
        "aliases": item.aliases,
        "selector": item.selector.map(|(key, value)| json!({ "key": key, "value": value })),
        "rust": rust_path(item),
        "files": item.files,
        "platforms": json_availability::platforms(&availability),
        "replaced_by": item.replaced_by,
        "apply": item.apply,
        "related": item.related,
        "value": null,
        "keys": keys,
        "rules": item.keys.map_or_else(Vec::new, rules),
        "retired": item.keys.map_or_else(Vec::new, retired),
        "response": response,
        "response_rules": item.response.map_or_else(Vec::new, rules),
        "response_retired": item.response.map_or_else(Vec::new, retired),
        "values": item.choices.iter().map(|listed| choice(listed, Availability::of(item.support))).collect::<Vec<_>>(),
        "reasons": item.reasons.iter().map(reason).collect::<Vec<_>>(),
    });
    // The table of all status items states the value of each.
    if item.family == Family::Status
        && item.keys.is_none()
        && let Some(place) = StatusItems::ITEM.place(item.name)
    {
        value["value"] = key(item.name, place, None);
        let mut below = Vec::new();
        super::key_list::each_key_below(StatusItems::ITEM, false, item.name, &mut |path, place| {
            below.push(key(path, place, None));
        });
        value["keys"] = below.into();
    }
    if let Some(target) = target {
        value["target"] = json_availability::verdict(item.name, &availability, target);
    }
    value
}

/// Everything about a key.
pub fn found_key(item: &'static Item, found: &FoundKey, target: Option<&DescribedTarget>) -> Value {
    let place = if found.in_response {
        item.response_place(&found.path)
    } else {
        item.place(&found.path)
    };
    let dict = if found.in_response { item.response } else { item.keys };
    let mut value = place.map_or_else(|| json!({}), |place| key(&found.path, place, dict));
    let mut below = Vec::new();
    super::key_list::each_key_below(item, found.in_response, &found.path, &mut |path, place| {
        below.push(key(path, place, None));
    });
    if let Value::Object(map) = &mut value {
        let mut named = Map::new();
        named.insert("kind".into(), "key".into());
        named.insert("item".into(), item.name.into());
        named.insert("family".into(), family(item.family).into());
        named.insert("in_response".into(), found.in_response.into());
        named.append(map);
        named.insert("keys".into(), below.into());
        if let Some(dict) = dictionary(found.key.kind) {
            named.insert("rules".into(), rules(dict).into());
            named.insert("retired".into(), retired(dict).into());
        }
        *map = named;
    }
    if let Some(target) = target {
        value["target"] = json_availability::verdict(&found.path, &found.availability, target);
    }
    value
}

/// A key at a path. `dict` is the table of the item, whose rules may mention it.
fn key(path: &str, place: Place, dict: Option<&'static Dict>) -> Value {
    let Place { key, availability, .. } = place;
    let details = key.details();
    let listed = match key.kind {
        Kind::Array(element) | Kind::OneOrMany(element) if key.choices.is_empty() => element,
        _ => key,
    };
    let presence = match (key.name.is_empty(), key.required) {
        (true, _) => Value::Null,
        (false, true) => "required".into(),
        (false, false) => "optional".into(),
    };
    let bounds = |min: Value, max: Value| match (&min, &max) {
        (Value::Null, Value::Null) => Value::Null,
        _ => json!({ "min": min, "max": max }),
    };
    let bound = |bound: Option<Literal>| bound.map_or(Value::Null, literal);
    let count = details.repetition.map(|(min, max)| bounds(json!(min), json!(max)));
    let mentions = dict.map_or_else(Vec::new, |dict| rules_about(dict, key));
    json!({
        "key": path,
        "type": key.kind.name(),
        "elements": element(key.kind).map(|element| element.kind.name()),
        "distinguished_by": union_tag(key.kind),
        "presence": presence,
        "secret": key.secret,
        "default": key.default.map(literal),
        "range": bounds(bound(details.min), bound(details.max)),
        "count": count,
        "allowed": listed.choices.iter().map(|listed| choice(listed, availability)).collect::<Vec<_>>(),
        "only_allowed": listed.closed,
        "pattern": details.format,
        "format": details.value_type,
        "combine": details.combine,
        "replaced_by": details.replaced_by,
        "asset_types": details.asset_types,
        "asset_content_types": details.asset_content_types,
        "description": key.description,
        "availability": json_availability::platforms(&availability),
        "rules": mentions,
    })
}

fn element(kind: Kind) -> Option<&'static Key> {
    match kind {
        Kind::Array(element) | Kind::OneOrMany(element) | Kind::Map(element) => Some(element),
        _ => None,
    }
}

fn union_tag(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Union(union) => Some(union.tag),
        _ => element(kind).and_then(|element| union_tag(element.kind)),
    }
}

/// The table of the dictionaries that a value is or contains.
fn dictionary(kind: Kind) -> Option<&'static Dict> {
    match kind {
        Kind::Dictionary(dict) => Some(dict),
        _ => element(kind).and_then(|element| dictionary(element.kind)),
    }
}

fn choice(choice: &Choice, inherited: Availability) -> Value {
    let own = (!choice.support.is_empty()).then(|| inherited.with(choice.support));
    json!({
        "value": literal(choice.value),
        "description": choice.description,
        "availability": own.map(|own| json_availability::platforms(&own)),
    })
}

fn literal(literal: Literal) -> Value {
    match literal {
        Literal::String(text) => text.into(),
        Literal::Integer(number) => number.into(),
        Literal::Real(number) => number.into(),
        Literal::Boolean(flag) => flag.into(),
    }
}

/// The rules of a dictionary and of those inside it.
fn rules(dict: &'static Dict) -> Vec<Value> {
    let inside = dictionaries::inside(dict);
    let all = inside
        .iter()
        .flat_map(|(path, dict)| dict.rules.iter().map(move |one| rule(one, path)));
    all.collect()
}

/// The rules whose sentence mentions a key.
fn rules_about(dict: &'static Dict, key: &Key) -> Vec<Value> {
    let inside = dictionaries::inside(dict);
    let of_dict = |(path, dict): &(String, &'static Dict)| -> Vec<Value> {
        let mentioned = dict
            .rules
            .iter()
            .filter(|rule| super::rules::mentions(rule.says, key.name));
        mentioned.map(|one| rule(one, path)).collect()
    };
    inside.iter().flat_map(of_dict).collect()
}

fn rule(rule: &Rule, path: &str) -> Value {
    json!({
        "in": path,
        "says": rule.says,
        "if": rule.when.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "severity": rule.severity.name(),
        "source": rule.source,
    })
}

fn retired(dict: &'static Dict) -> Vec<Value> {
    let inside = dictionaries::inside(dict);
    let all = inside.iter().flat_map(|(path, dict)| {
        let in_dict = dict.retired.iter();
        in_dict.map(move |(name, until)| json!({ "in": path, "key": name, "until": until }))
    });
    all.collect()
}

fn reason(reason: &Reason) -> Value {
    let details = reason.details.iter();
    json!({
        "code": reason.code,
        "description": reason.description,
        "details": details.map(|(name, kind)| json!({ "key": name, "type": kind.name() })).collect::<Vec<_>>(),
    })
}
