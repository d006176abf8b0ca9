//! The guide to a repository of 400 profiles works exactly as printed.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::folder::{Folder, GOOD};

const GUIDE: &str = include_str!("../../../src/guide/repository.md");

/// A profile with one key in its payload. Every profile gets identifiers of its own.
fn profile(number: usize, payload_type: &str, key: &str) -> String {
    GOOD.replace("com.apple.loginwindow", payload_type)
        .replace("com.example.login", &format!("com.example.profile-{number}"))
        .replace("24A9D6AC", &format!("{number:08X}"))
        .replace("3F2504E0", &format!("{number:08X}"))
        .replace("<key>RetriesUntilHint</key>\n\t\t\t<integer>8</integer>", key)
}

/// The repository that the guide is about.
fn repository() -> Folder {
    let folder = Folder::new(&[]);
    let add = |name: String, payload_type: &str, key: &str, number: usize| {
        let name = format!("profiles/{name}.mobileconfig");
        folder.add(&name, profile(number, payload_type, key).as_bytes());
    };
    for index in 0..250 {
        let value = if index % 10 == 0 {
            "<string>8</string>"
        } else {
            "<integer>8</integer>"
        };
        let key = format!("<key>RetriesUntilHint</key>\n\t\t\t{value}");
        add(format!("mac/login-{index:03}"), "com.apple.loginwindow", &key, index);
    }
    for index in 0..100 {
        let name = if index % 20 == 0 { "allowCamra" } else { "allowCamera" };
        let key = format!("<key>{name}</key>\n\t\t\t<true/>");
        add(
            format!("ipad/restrictions-{index:03}"),
            "com.apple.applicationaccess",
            &key,
            250 + index,
        );
    }
    for index in 0..30 {
        let key = "<key>RetriesUntilHint</key>\n\t\t\t<string>@RETRIES@</string>";
        add(
            format!("templates/login-{index:03}"),
            "com.apple.loginwindow",
            key,
            350 + index,
        );
    }
    for index in 0..20 {
        add(
            format!("legacy/vendor-{index:03}"),
            "com.example.editor",
            "<key>Theme</key>\n\t\t\t<string>Dark</string>",
            380 + index,
        );
    }
    folder
}

/// The blocks of code in the guide: language and content.
fn blocks() -> Vec<(&'static str, &'static str)> {
    let blocks = GUIDE.split("```").skip(1).step_by(2);
    blocks.filter_map(|block| block.split_once('\n')).collect()
}

/// Runs a command of the guide. Returns what it prints.
fn run(folder: &Path, command: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_apple-mdm")).parent().unwrap();
    let path = std::env::join_paths(
        std::iter::once(program.to_owned()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    );
    let output = Command::new("sh")
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", path.unwrap())
        .output();
    let output = output.unwrap();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[cfg(unix)]
#[test]
fn the_guide_works_as_printed() {
    let folder = repository();
    let mut commands = 0;
    for (language, block) in blocks() {
        match language {
            "toml" => {
                let (name, _) = block.strip_prefix("# ").unwrap().split_once('\n').unwrap();
                fs::write(folder.path().join(name), block).unwrap();
            }
            "console" => {
                for step in block.split("$ ").filter(|step| !step.is_empty()) {
                    let (command, expected) = step.split_once('\n').unwrap();
                    assert_eq!(run(folder.path(), command), expected, "$ {command}");
                    commands += 1;
                }
            }
            _ => {}
        }
    }
    assert!(commands > 10, "{commands}");
    let ran = crate::program::run_in(folder.path(), &["lint", "--strict", "profiles"], b"");
    assert_eq!(ran.code, 0, "{ran:?}");
}
