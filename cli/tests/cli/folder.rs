//! A folder of documents that goes away.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A profile without faults.
pub const GOOD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
	<key>PayloadContent</key>
	<array>
		<dict>
			<key>PayloadType</key>
			<string>com.apple.mobiledevice.passwordpolicy</string>
			<key>PayloadIdentifier</key>
			<string>com.example.passcode.1</string>
			<key>PayloadUUID</key>
			<string>24A9D6AC-9C34-45F3-B92F-88C4657204C9</string>
			<key>PayloadVersion</key>
			<integer>1</integer>
			<key>minLength</key>
			<integer>8</integer>
		</dict>
	</array>
	<key>PayloadDisplayName</key>
	<string>Passcode</string>
	<key>PayloadIdentifier</key>
	<string>com.example.passcode</string>
	<key>PayloadType</key>
	<string>Configuration</string>
	<key>PayloadUUID</key>
	<string>3F2504E0-4F89-41D3-9A0C-0305E82C3301</string>
	<key>PayloadVersion</key>
	<integer>1</integer>
</dict>
</plist>
"#;

/// The same with a number as text in line 16.
pub fn bad() -> String {
    GOOD.replace("<integer>8</integer>", "<string>8</string>")
}

/// The same with a key that does not exist, which is no error, in line 15.
pub fn odd() -> String {
    GOOD.replace("<key>minLength</key>", "<key>minLenght</key>")
}

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
