//! Hostile documents are rejected or read correctly: no panic, and no time or memory out of proportion.

mod documents;
mod entries;

use std::thread;
use std::time::{Duration, Instant};

use apple_mdm::checkin::Message;
use apple_mdm::commands::{Command, Request, Response, Settings};
use apple_mdm::declarations::{Declaration, Envelope, SafariBookmarks};
use apple_mdm::input::Limits;
use apple_mdm::profiles::{HomeScreenLayout, Payload, PayloadEntry, Profile};
use apple_mdm::protocol::StatusReport;
use apple_mdm::validate::Validate;
use apple_mdm::value::{Data, Date, Dictionary, Value};
use apple_mdm::{Document, Error, ErrorKind};
use documents::{Fill, samples};
use entries::Random;

/// What a type makes of a document: whether it is read; what is read must be written and read again as the same.
type Entry = fn(&[u8], &Limits) -> Result<(), Error>;

fn entry<T: Document + PartialEq + std::fmt::Debug>(bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    let read = T::from_slice_with(bytes, limits)?;
    let _ = format!("{read:?}");
    let again = |written: &[u8]| match T::from_slice_with(written, &Limits::default().with_depth(Limits::MAX_DEPTH)) {
        Ok(again) => assert!(
            read == again,
            "read {read:?}\nagain {again:?}\nof {}",
            String::from_utf8_lossy(bytes)
        ),
        Err(error) => panic!(
            "{error}\nwritten {}\nof {}",
            String::from_utf8_lossy(written),
            String::from_utf8_lossy(bytes)
        ),
    };
    // A date of JSON may have a fraction of a second, which XML does not.
    if let Ok(xml) = read.to_xml().filter_dates(bytes) {
        again(xml.as_bytes());
    }
    if let Ok(binary) = read.to_binary().filter_dates(bytes) {
        again(&binary);
    }
    let _ = read.to_json();
    Ok(())
}

/// Leaves out what cannot be the same again.
trait FilterDates<T> {
    fn filter_dates(self, bytes: &[u8]) -> Result<T, Error>;
}

impl<T> FilterDates<T> for Result<T, Error> {
    fn filter_dates(self, bytes: &[u8]) -> Self {
        if bytes.starts_with(b"<") {
            self
        } else {
            Err(Error::new(ErrorKind::UnknownFormat))
        }
    }
}

const ENTRIES: [(&str, Entry); 9] = [
    ("Value", entry::<Value>),
    ("Profile", entry::<Profile>),
    ("PayloadEntry", entry::<PayloadEntry>),
    ("Request", entry::<Request>),
    ("Command", entry::<Command>),
    ("Response", entry::<Response>),
    ("Message", entry::<Message>),
    ("Declaration", entry::<Declaration>),
    ("StatusReport", entry::<StatusReport>),
];

/// A document for each kind of sender, with the type that it is.
fn kinds() -> Vec<(&'static str, Value)> {
    let dictionary = |entries: &[(&str, Value)]| -> Value { entries.iter().cloned().collect::<Dictionary>().into() };
    let command = dictionary(&[
        ("RequestType", "SetFirmwarePassword".into()),
        ("NewPassword", "a <b> & c".into()),
        ("AllowOroms", true.into()),
        ("Future", vec![1.5, 2.0].into()),
    ]);
    let passcode = dictionary(&[
        ("PayloadType", "com.apple.mobiledevice.passwordpolicy".into()),
        ("PayloadIdentifier", "com.example.passcode.1".into()),
        ("PayloadUUID", "24A9D6AC-9C34-45F3-B92F-88C4657204C9".into()),
        ("PayloadVersion", 1.into()),
        ("minLength", 30.0.into()),
        ("customRegex", dictionary(&[("passwordContentRegex", "é+".into())])),
    ]);
    let unknown = dictionary(&[
        ("PayloadType", "com.example".into()),
        ("Data", Data::from(b"bytes").into()),
    ]);
    vec![
        (
            "Request",
            dictionary(&[("CommandUUID", "0001".into()), ("Command", command)]),
        ),
        (
            "Profile",
            dictionary(&[
                ("PayloadContent", vec![passcode, unknown].into()),
                ("PayloadIdentifier", "com.example".into()),
                ("PayloadType", "Configuration".into()),
                ("PayloadUUID", "3F2504E0-4F89-41D3-9A0C-0305E82C3301".into()),
                ("PayloadVersion", 1.into()),
                ("RemovalDate", Value::Date("2031-01-02T03:04:05Z".parse().unwrap())),
            ]),
        ),
        (
            "Response",
            dictionary(&[
                ("CommandUUID", "0001".into()),
                ("Status", "Error".into()),
                ("UDID", "00008020".into()),
                (
                    "ErrorChain",
                    vec![dictionary(&[("ErrorCode", 12021.into()), ("ErrorDomain", 5.into())])].into(),
                ),
            ]),
        ),
        (
            "Message",
            dictionary(&[
                ("MessageType", "TokenUpdate".into()),
                ("Topic", "com.apple.mgmt".into()),
                ("Token", Data((0..=40).collect()).into()),
                ("AwaitingConfiguration", 1.into()),
            ]),
        ),
        (
            "Declaration",
            dictionary(&[
                ("Type", "com.apple.configuration.passcode.settings".into()),
                ("Identifier", "1".into()),
                ("ServerToken", "ü".into()),
                (
                    "Payload",
                    dictionary(&[("MinimumLength", 8.into()), ("RequirePasscode", true.into())]),
                ),
            ]),
        ),
        (
            "StatusReport",
            dictionary(&[
                (
                    "StatusItems",
                    dictionary(&[(
                        "device",
                        dictionary(&[("identifier", dictionary(&[("serial-number", "C02".into())]))]),
                    )]),
                ),
                ("Errors", Value::Array(vec![])),
            ]),
        ),
    ]
}

