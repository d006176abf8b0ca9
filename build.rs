//! Generates the types and tables from the schema.
//!
//! Two environment variables change what is generated:
//!
//! - `APPLE_MDM_SCHEMAS`: another schema folder, such as a checkout of Apple's repository. Any version of it builds; the overlay is
//!   applied as far as it fits.
//! - `APPLE_MDM_ITEMS`: the Rust names of the commands, payloads and declarations to generate, separated by commas.

use std::env;
use std::path::PathBuf;

use apple_mdm_codegen::Config;
use apple_mdm_codegen::model::Family;

fn main() {
    println!("cargo::rerun-if-env-changed=APPLE_MDM_SCHEMAS");
    println!("cargo::rerun-if-env-changed=APPLE_MDM_ITEMS");
    let other = env::var_os("APPLE_MDM_SCHEMAS").filter(|folder| !folder.is_empty());
    let is_other = other.is_some();
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
            if is_other {
                println!("cargo::error=the environment variable APPLE_MDM_SCHEMAS selects the schema folder");
            }
            return;
        }
    };
    output.tell_cargo();
    if let Err(error) = output.write(&out) {
        println!("cargo::error={error}");
    }
}

/// Returns the families to generate: those of the enabled features, and those that are always compiled.
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
    let enabled = features.iter().filter(|(feature, _)| env::var_os(feature).is_some());
    let mut families = vec![Family::Error, Family::Other];
    families.extend(enabled.flat_map(|(_, families)| *families));
    families
}
