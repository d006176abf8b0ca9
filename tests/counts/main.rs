//! The tables say what `schemas/` says: no item, key or fact more or less.

mod yaml;

use std::collections::{BTreeMap, BTreeSet};

use apple_mdm::schema::{self, Availability, Choice, Family, Introduced, Item, Literal, Mode, Os, Place};
use serde_yaml::Value;
use yaml::{File, Found, Support, text_of};

/// The family that the files of a folder describe.
fn family(path: &str) -> Family {
    let (folder, _) = path.rsplit_once('/').unwrap();
    match folder {
        "mdm/commands" => Family::Command,
        "mdm/profiles" => Family::Profile,
        "mdm/checkin" => Family::CheckIn,
        "mdm/errors" => Family::Error,
        "declarative/declarations/assets/credentials" => Family::Credential,
        "declarative/status" => Family::Status,
        "declarative/protocol" => Family::Protocol,
        "other" => Family::Other,
        _ if folder.starts_with("declarative/declarations") => Family::Declaration,
        _ => panic!("{path} is in a folder of no family"),
    }
}

/// The item that a file is, or is a part of.
fn item_of(file: &File) -> &'static Item {
    let family = family(&file.path);
    let mut items = schema::items().filter(|item| item.family == family && item.files.contains(&file.path.as_str()));
    let item = items.next().unwrap_or_else(|| panic!("{} is no item", file.path));
    assert!(items.next().is_none(), "{} is several items", file.path);
    item
}

fn is_status_item(file: &File) -> bool {
    family(&file.path) == Family::Status && file.identifier().is_some_and(|name| name != "status-reason")
}

/// What the crate says of an operating system, in the words of the schema.
fn said(availability: &Availability) -> Support {
    let mode = |mode: Mode| match mode {
        Mode::Allowed => "allowed",
        Mode::Required => "required",
        Mode::Forbidden => "forbidden",
        Mode::Ignored => "ignored",
    };
    let mut all = Support::new();
    for os in Os::ALL {
        let support = availability.on(os);
        let facts = [
            (
                "introduced",
                match support.since {
                    Introduced::Unstated => None,
                    Introduced::Never => Some("n/a".to_owned()),
                    Introduced::Always => Some("all".to_owned()),
                    Introduced::In(version) => Some(version.to_string()),
                },
            ),
            ("deprecated", support.deprecated.map(|version| version.to_string())),
            ("removed", support.removed.map(|version| version.to_string())),
            ("accessrights", support.access_right.map(str::to_owned)),
            ("multiple", support.multiple.map(|flag| flag.to_string())),
            ("devicechannel", support.device_channel.map(|flag| flag.to_string())),
            ("userchannel", support.user_channel.map(|flag| flag.to_string())),
            (
                "supervised",
                match support.supervised_since {
                    Some(version) => Some(format!("since {version}")),
                    None => support.supervised.map(|flag| flag.to_string()),
                },
            ),
            ("requiresdep", support.requires_dep.map(|flag| flag.to_string())),
            (
                "userapprovedmdm",
                support.user_approved_mdm.map(|flag| flag.to_string()),
            ),
            (
                "allowmanualinstall",
                support.allow_manual_install.map(|flag| flag.to_string()),
            ),
            (
                "always-skippable",
                support.always_skippable.map(|flag| flag.to_string()),
            ),
            ("beta", support.beta.map(|flag| flag.to_string())),
            (
                "allowed-enrollments",
                support.allowed_enrollments.map(|list| list.join(" ")),
            ),
            ("allowed-scopes", support.allowed_scopes.map(|list| list.join(" "))),
            ("sharedipad.mode", support.shared_ipad.map(|m| mode(m).to_owned())),
            (
                "sharedipad.devicechannel",
                support.shared_ipad_device_channel.map(|flag| flag.to_string()),
            ),
            (
                "sharedipad.userchannel",
                support.shared_ipad_user_channel.map(|flag| flag.to_string()),
            ),
            (
                "sharedipad.allowed-scopes",
                support.shared_ipad_scopes.map(|list| list.join(" ")),
            ),
            (
                "userenrollment.mode",
                support.user_enrollment.map(|m| mode(m).to_owned()),
            ),
        ];
        let facts: BTreeMap<_, _> = facts
            .into_iter()
            .filter_map(|(name, fact)| Some((name.to_owned(), fact?)))
            .collect();
        all.insert(os.name().to_owned(), facts);
    }
    all
}

