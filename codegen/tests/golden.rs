//! The generated source of some items with difficult shapes.

mod golden_file;
mod shared;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use apple_mdm_codegen::resolve::{self, Resolved};
use apple_mdm_codegen::{rust, strict};

/// The content of a schema folder.
struct Generator {
    resolved: Resolved,
    examples: Vec<rust::example::Example>,
}

fn generator(schemas: &Path) -> Generator {
    let (schema, overlay, _) = strict::read(schemas, &schemas.join("overlay")).unwrap();
    let resolved = resolve::resolve(&schema, &overlay, false).unwrap();
    let examples = rust::example::all(&resolved, &overlay).unwrap();
    Generator { resolved, examples }
}

/// The module of the item's family, with only this item.
fn source(generator: &Generator, name: &str) -> String {
    let items = &generator.resolved.items;
    let mut one = Resolved {
        items: items.iter().filter(|item| item.name == name).cloned().collect(),
        warnings: Vec::new(),
    };
    one.items.truncate(1);
    let mut context = rust::Context::new(true, &generator.resolved);
    context.examples.clone_from(&generator.examples);
    let tokens = rust::families::generate(one.items[0].family, &one, &context);
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}

static SCHEMAS: LazyLock<Generator> = LazyLock::new(|| generator(&shared::repository().join("schemas")));

fn check(file: &str, item: &str) {
    golden_file::compare(&format!("{file}.rs"), &source(&SCHEMAS, item));
}

#[test]
fn a_command_with_required_keys_and_a_response() {
    check("set_firmware_password", "SetFirmwarePassword");
}

#[test]
fn a_command_without_a_response() {
    check("clear_passcode", "ClearPasscode");
}

#[test]
fn a_payload_with_a_nested_dictionary() {
    check("passcode", "Passcode");
}

#[test]
fn a_declaration_that_contains_itself() {
    check("safari_bookmarks", "SafariBookmarks");
}

#[test]
fn a_payload_type_of_six_files() {
    check("mcx", "Mcx");
}

#[test]
fn a_payload_that_is_a_map() {
    check("managed_preferences", "ManagedPreferences");
}

#[test]
fn a_payload_that_a_key_distinguishes_from_another_with_its_identifier() {
    check("extensible_single_sign_on_kerberos", "ExtensibleSingleSignOnKerberos");
}

#[test]
fn a_message_that_devices_write() {
    check("check_out", "CheckOut");
}

#[test]
fn the_body_of_an_error() {
    check("software_update_required", "SoftwareUpdateRequired");
}

#[test]
fn a_status_item() {
    check("diskmanagement_filevault_enabled", "DiskManagementFileVaultEnabled");
}

#[test]
fn a_union_and_texts_with_known_values() {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/alternatives");
    golden_file::compare("alternatives.rs", &source(&generator(&folder), "Paint"));
}