fn reader(name: &str) -> Entry {
    ENTRIES.iter().find(|(known, _)| *known == name).unwrap().1
}

/// The document in each format.
fn written(value: &Value) -> [Vec<u8>; 3] {
    let xml = value.to_xml().unwrap().trim_end().as_bytes().to_vec();
    [xml, value.to_binary().unwrap(), value.to_json().unwrap().into_bytes()]
}

#[test]
fn truncated_documents_are_errors_for_every_type() {
    for (name, value) in kinds() {
        for bytes in written(&value) {
            reader(name)(&bytes, &Limits::default()).unwrap();
            for len in 0..bytes.len() {
                for (other, read) in ENTRIES {
                    let result = read(&bytes[..len], &Limits::default());
                    assert!(
                        result.is_err(),
                        "{other} reads {len} of {} bytes of a {name}",
                        bytes.len()
                    );
                }
            }
        }
    }
}

#[test]
fn empty_documents_are_errors() {
    let nothing: [&[u8]; 12] = [
        b"",
        b" \n\t",
        b"\0",
        b"\0\0\0\0\0\0\0\0",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        b"<",
        b"{",
        b"bplist00",
        b"bplist00\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        b"null",
    ];
    for bytes in nothing {
        for (name, read) in ENTRIES {
            assert!(read(bytes, &Limits::default()).is_err(), "{name} reads {bytes:?}");
        }
    }
}

/// `depth` arrays in one another, in the place of `@` in each text; in binary the last keys' value.
fn nested(text: &str, depth: usize) -> Vec<u8> {
    let (open, close) = if text.starts_with('<') {
        ("<array>", "</array>")
    } else {
        ("[", "]")
    };
    text.replace('@', &format!("{}{}", open.repeat(depth), close.repeat(depth)))
        .into_bytes()
}