/// The same with an entry for every operating system.
fn stated(support: &Support) -> Support {
    let mut all: Support = Os::ALL
        .into_iter()
        .map(|os| (os.name().to_owned(), BTreeMap::new()))
        .collect();
    all.extend(support.clone());
    all
}

/// How many facts there are.
fn count(support: &Support) -> usize {
    support.values().map(BTreeMap::len).sum()
}

/// A literal and a scalar of the YAML in the same words; numbers as such, whether written as 30 or 30.0.
fn number_or_text(text: &str) -> String {
    text.parse::<f64>()
        .map_or_else(|_| text.to_owned(), |number| number.to_string())
}

fn literal(literal: &Literal) -> String {
    number_or_text(&literal.to_string())
}

fn scalar(value: &Value) -> String {
    number_or_text(&text_of(value))
}

/// All that differs between a key of the crate and what its file says.
fn differences(item: &Item, path: &str, place: &Place, found: &Found) -> Vec<String> {
    let mut differences = Vec::new();
    let mut compare = |what: &str, crate_says: String, file_says: String| {
        if crate_says != file_says {
            differences.push(format!(
                "{} {path}: {what}: {crate_says} instead of {file_says}",
                item.name
            ));
        }
    };
    let key = place.key;
    let text = |name: &str| found.facts.get(name).map(text_of);
    let kind = text("type").unwrap_or_default();
    compare("type", format!("<{}>", key.kind.name()), kind.clone());
    let nameless = path.ends_with(']') && !path.ends_with("\"]") || path.ends_with('*');
    if nameless {
        compare("name", key.name.to_owned(), String::new());
    } else {
        compare(
            "presence",
            key.required.to_string(),
            (text("presence").as_deref() == Some("required")).to_string(),
        );
    }
    let range = |bound: &str| found.facts.get("range").and_then(|range| range.get(bound)).map(scalar);
    compare(
        "min",
        format!("{:?}", key.details().min.as_ref().map(literal)),
        format!("{:?}", range("min")),
    );
    compare(
        "max",
        format!("{:?}", key.details().max.as_ref().map(literal)),
        format!("{:?}", range("max")),
    );
    let repetition = |bound: &str| {
        found
            .facts
            .get("repetition")
            .and_then(|range| range.get(bound)?.as_i64())
    };
    compare(
        "repetition",
        format!("{:?}", key.details().repetition.unwrap_or_default()),
        format!("{:?}", (repetition("min"), repetition("max"))),
    );
    compare(
        "default",
        format!("{:?}", key.default.as_ref().map(literal)),
        format!("{:?}", found.facts.get("default").map(scalar)),
    );
    let list = |name: &str| -> Vec<String> {
        let list = found.facts.get(name).and_then(Value::as_sequence);
        list.into_iter().flatten().map(text_of).collect()
    };
    let values: Vec<String> = list("rangelist").iter().map(|text| number_or_text(text)).collect();
    let choices: Vec<String> = key.choices.iter().map(|choice| literal(&choice.value)).collect();
    if found.known.is_empty() {
        compare(
            "rangelist",
            format!("{choices:?} {}", key.closed || key.open),
            format!("{values:?} {}", !values.is_empty()),
        );
    } else {
        let known: Vec<&String> = found.known.iter().map(|(text, _)| text).collect();
        compare(
            "known values",
            format!("{choices:?} {}", key.closed),
            format!("{known:?} false"),
        );
        for (text, support) in &found.known {
            let says = item.choice(place, text).map(|availability| said(&availability));
            compare(text, format!("{says:?}"), format!("{:?}", Some(stated(support))));
        }
    }
    for (name, says) in [
        ("format", key.details().format),
        ("combinetype", key.details().combine),
        ("valuetype", key.details().value_type),
    ] {
        let mut states = text(name);
        if name == "valuetype" {
            states = states.or_else(|| text("subtype").map(|text| text.trim_matches(['<', '>']).to_owned()));
        }
        compare(name, format!("{says:?}"), format!("{states:?}"));
    }
    compare(
        "assettypes",
        format!("{:?}", key.details().asset_types),
        format!("{:?}", list("assettypes")),
    );
    compare(
        "asset-content-types",
        format!("{:?}", key.details().asset_content_types),
        format!("{:?}", list("asset-content-types")),
    );
    compare(
        "secret",
        key.secret.to_string(),
        found.facts.contains_key("secret").to_string(),
    );
    compare(
        "availability",
        format!("{:?}", said(&place.availability)),
        format!("{:?}", stated(&found.support)),
    );
    differences
}

