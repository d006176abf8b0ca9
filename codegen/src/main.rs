//! The maintainer's commands.
use apple_mdm_codegen::{Config, import};
use std::path::Path;
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    match args[1].as_str() {
        "import" => println!("{}", import::import(Path::new(&args[2]), Path::new("schemas"))?),
        "generate" => {
            let output = Config::new("schemas").for_apple_mdm().generate()?;
            for w in &output.warnings {
                eprintln!("warning: {w}");
            }
            output.write(Path::new(&args[3]))?;
        }
        _ => {}
    }
    Ok(())
}
