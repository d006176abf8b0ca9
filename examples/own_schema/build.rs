//! Generates the types of the vendor's payloads from `schemas/`.

use std::env;
use std::error::Error;
use std::path::PathBuf;

use apple_mdm_codegen::Config;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let output = Config::new("schemas").generate()?;
    output.tell_cargo();
    output.write(&out)?;
    Ok(())
}