#[test]
fn every_file_is_an_item_with_the_name_that_documents_use() {
    let files = yaml::files();
    let names = yaml::names();
    let mut of_files: BTreeMap<Family, BTreeSet<&str>> = BTreeMap::new();
    for file in files.values() {
        let item = item_of(file);
        let name = &names[&file.path];
        assert_eq!(item.rust, name, "{}", file.path);
        assert_eq!(item.name, file.identifier().unwrap_or(name), "{}", file.path);
        of_files.entry(item.family).or_default().insert(name);
        let codes: Vec<&str> = item.reasons.iter().map(|reason| reason.code).collect();
        assert_eq!(codes, file.reasons, "{}", file.path);
        assert_eq!(item.related, file.related, "{}", file.path);
    }
    let mut of_crate: BTreeMap<Family, BTreeSet<&str>> = BTreeMap::new();
    for item in schema::items() {
        let new = of_crate.entry(item.family).or_default().insert(item.rust);
        assert!(new, "{} is there twice", item.rust);
        let found = schema::items_named(item.rust)
            .filter(|found| found.family == item.family)
            .count();
        assert_eq!(found, 1, "{}", item.rust);
    }
    // The tree of all status items is one on its own.
    assert!(of_crate.get_mut(&Family::Status).unwrap().remove("StatusItems"));
    assert_eq!(of_crate, of_files);
    for (family, items) in of_files {
        eprintln!("{family}: {}", items.len());
    }
}

#[test]
fn every_key_has_the_facts_of_its_file_at_every_path_and_for_every_system() {
    let files = yaml::files();
    let mut problems = Vec::new();
    let (mut keys, mut entries) = (0, 0);
    let mut hold = |item: &'static Item, response: bool, want: Vec<(String, Found)>| {
        let mut got: Vec<(String, Place)> = Vec::new();
        let note = &mut |path: &str, place: Place| got.push((path.to_owned(), place));
        if response {
            item.each_response_key(note);
        } else {
            item.each_key(note);
        }
        let section = if response { "response" } else { "keys" };
        let paths: Vec<&str> = got.iter().map(|(path, _)| path.as_str()).collect();
        let wanted: Vec<&str> = want.iter().map(|(path, _)| path.as_str()).collect();
        let mut sorted = (paths.clone(), wanted.clone());
        sorted.0.sort_unstable();
        sorted.1.sort_unstable();
        if sorted.0 != sorted.1 {
            let missing: Vec<_> = wanted.iter().filter(|path| !paths.contains(path)).collect();
            let more: Vec<_> = paths.iter().filter(|path| !wanted.contains(path)).collect();
            problems.push(format!(
                "{} {section}: missing {missing:?}, too many {more:?}",
                item.name
            ));
        }
        for (path, found) in &want {
            keys += 1;
            entries += count(&found.support);
            let place = if response {
                item.response_place(path)
            } else {
                item.place(path)
            };
            let Some(place) = place else {
                problems.push(format!("{} {section}: no key at {path}", item.name));
                continue;
            };
            problems.extend(differences(item, path, &place, found));
            // Asking for the path and walking all keys give the same.
            if let Some((_, walked)) = got.iter().find(|(walked, _)| walked == path) {
                assert_eq!(walked.availability, place.availability, "{} {path}", item.name);
                assert_eq!(walked.key.name, place.key.name, "{} {path}", item.name);
            }
            if !response {
                assert_eq!(
                    item.availability(path),
                    Some(place.availability),
                    "{} {path}",
                    item.name
                );
            }
        }
    };
    let tree = schema::item(Family::Status, "StatusItems").unwrap();
    let mut of_tree = Vec::new();
    let mut groups = BTreeSet::new();
    for file in files.values().filter(|file| is_status_item(file)) {
        let name = file.identifier().unwrap();
        let parts: Vec<&str> = name.split('.').collect();
        groups.extend((1..parts.len()).map(|depth| parts[..depth].join(".")));
        of_tree.extend(file.status_value(name));
    }
    let group = |path: String, support: &Support| {
        let facts = serde_yaml::from_str("type: <dictionary>").unwrap();
        (
            path,
            Found {
                facts,
                known: Vec::new(),
                support: support.clone(),
            },
        )
    };
    of_tree.extend(groups.iter().map(|path| group(path.clone(), &Support::new())));
    hold(tree, false, of_tree);
    for item in schema::items().filter(|item| item.rust != tree.rust) {
        let parts: Vec<&File> = item.files.iter().map(|path| &files[*path]).collect();
        if is_status_item(parts[0]) || !item.choices.is_empty() {
            continue;
        }
        let mut want = Vec::new();
        for file in &parts {
            want.extend(file.keys_below(file.keys, &file.support()));
        }
        if item.rust == "StatusReport" {
            // Here the tree of status items is the value of a key.
            want.retain(|(path, _)| !path.starts_with("StatusItems."));
            let below = |path: &str| format!("StatusItems.{path}");
            for file in files.values().filter(|file| is_status_item(file)) {
                want.extend(file.status_value(&below(file.identifier().unwrap())));
            }
            let support = parts[0].support();
            want.extend(groups.iter().map(|path| group(below(path), &support)));
        }
        hold(item, false, want);
        let response = parts[0].keys_below(parts[0].response, &parts[0].support());
        hold(item, true, response);
    }
    eprintln!("{keys} keys, {entries} facts on their availability");
    assert!(
        problems.is_empty(),
        "{} differences\n{}",
        problems.len(),
        problems.join("\n")
    );
}

