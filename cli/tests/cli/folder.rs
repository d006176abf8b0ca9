//! Temporary folders of documents.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A profile without errors.
pub const GOOD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
	<key>PayloadContent</key>
	<array>
		<dict>
			<key>PayloadType</key>
			<string>com.apple.loginwindow</string>
			<key>PayloadIdentifier</key>
			<string>com.example.login.1</string>
			<key>PayloadUUID</key>
			<string>24A9D6AC-9C34-45F3-B92F-88C4657204C9</string>
			<key>PayloadVersion</key>
			<integer>1</integer>
			<key>RetriesUntilHint</key>
			<integer>8</integer>
		</dict>
	</array>
	<key>PayloadDisplayName</key>
	<string>Login window</string>
	<key>PayloadIdentifier</key>
	<string>com.example.login</string>
	<key>PayloadType</key>
	<string>Configuration</string>
	<key>PayloadUUID</key>
	<string>3F2504E0-4F89-41D3-9A0C-0305E82C3301</string>
	<key>PayloadVersion</key>
	<integer>1</integer>
</dict>
</plist>
"#;

/// The same profile with other identifiers, and a string instead of an integer in line 16.
pub fn bad() -> String {
    renamed("bad", '1').replace("<integer>8</integer>", "<string>8</string>")
}

/// The same profile with other identifiers, and a misspelled key in line 15, which is a warning.
pub fn misspelled() -> String {
    renamed("misspelled", '2').replace("<key>RetriesUntilHint</key>", "<key>RetriesUntilHnit</key>")
}

fn renamed(name: &str, digit: char) -> String {
    GOOD.replace("com.example.login", &format!("com.example.{name}"))
        .replace("0305E82C3301", &format!("0305E82C331{digit}"))
}

/// A folder that is deleted when dropped.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(files: &[(&str, &str)]) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{}-{number}", std::process::id()));
        let folder = Self(path);
        for (name, text) in files {
            folder.add(name, text.as_bytes());
        }
        folder
    }

    pub fn add(&self, name: &str, bytes: &[u8]) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
