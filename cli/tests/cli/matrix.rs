//! `apple-mdm matrix`.

use serde_json::Value;

use crate::folder::Folder;
use crate::program::{run, run_in};

/// The data in the page.
fn data(page: &str) -> Value {
    let (_, after) = page
        .split_once("<script type=\"application/json\" id=\"data\">")
        .unwrap();
    let (data, _) = after.split_once("</script>").unwrap();
    serde_json::from_str(data).unwrap()
}

#[test]
fn the_page_is_self_contained_and_reproducible() {
    let folder = Folder::new(&[("readme.txt", "")]);
    let ran = run_in(folder.path(), &["matrix", "-o", "matrix.html"], b"");
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    let page = std::fs::read_to_string(folder.path().join("matrix.html")).unwrap();
    assert_eq!(page, run(&["matrix"]).out);
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains(apple_mdm::RELEASE));
    // Nothing is loaded from elsewhere, and a policy tells the browser so.
    assert!(page.contains("default-src 'none'"));
    let (without_data, _) = page.split_once("id=\"data\">").unwrap();
    for loading in ["src=", "href=", "@import", "url("] {
        assert!(!without_data.contains(loading), "{loading}");
    }
    assert!(!page.contains("{{"), "a placeholder is left");
}

#[test]
fn the_page_shows_the_tables_of_the_schema() {
    let data = data(&run(&["matrix"]).out);
    let cell = |set: &Value, os: &str| {
        let system = data["systems"]
            .as_array()
            .unwrap()
            .iter()
            .position(|name| name == os)
            .unwrap();
        let set = &data["sets"][usize::try_from(set.as_u64().unwrap()).unwrap()];
        data["cells"][usize::try_from(set[system].as_u64().unwrap()).unwrap()].clone()
    };
    let item = |name: &str| {
        let items = data["items"].as_array().unwrap();
        items.iter().find(|item| item["name"] == name).unwrap().clone()
    };
    let key = |item: &Value, path: &str| {
        let keys = item["keys"].as_array().unwrap();
        keys.iter().find(|key| key["path"] == path).unwrap().clone()
    };

    let firmware = item("SetFirmwarePassword");
    assert_eq!(
        (&firmware["family"], &firmware["rust"]),
        (&"commands".into(), &"commands::SetFirmwarePassword".into())
    );
    let password = key(&firmware, "NewPassword");
    assert_eq!(password["kind"], "string, required, secret");
    assert_eq!(cell(&password["set"], "macOS")["since"], "10.13");
    assert_eq!(cell(&password["set"], "iOS")["since"], "");

    let updates = item("AvailableOSUpdates");
    assert_eq!(cell(&updates["set"], "macOS")["removed"], "27.0");
    let camera = key(&item("com.apple.applicationaccess"), "allowCamera");
    assert!(camera["text"].as_str().is_some_and(|text| !text.is_empty()));
    let serial = item("device.identifier.serial-number");
    assert!(serial["kind"].as_str().is_some_and(|kind| kind.starts_with("string")));
    assert!(key(&item("management.declarations"), "configurations[].active")["text"].is_string());
    assert_eq!(run(&["matrix", "-o", "/nowhere/matrix.html"]).code, 2);
}