/// A binary property list with `depth` arrays in one another as the value of `key`, beside a text.
fn nested_binary(text: (&str, &str), key: &str, depth: usize) -> Vec<u8> {
    let mut bytes = b"bplist00".to_vec();
    let mut offsets = Vec::new();
    let mut object = |object: &[u8]| {
        offsets.push(u32::try_from(bytes.len()).unwrap());
        bytes.extend_from_slice(object);
    };
    let reference = |n: usize| u32::try_from(n).unwrap().to_be_bytes();
    let string = |text: &str| [&[0x5f, 0x10, u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
    object(&[&[0xd2], &reference(1)[..], &reference(3), &reference(2), &reference(4)].concat());
    object(&string(text.0));
    object(&string(text.1));
    object(&string(key));
    for n in 0..depth - 1 {
        object(&[&[0xa1], &reference(n + 5)[..]].concat());
    }
    object(&[0xa0]);
    let (count, table) = (offsets.len() as u64, bytes.len() as u64);
    bytes.extend(offsets.into_iter().flat_map(u32::to_be_bytes));
    bytes.extend_from_slice(&[0, 0, 0, 0, 0, 0, 4, 4]);
    bytes.extend([count, 0, table].into_iter().flat_map(u64::to_be_bytes));
    bytes
}

fn in_a_thread(stack: usize, f: impl FnOnce() + Send + 'static) {
    thread::Builder::new()
        .stack_size(stack)
        .spawn(f)
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn no_depth_overflows_the_stack() {
    let documents = || {
        let mut documents: Vec<Vec<u8>> = [
            "@",
            "<plist><dict><key>PayloadContent</key>@</dict></plist>",
            "<plist><dict><key>PayloadContent</key><array>@</array></dict></plist>",
            "<plist><dict><key>Future</key>@<key>PayloadType</key><string>com.example</string></dict></plist>",
            "<plist><dict><key>PayloadType</key><string>com.apple.mobiledevice.passwordpolicy</string><key>minLength</key>@</dict></plist>",
            "<plist><dict><key>Command</key><dict><key>RequestType</key><string>Settings</string><key>Settings</key>@</dict></dict></plist>",
            "<plist><dict><key>Status</key><string>Idle</string><key>ErrorChain</key>@</dict></plist>",
            "<plist><dict><key>Status</key><string>Idle</string><key>Body</key>@</dict></plist>",
            "<plist><dict><key>MessageType</key><string>TokenUpdate</string><key>Token</key>@</dict></plist>",
            "{\"Payload\": @, \"Type\": \"com.apple.configuration.passcode.settings\"}",
            "{\"Type\": \"com.example\", \"Payload\": {\"a\": @}}",
            "{\"StatusItems\": {\"device\": {\"identifier\": @}}}",
            "{\"StatusItems\": {\"future\": @}}",
        ]
        .map(|text| nested(text, 100_000))
        .into();
        for (text, key) in [
            (("PayloadType", "com.example"), "Future"),
            (("RequestType", "Settings"), "Settings"),
            (("MessageType", "TokenUpdate"), "Token"),
            (("Status", "Idle"), "ErrorChain"),
            (("PayloadType", "Configuration"), "PayloadContent"),
        ] {
            documents.push(nested_binary(text, key, 100_000));
        }
        for open in [
            "<array>",
            "<dict><key>a</key>",
            "<plist>",
            "<foo>",
            "[",
            "{\"a\":",
            "<!--",
            "<![CDATA[",
        ] {
            documents.push(open.repeat(100_000).into_bytes());
        }
        let folders = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        documents.push(
            format!(
                "{{\"Type\": \"com.apple.configuration.safari.bookmarks\", \"Identifier\": \"\", \"ServerToken\": \"\", \
                 \"Payload\": {{\"ManagedBookmarks\": [{{\"Bookmarks\": [{}]}}]}}}}",
                folders("{\"Title\": \"\", \"Folder\": [", "]}")
            )
            .into_bytes(),
        );
        documents.push(
            format!(
                "<plist><dict><key>PayloadType</key><string>com.apple.homescreenlayout</string><key>Pages</key><array>{}\
                 </array></dict></plist>",
                folders("<array><dict><key>Type</key><string>Folder</string><key>Pages</key>", "</dict></array>")
            )
            .into_bytes(),
        );
        documents
    };
    for stack in [1 << 20, 2 << 20] {
        in_a_thread(stack, move || {
            for document in documents() {
                for limits in [Limits::default(), Limits::default().with_depth(usize::MAX)] {
                    for (name, read) in ENTRIES {
                        let error = read(&document, &limits).unwrap_err();
                        let start = String::from_utf8_lossy(&document[..80]);
                        let depth = limits.depth.min(Limits::MAX_DEPTH);
                        if let ErrorKind::TooDeep { limit } = error.kind() {
                            assert_eq!(*limit, depth, "{name}: {start}");
                        }
                    }
                }
                let _ = plist::from_bytes::<Profile>(&document);
                let _ = plist::from_bytes::<Declaration>(&document);
                let _ = serde_json::from_slice::<Declaration>(&document);
                let _ = serde_json::from_slice::<StatusReport>(&document);
            }
        });
    }
}

#[test]
fn recursive_types_can_be_as_deep_as_the_limit() {
    in_a_thread(1 << 20, || {
        let limits = Limits::default().with_depth(Limits::MAX_DEPTH);
        let bookmarks = |depth: usize| {
            let (open, close) = ("{\"Title\": \"\", \"Folder\": [", "]}");
            format!(
                "{{\"Type\": \"com.apple.configuration.safari.bookmarks\", \"Identifier\": \"\", \"ServerToken\": \"\", \
                 \"Payload\": {{\"ManagedBookmarks\": [{{\"GroupIdentifier\": \"\", \"Title\": \"\", \"Bookmarks\": [{}{}]}}]}}}}",
                open.repeat(depth),
                close.repeat(depth)
            )
        };
        // Declaration, payload, groups, group, bookmarks; then two levels a folder.
        let deepest = (Limits::MAX_DEPTH - 5) / 2;
        let declaration = Declaration::from_slice_with(bookmarks(deepest).as_bytes(), &limits).unwrap();
        assert!(declaration.get::<Envelope<SafariBookmarks>>().is_some());
        let copy = declaration.clone();
        assert!(copy == declaration && format!("{copy:?}{copy:#?}").contains("folder"));
        let json = declaration.to_json().unwrap();
        assert_eq!(
            Declaration::from_slice_with(json.as_bytes(), &limits).unwrap(),
            declaration
        );
        assert_eq!(
            Declaration::from_slice_with(&declaration.to_binary().unwrap(), &limits).unwrap(),
            declaration
        );
        assert_eq!(
            Declaration::from_value(&declaration.to_value().unwrap())
                .unwrap_err()
                .kind(),
            &ErrorKind::TooDeep { limit: 128 }
        );
        serde_json::to_string(&declaration).unwrap();
        let error = Declaration::from_slice_with(bookmarks(deepest + 1).as_bytes(), &limits).unwrap_err();
        assert_eq!(
            error.kind(),
            &ErrorKind::TooDeep {
                limit: Limits::MAX_DEPTH
            }
        );
        let too_deep = Declaration::from_slice(bookmarks(62).as_bytes()).unwrap_err();
        assert_eq!(too_deep.kind(), &ErrorKind::TooDeep { limit: 128 });
        assert!(Declaration::from_slice(bookmarks(61).as_bytes()).is_ok());

        let layout = |depth: usize| {
            let (open, close) = (
                "<array><dict><key>Type</key><string>Folder</string><key>DisplayName</key><string/><key>Pages</key><array>",
                "</array></dict></array>",
            );
            format!(
                "<plist><dict><key>PayloadType</key><string>com.apple.homescreenlayout</string><key>Pages</key>\
                 <array>{}{}</array></dict></plist>",
                open.repeat(depth),
                close.repeat(depth)
            )
        };
        let deepest = (Limits::MAX_DEPTH - 2) / 3;
        let payload = Payload::from_slice_with(layout(deepest).as_bytes(), &limits).unwrap();
        assert!(payload.get::<HomeScreenLayout>().is_some(), "{payload:?}");
        assert_eq!(
            Payload::from_slice_with(payload.to_xml().unwrap().as_bytes(), &limits).unwrap(),
            payload
        );
        assert!(Payload::from_slice_with(layout(deepest + 1).as_bytes(), &limits).is_err());
    });
}

#[test]
fn limits_hold_for_every_type_and_format() {
    for (name, value) in kinds() {
        for bytes in written(&value) {
            let read = reader(name);
            let limits = Limits::default();
            assert!(read(&bytes, &limits.with_size(bytes.len())).is_ok(), "{name}");
            let limit = bytes.len() - 1;
            assert_eq!(
                read(&bytes, &limits.with_size(limit)).unwrap_err().kind(),
                &ErrorKind::TooLarge { limit },
                "{name}"
            );
            assert_eq!(
                read(&bytes, &limits.with_depth(0)).unwrap_err().kind(),
                &ErrorKind::TooDeep { limit: 0 },
                "{name}"
            );
            let needed = (0..)
                .find(|depth| read(&bytes, &limits.with_depth(*depth)).is_ok())
                .unwrap();
            assert!((1..=4).contains(&needed), "{name} needs {needed}");
        }
    }
}

#[test]
fn a_repeated_key_is_an_error_at_every_place() {
    // The type, the document, where the key is repeated.
    let xml: [(&str, &str, &str); 10] = [
        (
            "Value",
            "<dict><key>a</key><true/><key>a</key><true/></dict>",
            "a, line 1, column 26",
        ),
        (
            "Request",
            "<dict><key>CommandUUID</key><string/><key>Command</key><dict/><key>CommandUUID</key><string/></dict>",
            "CommandUUID, line 1, column 63",
        ),
        (
            "Command",
            "<dict><key>RequestType</key><string>RestartDevice</string>\n<key>NotifyUser</key><true/>\n<key>NotifyUser</key><true/></dict>",
            "NotifyUser, line 3, column 1",
        ),
        (
            "Command",
            "<dict><key>RequestType</key><string>RestartDevice</string>\n<key>RequestType</key><string>Settings</string></dict>",
            "RequestType, line 2, column 1",
        ),
        (
            "Command",
            "<dict><key>RequestType</key><string>RestartDevice</string>\n<key>New</key><true/>\n<key>New</key><true/></dict>",
            "New, line 3, column 1",
        ),
        (
            "Profile",
            "<dict><key>PayloadContent</key><array><dict><key>PayloadType</key><string>com.apple.dock</string>\n\
             <key>PayloadUUID</key><string/><key>PayloadUUID</key><string/></dict></array></dict>",
            "PayloadContent[0].PayloadUUID, line 2, column 32",
        ),
        (
            "Profile",
            "<dict><key>PayloadContent</key><array/>\n<key>PayloadContent</key><array/></dict>",
            "PayloadContent, line 2, column 1",
        ),
        (
            "Response",
            "<dict><key>Status</key><string>Idle</string>\n<key>Body</key><array><dict><key>x.y</key><true/><key>x.y</key><true/></dict></array></dict>",
            "Body[0][\"x.y\"], line 2, column 50",
        ),
        (
            "Response",
            "<dict><key>Status</key><integer>1</integer>\n<key>Status</key><string>Idle</string></dict>",
            "Status, line 2, column 1",
        ),
        (
            "Message",
            "<dict><key>MessageType</key><string>CheckOut</string>\n<key>UDID</key><true/><key>UDID</key><string/></dict>",
            "UDID, line 2, column 23",
        ),
    ];
    for (name, document, place) in xml {
        let error = reader(name)(document.as_bytes(), &Limits::default()).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("{place}: the key is repeated"),
            "{name}: {document}"
        );
    }
    let json: [(&str, &str, &str); 4] = [
        (
            "Declaration",
            "{\"Type\": \"com.example\",\n\"Type\": \"com.example\"}",
            "Type, line 2, column 1",
        ),
        (
            "Declaration",
            "{\"Type\": \"com.apple.configuration.passcode.settings\", \"Identifier\": \"\", \"ServerToken\": \"\",\n\
             \"Payload\": {\"MinimumLength\": 1, \"MinimumLength\": 2}}",
            "Payload.MinimumLength, line 2, column 33",
        ),
        (
            "StatusReport",
            "{\"StatusItems\": {\"device\": {}, \"device\": {}}}",
            "StatusItems.device, line 1, column 32",
        ),
        (
            "StatusReport",
            "{\"StatusItems\": {\"new\": 1, \"new\": 2}}",
            "StatusItems.new, line 1, column 28",
        ),
    ];
    for (name, document, place) in json {
        let error = reader(name)(document.as_bytes(), &Limits::default()).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("{place}: the key is repeated"),
            "{name}: {document}"
        );
    }
}

#[test]
fn errors_name_the_position_the_expected_type_and_the_found_type() {
    let cases: [(&str, &str, &str); 17] = [
        (
            "Request",
            "<dict>\n  <key>CommandUUID</key><string/>\n</dict>",
            "Command, line 1, column 1: the required key is missing",
        ),
        (
            "Request",
            "<array/>",
            "line 1, column 1: expected a dictionary, found an array",
        ),
        (
            "Profile",
            "<string>x</string>",
            "line 1, column 1: expected a dictionary, found a string",
        ),
        (
            "Request",
            "<plist>\n<dict>\n\t<key>CommandUUID</key>\n\t<integer>7</integer>\n</dict></plist>",
            "CommandUUID, line 4, column 2: expected a string, found an integer",
        ),
        (
            "Request",
            "<dict><key>Command</key>\n<array/></dict>",
            "Command, line 2, column 1: expected a dictionary, found an array",
        ),
        (
            "Response",
            "<dict>\n<key>UDID</key><string/></dict>",
            "Status, line 1, column 1: the required key is missing",
        ),
        (
            "Response",
            "<dict>\n<key>Status</key><true/></dict>",
            "Status, line 2, column 18: expected a string, found a boolean",
        ),
        (
            "Response",
            "\n<dict><key>Status</key><string/></dict>",
            "Status, line 2, column 1: the required key is missing",
        ),
        (
            "StatusReport",
            "[]",
            "line 1, column 1: expected a dictionary, found an array",
        ),
        (
            "Declaration",
            "{\"Type\": \"x\", \"Payload\": {\"a\": tru}}",
            "Payload.a, line 1, column 32: expected a value",
        ),
        (
            "Profile",
            "<dict><key>PayloadContent</key><array>\n<dict><key>é</key>\n<int>1</int></dict></array></dict>",
            "PayloadContent[0][\"é\"], line 3, column 1: unknown element `<int>`",
        ),
        (
            "Request",
            "<dict>\n<key>CommandUUID</key>\n<date>yesterday</date></dict>",
            "CommandUUID, line 3, column 1: expected a string, found a date",
        ),
        (
            "Value",
            "<dict><key>a</key>\n</dict>",
            "a, line 2, column 1: a key without a value",
        ),
        (
            "Message",
            "<dict>\n<key>MessageType</key><string>CheckOut</string>\n",
            "line 3, column 1: the document ends within a value",
        ),
        (
            "Value",
            "<plist>\nx<true/></plist>",
            "line 2, column 1: text between elements",
        ),
        (
            "Value",
            "<di\u{7f}\u{9b}t/>",
            "line 1, column 1: unknown element `<di\\u{7f}\\u{9b}t>`",
        ),
        (
            "Value",
            "<string>ä&#a;</string>",
            "line 1, column 10: a reference to no character",
        ),
    ];
    for (name, document, message) in cases {
        let error = reader(name)(document.as_bytes(), &Limits::default()).unwrap_err();
        assert_eq!(error.to_string(), message, "{name}: {document}");
        let position = error.position().unwrap();
        assert!(message.contains(&format!("line {}, column {}:", position.line, position.column)));
    }
}

/// Items whose keys do not fit say why, with the path from the item and the place in the document.
#[test]
fn invalid_items_name_the_path_of_the_mistake() {
    let request = Request::from_slice(
        b"<plist><dict><key>Command</key><dict>
            <key>RequestType</key><string>Settings</string>
            <key>Settings</key><array>
                <dict><key>Item</key><string>DeviceName</string></dict>
            </array>
        </dict><key>CommandUUID</key><string>1</string></dict></plist>",
    )
    .unwrap();
    let Command::Invalid(invalid) = &request.command else {
        panic!("{request:?}")
    };
    assert_eq!(
        invalid.reason.to_string(),
        "Command.Settings[0].DeviceName, line 4, column 17: the required key is missing"
    );
    assert!(request.command.get::<Settings>().is_none());
    let profile = Profile::from_slice(
        b"<dict><key>PayloadContent</key><array>
            <dict><key>PayloadType</key><string>com.apple.mobiledevice.passwordpolicy</string></dict>
            <dict>
                <key>minLength</key><string>eight</string>
                <key>PayloadType</key><string>com.apple.mobiledevice.passwordpolicy</string>
            </dict>
            <string>no payload</string>
        </array></dict>",
    )
    .unwrap();
    // The string is no payload, so the array is kept as it is.
    assert!(profile.payloads().is_empty());
    let why = profile.extra.misfit("PayloadContent").unwrap();
    assert_eq!(
        why.to_string(),
        "PayloadContent[2], line 7, column 13: expected a dictionary, found a string"
    );
    let value = profile.extra.get("PayloadContent").unwrap();
    let payload = Payload::from_value(&value.as_array().unwrap()[1]).unwrap();
    let Payload::Invalid(invalid) = payload else {
        panic!("{payload:?}")
    };
    assert_eq!(
        invalid.reason.to_string(),
        "minLength: expected an integer, found a string"
    );
}

#[test]
fn utf_16_is_read_and_must_be_valid() {
    for (name, value) in kinds() {
        let [xml, _, json] = written(&value);
        for text in [xml, json] {
            let text = String::from_utf8(text).unwrap().replace("UTF-8", "UTF-16");
            let units: Vec<u16> = text.encode_utf16().collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            let read = reader(name);
            for bytes in [
                [b"\xff\xfe", &little[..]].concat(),
                [b"\xfe\xff", &big[..]].concat(),
                [b"\xef\xbb\xbf", text.as_bytes()].concat(),
                little.clone(),
                big.clone(),
            ] {
                read(&bytes, &Limits::default()).unwrap_or_else(|e| panic!("{name}: {e}"));
                for len in 0..bytes.len() {
                    assert!(
                        read(&bytes[..len], &Limits::default()).is_err(),
                        "{name}: {len} of {}",
                        bytes.len()
                    );
                }
            }
            // Half of a pair.
            let lone = [b"\xff\xfe", &little[..2], b"\x00\xd8", &little[2..]].concat();
            assert!(read(&lone, &Limits::default()).is_err());
        }
    }
}

/// They cost at most the value that contains them. But JSON has no control characters.
#[test]
fn invalid_bytes_in_texts_are_replaced() {
    const INVALID: [&[u8]; 7] = [
        b"\0",
        b"\x01",
        b"\xff",
        b"\xc0\x80",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\x1b",
    ];
    for (name, value) in kinds() {
        let [xml, _, json] = written(&value);
        for (text, is_json) in [(xml, false), (json, true)] {
            let mut rejected = 0;
            for bad in INVALID {
                let mut read = 0;
                for at in (0..text.len()).filter(|at| std::str::from_utf8(&text[..*at]).is_ok()) {
                    let bytes = [&text[..at], bad, &text[at..]].concat();
                    match reader(name)(&bytes, &Limits::default()) {
                        Ok(()) => read += 1,
                        Err(error) => {
                            rejected += 1;
                            // A replacement in a key makes it another one.
                            let is_expected = matches!(
                                error.kind(),
                                ErrorKind::Syntax(_) | ErrorKind::UnknownFormat | ErrorKind::MissingKey
                            );
                            assert!(is_expected || !is_json, "{name}: {bad:?} at {at}: {error}");
                        }
                    }
                }
                let is_control = bad[0] < b' ';
                assert_eq!(read == 0, is_json && is_control, "{name} {bad:?}");
            }
            assert!(rejected > 0);
        }
    }
}

#[test]
fn entities_are_neither_declared_nor_expanded_nor_fetched() {
    let mut laughs = String::from("<!DOCTYPE plist [<!ENTITY a0 \"ha\">");
    for n in 1..30 {
        laughs.push_str(&format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)));
    }
    laughs.push_str("]><plist><string>&a29;</string></plist>");
    let documents = [
        laughs.as_str(),
        "<!DOCTYPE plist [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><plist><string>&x;</string></plist>",
        "<!DOCTYPE plist [<!ENTITY % x SYSTEM \"http://localhost:1/\"> %x;]><plist><string>a</string></plist>",
        "<!DOCTYPE plist [\n]><plist><string>a</string></plist>",
        "<!DOCTYPE plist [<!ELEMENT plist ANY>]><plist><string>a</string></plist>",
        "<!DOCTYPE plist [<!-- ]> --> ]><plist><string>a</string></plist>",
        "<!DOCTYPE plist SYSTEM \"x\" [<!ENTITY x \"y\">]><plist><string>a</string></plist>",
        "<plist><string>&x;</string></plist>",
        "<plist><!DOCTYPE plist><string>a</string></plist>",
        "<!DOCTYPE plist><!DOCTYPE plist [<!ENTITY x \"y\">]><plist><string>a</string></plist>",
    ];
    for document in documents {
        for (name, read) in ENTRIES {
            let start = Instant::now();
            let error = read(document.as_bytes(), &Limits::default()).unwrap_err();
            assert!(start.elapsed() < Duration::from_secs(5));
            if name == "Value" {
                assert!(matches!(error.kind(), ErrorKind::Syntax(_)), "{document}: {error}");
            }
        }
    }
    // What is only named is not looked for.
    let named = "<!DOCTYPE plist SYSTEM \"http://localhost:1/x.dtd\"><plist><string>a</string></plist>";
    assert_eq!(Value::from_slice(named.as_bytes()), Ok("a".into()));
}

