#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| apple_mdm_fuzz::entry("edit")(bytes));
