//! Example documents of findings.

/// An example of a finding, or of a document without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Example {
    /// What the text is a part of.
    pub part: Part,
    /// The text: XML, or JSON for declarations.
    pub text: &'static str,
}

/// What an example is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// A whole document.
    Document,
    /// The keys of a profile, besides those that every profile has.
    Profile,
    /// The payloads of a profile.
    Payloads,
    /// The keys of a payload of this type.
    Payload(&'static str),
    /// The keys of this command.
    Command(&'static str),
    /// The keys of a response to this command, besides those that every response has.
    Response(&'static str),
    /// The payload of a declaration of this type.
    Declaration(&'static str),
}

impl Example {
    pub(super) const fn new(part: Part, text: &'static str) -> Self {
        Self { part, text }
    }

    /// Returns what the text is a part of, such as "in a payload `com.apple.dock`". Returns `None` for a whole document.
    #[must_use]
    pub fn context(&self) -> Option<String> {
        Some(match self.part {
            Part::Document => return None,
            Part::Profile => "in a profile".to_owned(),
            Part::Payloads => "in the `PayloadContent` of a profile".to_owned(),
            Part::Payload(name) => format!("in a payload `{name}`"),
            Part::Command(name) => format!("in a command `{name}`"),
            Part::Response(name) => format!("in a response to `{name}`"),
            Part::Declaration(name) => format!("in the payload of a declaration `{name}`"),
        })
    }

    /// Returns whether the document is JSON rather than an XML property list.
    #[must_use]
    pub fn is_json(&self) -> bool {
        match self.part {
            Part::Declaration(_) => true,
            _ => self.text.starts_with('{'),
        }
    }

    /// Returns a whole document that contains the text. Documents with different numbers have different identifiers.
    ///
    /// ```
    /// use apple_mdm::validate::Code;
    ///
    /// let document = Code::OutOfRange.failing()[0].document(1);
    /// assert!(document.contains("<key>PayloadContent</key>"));
    /// ```
    #[must_use]
    pub fn document(&self, number: u8) -> String {
        let text = self.text;
        let plist = |keys: &str| format!("<plist version=\"1.0\">\n<dict>\n{keys}\n</dict>\n</plist>\n");
        match self.part {
            Part::Document => format!("{text}\n"),
            Part::Profile => {
                let payload = payload(
                    "com.apple.loginwindow",
                    "<key>RetriesUntilHint</key>\n<integer>8</integer>",
                    number,
                );
                plist(&format!("{text}\n{}", profile(&payload, number)))
            }
            Part::Payloads => plist(&profile(text, number)),
            Part::Payload(name) => plist(&profile(&payload(name, text, number), number)),
            Part::Command(name) => plist(&format!(
                "<key>Command</key>\n<dict>\n<key>RequestType</key>\n<string>{name}</string>\n{text}\n</dict>\n\
                 <key>CommandUUID</key>\n<string>000{number}</string>"
            )),
            Part::Response(_) => plist(&format!(
                "<key>CommandUUID</key>\n<string>000{number}</string>\n<key>Status</key>\n<string>Acknowledged</string>\n\
                 <key>UDID</key>\n<string>5E1B7C0A-93D4-5F60-8A21-7C9E4D2B6F13</string>\n{text}"
            )),
            Part::Declaration(name) => format!(
                "{{\"Type\": \"{name}\", \"Identifier\": \"com.example.{number}\", \"ServerToken\": \"1\", \"Payload\": {text}}}\n"
            ),
        }
    }
}

fn payload(name: &str, keys: &str, number: u8) -> String {
    format!(
        "<dict>\n<key>PayloadType</key>\n<string>{name}</string>\n\
         <key>PayloadIdentifier</key>\n<string>com.example.{number}.payload</string>\n\
         <key>PayloadUUID</key>\n<string>24A9D6AC-9C34-45F3-B92F-88C465720{number:03}</string>\n\
         <key>PayloadVersion</key>\n<integer>1</integer>\n{keys}\n</dict>"
    )
}

fn profile(payloads: &str, number: u8) -> String {
    format!(
        "<key>PayloadContent</key>\n<array>\n{payloads}\n</array>\n\
         <key>PayloadType</key>\n<string>Configuration</string>\n\
         <key>PayloadIdentifier</key>\n<string>com.example.{number}</string>\n\
         <key>PayloadUUID</key>\n<string>3F2504E0-4F89-41D3-9A0C-0305E82C3{number:03}</string>\n\
         <key>PayloadVersion</key>\n<integer>1</integer>"
    )
}