#[test]
fn numbers_and_dates_out_of_range_are_misfits() {
    let passcode = |value: &str| {
        let xml = format!(
            "<dict><key>PayloadType</key><string>com.apple.mobiledevice.passwordpolicy</string><key>minLength</key>{value}</dict>"
        );
        Payload::from_slice(xml.as_bytes())
    };
    for value in [
        "<integer>9223372036854775808</integer>",
        "<integer>18446744073709551615</integer>",
        "<real>1e19</real>",
        "<real>nan</real>",
        "<real>inf</real>",
        "<real>0.5</real>",
        "<real>1e400</real>",
    ] {
        let payload = passcode(value).unwrap();
        let Payload::Invalid(invalid) = &payload else {
            panic!("{value}: {payload:?}")
        };
        assert!(
            invalid.reason.to_string().starts_with("minLength, line 1, column "),
            "{}",
            invalid.reason
        );
        let again = Payload::from_slice(payload.to_xml().unwrap().as_bytes()).unwrap();
        assert_eq!(again, payload, "{value}");
    }
    for value in [
        "<integer>18446744073709551616</integer>",
        "<integer>-9223372036854775809</integer>",
        "<integer>1e3</integer>",
    ] {
        let payload = passcode(value).unwrap();
        assert!(matches!(payload, Payload::Invalid(_)), "{value}: {payload:?}");
        let again = Payload::from_slice(payload.to_xml().unwrap().as_bytes()).unwrap();
        assert_eq!(again, payload, "{value}");
    }
    let profile = |date: &str| {
        let document = format!("<dict><key>RemovalDate</key><date>{date}</date></dict>");
        Profile::from_slice(document.as_bytes()).unwrap()
    };
    for date in [
        "10000-01-01T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "2024-01-01T00:00:60Z",
    ] {
        let profile = profile(date);
        let reason = profile.extra.misfit("RemovalDate").unwrap();
        assert_eq!(
            (reason.path(), reason.position().unwrap().column),
            ("RemovalDate", 29),
            "{date}"
        );
        assert!(profile.to_xml().unwrap().contains(&format!("<date>{date}</date>")));
    }
    assert!(profile("9999-12-31T23:59:59Z").removal_date.is_some());
    // Seconds since 2001, as binary property lists have them.
    let binary = Value::from(Dictionary::from_iter([(
        "RemovalDate",
        Value::Date("2001-01-01T00:00:00Z".parse().unwrap()),
    )]))
    .to_binary()
    .unwrap();
    let at = binary
        .windows(9)
        .position(|bytes| bytes == b"\x33\0\0\0\0\0\0\0\0")
        .unwrap()
        + 1;
    for seconds in [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        1e300,
        -1e300,
        1e12,
        -1e12,
        1e-320,
        0.1,
    ] {
        let mut bytes = binary.clone();
        bytes[at..at + 8].copy_from_slice(&seconds.to_be_bytes());
        let profile = Profile::from_slice(&bytes).unwrap();
        assert_eq!(profile.removal_date.is_some(), seconds.abs() < 1.0, "{seconds}");
        assert_eq!(profile.extra.is_empty(), seconds.abs() < 1.0, "{seconds}");
    }
    // And as JSON has them.
    for (date, fits) in [
        ("2024-05-06T07:08:09Z", true),
        ("2024-05-06T24:08:09Z", false),
        ("tomorrow", false),
        ("", false),
    ] {
        let json = format!(
            "{{\"Type\": \"com.apple.configuration.softwareupdate.enforcement.specific\", \"Identifier\": \"\", \
             \"ServerToken\": \"\", \"Payload\": {{\"TargetOSVersion\": \"1\", \"TargetLocalDateTime\": \"{date}\"}}}}"
        );
        let declaration = Declaration::from_slice(json.as_bytes()).unwrap();
        // A local time, which is a text; so nothing is wrong with it here.
        assert!(declaration.item().is_some(), "{date} {fits}");
    }
}