#[test]
fn every_item_is_available_as_its_file_says() {
    for file in yaml::files().values() {
        let item = item_of(file);
        if item.files.len() == 1 {
            assert_eq!(
                said(&item.availability("").unwrap()),
                stated(&file.support()),
                "{}",
                file.path
            );
            continue;
        }
        // One payload on the wire: there as soon as any part of it is.
        for (os, facts) in file.support() {
            let os: Os = os.parse().unwrap();
            let since = item.availability("").unwrap().on(os).introduced();
            if let Some(version) = facts.get("introduced").and_then(|version| version.parse().ok()) {
                assert!(since.unwrap() <= version, "{}", file.path);
            }
        }
    }
}

#[test]
fn the_setup_panes_are_those_of_the_file() {
    let files = yaml::files();
    let file = &files["other/skipkeys.yaml"];
    let panes = file.keys_below(file.keys, &file.support());
    let item = item_of(file);
    let choices: Vec<String> = item.choices.iter().map(|choice| choice.value.to_string()).collect();
    let names: Vec<&String> = panes.iter().map(|(name, _)| name).collect();
    assert_eq!(choices.iter().collect::<Vec<_>>(), names);
    for ((name, found), choice) in panes.iter().zip(item.choices) {
        let Choice { support, .. } = choice;
        assert_eq!(
            said(&item.availability("").unwrap().with(support)),
            stated(&found.support),
            "{name}"
        );
    }
}

#[test]
fn a_dictionary_within_itself_is_found_at_any_depth() {
    let bookmarks = schema::item(Family::Declaration, "com.apple.configuration.safari.bookmarks").unwrap();
    let mut paths = BTreeSet::new();
    bookmarks.each_key(&mut |path, _| {
        paths.insert(path.to_owned());
    });
    let below = "ManagedBookmarks[].Bookmarks[].Folder[]";
    assert!(paths.contains(below) && !paths.iter().any(|path| path.starts_with(&format!("{below}."))));
    for depth in 0..20 {
        let path = format!("ManagedBookmarks[].Bookmarks[]{}.URL", ".Folder[]".repeat(depth));
        assert_eq!(bookmarks.place(&path).unwrap().key.name, "URL");
    }
}
