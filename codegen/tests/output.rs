//! The output for build scripts: always the same bytes, written only if they changed, with the files that cargo watches.

mod fixture;
mod shared;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use apple_mdm_codegen::Config;
use apple_mdm_codegen::model::Family;
use fixture::{Fixture, payload};

#[test]
fn the_same_schema_always_generates_the_same_bytes() {
    let generate = || {
        let config = Config::new(shared::repository().join("schemas")).for_apple_mdm();
        config.generate().unwrap().files
    };
    let (first, second) = (generate(), generate());
    for (one, other) in first.iter().zip(&second) {
        assert!(one == other, "{} differs", one.0);
    }
    assert_eq!(first.len(), second.len());
}

#[test]
fn unformatted_source_is_the_same_source() {
    let config = || {
        let config = Config::new(shared::repository().join("schemas")).for_apple_mdm();
        config.families([Family::Command, Family::CheckIn])
    };
    let formatted = config().formatted().generate().unwrap().files;
    let unformatted = config().generate().unwrap().files;
    let pairs = formatted.iter().zip(&unformatted);
    for ((name, expected), (_, found)) in pairs.filter(|((name, _), _)| *name != "examples.rs") {
        let longest = found.lines().map(str::len).max();
        let found = prettyplease::unparse(&syn::parse_file(found).unwrap());
        let differs = expected.lines().zip(found.lines()).find(|(a, b)| a != b);
        assert!(*expected == found, "{name}: {differs:?}");
        assert!(longest < Some(4000), "{name}: {longest:?}");
    }
}

#[test]
fn the_order_in_which_files_are_found_does_not_matter() {
    let paths = [
        "mdm/profiles/b.yaml",
        "mdm/profiles/a.yaml",
        "mdm/commands/z.yaml",
        "mdm/commands/c.yaml",
    ];
    let text = |path: &str| {
        let name = path.rsplit('/').next().unwrap().trim_end_matches(".yaml");
        let kind = if path.contains("commands") {
            "requesttype"
        } else {
            "payloadtype"
        };
        format!("title: Item {name}\npayload: {{{kind}: Item{name}}}\npayloadkeys:\n- {{key: A, type: <string>}}\n")
    };
    let build = |name: &str, paths: &[&str]| {
        let fixture = paths
            .iter()
            .fold(Fixture::new(name), |fixture, path| fixture.with(path, &text(path)));
        fixture.generate().unwrap().files
    };
    let mut other = paths;
    other.reverse();
    assert_eq!(build("order_1", &paths), build("order_2", &other));
}

#[test]
fn only_changed_files_are_written() {
    let fixture = Fixture::new("write").payload("- {key: A, type: <string>}\n");
    let out = fixture.root().join("out");
    fixture.generate().unwrap().write(&out).unwrap();
    let file = out.join("profiles.rs");
    let long_ago = SystemTime::now() - Duration::from_secs(3600);
    let set = |time| {
        fs::File::options()
            .append(true)
            .open(&file)
            .unwrap()
            .set_modified(time)
            .unwrap()
    };
    let modified = || fs::metadata(&file).unwrap().modified().unwrap();
    set(long_ago);
    let before = modified();
    fixture.generate().unwrap().write(&out).unwrap();
    assert_eq!(modified(), before);

    let fixture = fixture.with("mdm/profiles/example.yaml", &payload("- {key: B, type: <string>}\n"));
    fixture.generate().unwrap().write(&out).unwrap();
    assert!(modified() > before);
    assert!(fs::read_to_string(&file).unwrap().contains("pub b: Option<String>"));
}