#[test]
fn null_differs_from_an_absent_value() {
    let json = "{\"Type\": \"com.apple.configuration.passcode.settings\", \"Identifier\": \"\", \"ServerToken\": \"\", \
                \"Payload\": {\"MinimumLength\": null}}";
    let declaration = Declaration::from_slice(json.as_bytes()).unwrap();
    let Declaration::Invalid(invalid) = &declaration else {
        panic!("{declaration:?}")
    };
    assert_eq!(
        invalid.reason.to_string(),
        "Payload.MinimumLength, line 1, column 121: expected an integer, found null"
    );
    assert_eq!(
        Declaration::from_slice(declaration.to_json().unwrap().as_bytes()).unwrap(),
        declaration
    );
    assert!(declaration.to_xml().is_err());
    let report =
        StatusReport::from_slice(b"{\"StatusItems\": {\"device\": {\"identifier\": {\"udid\": null}}}, \"New\": null}")
            .unwrap();
    let identifier = &report.status_items.device.identifier;
    assert!(identifier.udid.is_none() && identifier.extra.misfit("udid").is_some());
    assert_eq!(
        StatusReport::from_slice(report.to_json().unwrap().as_bytes()).unwrap(),
        report
    );
}

#[test]
fn no_changed_document_causes_a_panic() {
    let mut documents = Vec::new();
    for (_, value) in kinds() {
        documents.extend(written(&value));
    }
    for sample in samples().iter().step_by(7) {
        let fill = Fill {
            json: true,
            ..Fill::new(0)
        };
        documents.extend(written(&sample.document(fill.dictionary(sample.table))));
    }
    let mut random = Random::new(0x2545_f491_4f6c_dd1d);
    let (mut read, mut all) = (0u32, 0u32);
    let start = Instant::now();
    for round in 0..8 {
        for index in 0..documents.len() {
            let mut bytes = documents[index].clone();
            let other = random.below(documents.len());
            for _ in 0..=random.below(1 + round / 2) {
                random.change(&mut bytes, &documents[other]);
            }
            for (_, entry) in ENTRIES {
                read += u32::from(entry(&bytes, &Limits::default()).is_ok());
                all += 1;
            }
            // It is a test, not a campaign.
            if start.elapsed() > Duration::from_secs(60) {
                break;
            }
        }
    }
    eprintln!("{read} of {all} were read");
    assert!(read > 100 && read < all / 2);
}

