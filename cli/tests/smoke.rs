//! The program with any state of Apple's schema, like the library's test of the same name.

use std::process::Command;

#[test]
fn the_program_lists_and_explains_items() {
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_apple-mdm"))
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(run(&["list"]).contains("SetFirmwarePassword"));
    assert!(run(&["explain", "SetFirmwarePassword"]).contains("NewPassword"));
    assert!(run(&["explain", "com.apple.mobiledevice.passwordpolicy"]).contains("minLength"));
}
