//! Generates the types and tables from the schema.
//!
//! `APPLE_MDM_SCHEMAS` names another folder to generate from, such as a checkout of Apple's repository. Any state of it builds: the
//! overlay is applied as far as it fits. `APPLE_MDM_ITEMS` has the Rust names of the commands, payloads and declarations that are wanted, with
//! commas between them, where not all are.

use std::env;
use std::path::PathBuf;

use apple_mdm_codegen::Config;
use apple_mdm_codegen::model::Family;

fn main() {
    println!("cargo::rerun-if-env-changed=APPLE_MDM_SCHEMAS");
    println!("cargo::rerun-if-env-changed=APPLE_MDM_ITEMS");
    let other = env::var_os("APPLE_MDM_SCHEMAS").filter(|folder| !folder.is_empty());
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let mut config = match other {
        Some(folder) => Config::new(folder).any_state("schemas"),
        None => Config::new("schemas"),
    };
    config = config.overlay("schemas/overlay").for_apple_mdm().families(families());
    let items = env::var("APPLE_MDM_ITEMS").unwrap_or_default();
    let mut items = items
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .peekable();
    if items.peek().is_some() {
        config = config.items(items);
    }
    let output = match config.generate() {
        Ok(output) => output,
        Err(error) => {
            for line in error.to_string().lines() {
                println!("cargo::error={line}");
            }
            return;
        }
    };
    output.tell_cargo();
    if let Err(error) = output.write(&out) {
        println!("cargo::error={error}");
    }
}

/// The families of the features that are on, and those that are always there: what is not compiled is not generated.
fn families() -> Vec<Family> {
    let features: [(&str, &[Family]); 4] = [
        ("CARGO_FEATURE_COMMANDS", &[Family::Command]),
        ("CARGO_FEATURE_PROFILES", &[Family::Profile]),
        (
            "CARGO_FEATURE_DECLARATIONS",
            &[
                Family::Declaration,
                Family::Credential,
                Family::Status,
                Family::Protocol,
            ],
        ),
        ("CARGO_FEATURE_CHECKIN", &[Family::CheckIn]),
    ];
    let on = features.iter().filter(|(feature, _)| env::var_os(feature).is_some());
    let mut families = vec![Family::Error, Family::Other];
    families.extend(on.flat_map(|(_, families)| *families));
    families
}