#[test]
fn no_offset_of_a_binary_property_list_causes_a_panic() {
    for (name, value) in kinds() {
        let bytes = value.to_binary().unwrap();
        let trailer = bytes.len() - 32;
        let table = usize::try_from(u64::from_be_bytes(bytes[trailer + 24..].try_into().unwrap())).unwrap();
        let (size, count) = (
            usize::from(bytes[trailer + 6]),
            (trailer - table) / usize::from(bytes[trailer + 6]),
        );
        // Every object in the place of every other one: cycles, keys that are no texts, values of all types.
        for at in 0..count {
            for from in 0..count {
                let mut bytes = bytes.clone();
                bytes.copy_within(table + from * size..table + (from + 1) * size, table + at * size);
                for (_, read) in ENTRIES {
                    let _ = read(&bytes, &Limits::default());
                }
            }
        }
        // Every byte of the trailer and of the table.
        for at in table..bytes.len() {
            for byte in [0, 1, 2, 7, 8, 9, 0x7f, 0x80, 0xff] {
                let mut bytes = bytes.clone();
                bytes[at] = byte;
                let _ = reader(name)(&bytes, &Limits::default());
            }
        }
    }
}

#[test]
fn values_made_by_programs_can_be_anything() {
    let mut deep = Value::Array(vec![]);
    for _ in 0..300 {
        deep = Dictionary::from_iter([("PayloadContent", deep)]).into();
    }
    assert_eq!(
        Profile::from_value(&deep).unwrap_err().kind(),
        &ErrorKind::TooDeep { limit: 128 }
    );
    let mut profile = Profile::new("a", "b", []);
    profile.extra.insert("Deep", deep);
    for result in [
        profile.to_xml().map(drop),
        profile.to_binary().map(drop),
        profile.to_json().map(drop),
        profile.to_value().map(drop),
    ] {
        let error = result.unwrap_err();
        assert_eq!(
            error.kind(),
            &ErrorKind::TooDeep {
                limit: Limits::MAX_DEPTH
            }
        );
        assert!(error.path().starts_with("Deep.PayloadContent.PayloadContent"));
    }
    assert!(serde_json::to_string(&profile).is_err() && plist::to_writer_xml(Vec::new(), &profile).is_err());
    profile.extra.remove("Deep");
    profile.extra.insert("Nul\0", "a\0b");
    assert_eq!(Profile::from_slice(&profile.to_binary().unwrap()).unwrap(), profile);
    assert_eq!(
        Profile::from_slice(profile.to_xml().unwrap().as_bytes()).unwrap(),
        profile
    );
}

