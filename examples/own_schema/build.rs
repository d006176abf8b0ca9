//! Generates the types of the vendor's payloads from `schemas/`.

fn main() {
    apple_mdm_codegen::Config::new("schemas").build();
}