#[test]
fn cargo_watches_existing_files_that_the_generator_reads() {
    let watched = |fixture: &Fixture, config: Config| -> Vec<PathBuf> {
        let output = config.generate().unwrap();
        let relative = |path: &PathBuf| path.strip_prefix(fixture.root()).unwrap_or(path).to_owned();
        output.watched.iter().map(relative).collect()
    };
    let keys = payload("- {key: A, type: <string>}\n");
    let folder = Fixture::new("watch").with("own/mdm/profiles/a.yaml", &keys);
    let own = folder.root().join("own");
    // Without an overlay: a path that is not there would have the build script run each time.
    assert_eq!(watched(&folder, Config::new(&own)), [PathBuf::from("own")]);
    let folder = folder.with("own/overlay/names.yaml", "mdm/profiles/a.yaml: Own\n");
    assert_eq!(watched(&folder, Config::new(&own)), [PathBuf::from("own")]);

    // A checkout of Apple's repository, with an overlay from elsewhere.
    let folder = folder
        .with("checkout/.git/HEAD", "ref: refs/heads/release\n")
        .with("checkout/docs/schema.yaml", "title: x\n")
        .with("checkout/mdm/profiles/a.yaml", &keys);
    let config = Config::new(folder.root().join("checkout")).overlay(own.join("overlay"));
    assert_eq!(
        watched(&folder, config),
        [PathBuf::from("checkout/mdm"), PathBuf::from("own/overlay")]
    );
}

#[test]
fn families_and_items_can_be_chosen() {
    let fixture = Fixture::new("chosen")
        .payload("- {key: A, type: <string>}\n")
        .with("mdm/commands/c.yaml", "title: C\npayload: {requesttype: Restart}\n")
        .with("mdm/commands/d.yaml", "title: D\npayload: {requesttype: Erase}\n");
    let config = || Config::new(fixture.root());
    let files = |config: Config| -> Vec<String> {
        config
            .generate()
            .unwrap()
            .files
            .into_iter()
            .map(|(name, _)| name)
            .collect()
    };
    assert_eq!(files(config()), ["commands.rs", "profiles.rs"]);
    assert_eq!(files(config().families([Family::Profile])), ["profiles.rs"]);
    let output = config().items(["Erase"]).generate().unwrap();
    assert_eq!(output.files.len(), 1);
    assert!(output.files[0].1.contains("struct Erase") && !output.files[0].1.contains("struct Restart"));
    let error = config().items(["Wipe"]).generate().unwrap_err();
    assert_eq!(error.to_string(), "the schema has no item called `Wipe`");
}

#[test]
fn the_crate_always_contains_the_items_that_it_needs() {
    let schemas = shared::repository().join("schemas");
    let output = Config::new(schemas).for_apple_mdm().items(["WiFi"]).generate().unwrap();
    let has = |file: &str, what: &str| {
        let (_, source) = output.files.iter().find(|(name, _)| name == file).unwrap();
        source.lines().any(|line| line.starts_with(what))
    };
    assert!(has("profiles.rs", "pub struct WiFi "));
    assert!(has("profiles.rs", "pub struct CommonPayloadKeys "));
    assert!(!has("profiles.rs", "pub struct Passcode "));
    assert!(has("commands.rs", "pub struct InstallProfile "));
    assert!(!has("commands.rs", "pub struct DeviceLock "));
    let schemas = shared::repository().join("schemas");
    let by_type = Config::new(schemas).for_apple_mdm().items(["com.apple.wifi.managed"]);
    let error = by_type.generate().unwrap_err().to_string();
    assert!(error.ends_with("; this is the identifier of `WiFi`"), "{error}");
    assert!(has("checkin.rs", "pub struct Authenticate "));
    assert!(has("status.rs", "pub struct StatusItems "));
}

#[test]
fn code_for_other_crates_uses_the_name_of_the_runtime() {
    let fixture = Fixture::new("runtime").payload("- {key: A, type: <string>}\n");
    let source = fixture.source("profiles.rs");
    assert!(source.contains("use ::apple_mdm::generated::*;"));
    assert!(source.contains("impl ::apple_mdm::profiles::PayloadItem for Example {"));
    assert!(!source.contains("crate::"), "{source}");
    // Only the crate itself has the enums over all items.
    assert!(!source.contains("enum Payload"));
}