/// Much longer than what is held in proportion takes, and much less than what is not.
const LONG: Duration = Duration::from_secs(20);

/// What is the same in no way but by its bits: each was held against each.
#[test]
fn hostile_numbers_and_dates_are_read_in_linear_time() {
    let payloads = |value: &str| {
        let payload = format!("<dict><key>PayloadUUID</key>{value}</dict>");
        format!(
            "<plist><dict><key>PayloadContent</key><array>{}</array></dict></plist>",
            payload.repeat(20_000)
        )
    };
    let profile = Profile::from_slice(payloads("<real>nan</real>").as_bytes()).unwrap();
    let start = Instant::now();
    assert!(!profile.validate().is_ok());
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());

    let date: Date = "2026-11-23T00:00:00Z".parse().unwrap();
    let dates = (0..50_000_u32).map(|number| {
        let text = date.to_string().replace('Z', &format!(".{number:09}Z"));
        Value::Date(text.parse().unwrap())
    });
    let value = Value::Array(dates.collect());
    let start = Instant::now();
    let bytes = value.to_binary().unwrap();
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
    assert!(matches!(Value::from_slice(&bytes), Ok(Value::Array(list)) if list.len() == 50_000));
}

/// Texts that are neither short nor ASCII count for the reader as it has them.
#[test]
fn documents_with_many_equal_values_can_be_read_again() {
    let text = format!("é{}", "a".repeat(61));
    let value = Value::Array(vec![Value::from(text); 200_000]);
    assert_eq!(Value::from_slice(&value.to_binary().unwrap()), Ok(value));
}

/// A document that cannot be read is looked through for secrets once.
#[cfg(feature = "lint")]
#[test]
fn hiding_secrets_takes_linear_time() {
    for part in [
        "\"Password\":<",
        "\"Password\":[\"",
        "\"PIN\": \"",
        "<key>",
        "<key>Password</key>",
        "<key>Password</key><string><![CDATA[",
    ] {
        for start in ["{", "<plist><dict>"] {
            let text = format!("{start}{}", part.repeat(100_000));
            let begin = Instant::now();
            let linted = apple_mdm::lint::lint(text.as_bytes(), &apple_mdm::lint::Options::default());
            assert!(!linted.findings.is_empty());
            assert!(begin.elapsed() < LONG, "{start}{part}: {:?}", begin.elapsed());
        }
    }
}

/// Each of many documents within a document may take little memory, and so little time.
#[test]
fn nested_documents_are_read_in_linear_time() {
    use apple_mdm::commands::AccountConfiguration;
    use apple_mdm::commands::account_configuration::AutoSetupAdminAccountItem;

    // Three arrays of 50 references each, the last to one text.
    let mut bomb = b"bplist00".to_vec();
    let mut offsets = Vec::new();
    for next in [1, 2, 3] {
        offsets.push(bomb.len());
        bomb.extend([0xaf, 0x10, 50]);
        bomb.extend([next; 50]);
    }
    offsets.push(bomb.len());
    bomb.extend([0x51, b'a']);
    let table = bomb.len() as u64;
    bomb.extend(offsets.iter().map(|offset| u8::try_from(*offset).unwrap()));
    bomb.extend([0, 0, 0, 0, 0, 0, 1, 1]);
    bomb.extend([4, 0, table].into_iter().flat_map(u64::to_be_bytes));
    let account = AutoSetupAdminAccountItem {
        password_hash: Some(bomb.into()),
        ..AutoSetupAdminAccountItem::new("admin")
    };
    let command = AccountConfiguration {
        auto_setup_admin_accounts: Some(vec![account; 1000]),
        ..AccountConfiguration::default()
    };
    let start = Instant::now();
    assert!(!command.validate().is_ok());
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
}
