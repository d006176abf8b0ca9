//! What the reader makes of documents, with records as the generator writes them.

mod sample;

use apple_mdm::codec::Reader;
use apple_mdm::input::{Input, Limits};
use apple_mdm::value::{Data, Dictionary, Type, Value};
use apple_mdm::{Document, Error, ErrorKind, Extra};
use sample::*;

fn dict<T: Document>(entries: &str) -> Result<T, Error> {
    T::from_slice(format!("<plist>\n<dict>{entries}</dict>\n</plist>").as_bytes())
}

const PASSCODE_KEYS: &str = "<key>maxInactivity</key><real>30</real><key>forcePIN</key><integer>1</integer>\n<!-- c -->
    <key>new &amp; shiny</key><array><string>a</string><dict/></array><key>customRegex</key><dict>
    <key>passwordContentRegex</key><string>.*</string><key>passwordContentDescription</key><dict><key>default</key>
    <string>any</string></dict></dict>";

#[test]
fn known_keys_are_read_into_fields_and_the_others_are_kept() {
    let got: Passcode = dict(PASSCODE_KEYS).unwrap();
    assert_eq!(
        (got.max_inactivity, got.force_pin, got.min_length),
        (Some(30), Some(true), None)
    );
    assert_eq!(
        got.custom_regex.as_ref().unwrap().description.as_ref().unwrap()["default"],
        "any"
    );
    let kept = Value::Array(vec!["a".into(), Dictionary::new().into()]);
    assert_eq!(got.extra, Extra::from_iter([("new & shiny", kept)]));

    assert_eq!(
        Passcode::from_slice(got.to_xml().unwrap().as_bytes()).as_ref(),
        Ok(&got)
    );
    assert_eq!(Passcode::from_slice(&got.to_binary().unwrap()).as_ref(), Ok(&got));
    assert_eq!(
        Passcode::from_slice(got.to_json().unwrap().as_bytes()).as_ref(),
        Ok(&got)
    );
    assert_eq!(Passcode::from_value(&got.to_value().unwrap()).as_ref(), Ok(&got));
    assert_eq!(
        got.to_json_compact().unwrap(),
        r#"{"maxInactivity":30,"forcePIN":true,"customRegex":{"passwordContentRegex":".*","passwordContentDescription":{"default":"any"}},"new & shiny":["a",{}]}"#
    );
}

#[test]
fn what_does_not_fit_is_an_error_that_says_where() {
    let cases = [
        ("", "", "NewPassword, line 2, column 1: the required key is missing"),
        (
            "<key>NewPassword</key><integer>1</integer>",
            "",
            "NewPassword, line 2, column 29: expected a string, found an integer",
        ),
        (
            "<key>NewPassword</key><string>s</string>\n <key>NewPassword</key><string>s</string>",
            "",
            "NewPassword, line 3, column 2: the key is repeated",
        ),
        (
            "<key>NewPassword</key><string>s</string><key>x</key><true/><key>y</key><true/><key>x</key><dict/>",
            "",
            "x, line 2, column 85: the key is repeated",
        ),
        (
            "<key>AllowOroms</key><integer>2</integer>",
            "",
            "AllowOroms, line 2, column 28: expected a boolean, found an integer",
        ),
        (
            "",
            "<key>maxInactivity</key><real>1.5</real>",
            "maxInactivity, line 2, column 31: expected an integer, found a real",
        ),
        (
            "",
            "<key>maxInactivity</key><integer>9223372036854775808</integer>",
            "maxInactivity, line 2, column 31: expected an integer up to 9223372036854775807, found a greater one",
        ),
        (
            "",
            "<key>customRegex</key><dict></dict>",
            "customRegex.passwordContentRegex, line 2, column 29: the required key is missing",
        ),
        (
            "",
            "<key>customRegex</key><dict><key>passwordContentDescription</key><dict><key>a b</key><array/></dict></dict>",
            r#"customRegex.passwordContentDescription["a b"], line 2, column 92: expected a string, found an array"#,
        ),
    ];
    for (command, payload, message) in cases {
        let error = match (command, payload) {
            (command, "") => dict::<SetFirmwarePassword>(command).unwrap_err(),
            (_, payload) => dict::<Passcode>(payload).unwrap_err(),
        };
        assert_eq!(error.to_string(), message);
    }
    let error = Passcode::from_slice(b"[1]").unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 1, column 1: expected a dictionary, found an array"
    );
    let error = Passcode::from_slice(br#"{"minLength": null}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "minLength, line 1, column 15: expected an integer, found null"
    );
}

#[test]
fn what_a_device_writes_is_read_even_where_it_does_not_fit() {
    let entries = "<key>CertificateList</key><array><dict><key>CommonName</key><dict><key>a</key><array/></dict>
        <key>Data</key><data>QUJD</data></dict><dict/></array><key>Level</key><integer>1</integer>";
    let got: CertificateListResponse = dict(entries).unwrap();
    let certificates = got.certificates.as_ref().unwrap();
    assert_eq!(certificates[0].data, Some(Data::from(b"ABC")));
    assert_eq!(certificates[0].common_name, None);
    let why = certificates[0].extra.misfit("CommonName").unwrap();
    assert_eq!(
        why.to_string(),
        "CertificateList[0].CommonName, line 2, column 67: expected a string, found a dictionary"
    );
    assert_eq!(got.level, Some(1.0));
    assert_eq!(
        CertificateListResponse::from_slice(got.to_xml().unwrap().as_bytes()),
        Ok(got)
    );

    // An array for a dictionary: the whole value of the key is kept.
    for document in [
        "<dict><key>CertificateList</key><array><dict><key>x</key><array/></dict><string>no</string></array></dict>",
        r#"{"CertificateList": [{"x": []}, "no"]}"#,
    ] {
        let got = CertificateListResponse::from_slice(document.as_bytes()).unwrap();
        let value = Value::from_slice(document.as_bytes()).unwrap();
        assert_eq!(got.certificates, None);
        assert_eq!(got.extra.get("CertificateList"), value.get("CertificateList"));
        assert_eq!(got.extra.misfits().next().unwrap().1.path(), "CertificateList[1]");
        assert_eq!(got.to_value(), Ok(value.clone()));
        assert_eq!(CertificateListResponse::from_value(&value), Ok(got));
    }

    // A broken document is one there too.
    for entries in [
        "<key>Level</key><array>",
        "<key>Level</key><string/><key>Level</key><real>1</real>",
        "<key>Level</key><dict><key>a</key><true/><key>a</key><true/></dict>",
    ] {
        assert!(dict::<CertificateListResponse>(entries).is_err(), "{entries}");
    }
}

#[test]
fn a_field_that_is_set_replaces_the_value_that_did_not_fit() {
    let mut got: Certificate = dict("<key>CommonName</key><true/>").unwrap();
    assert_eq!(got.to_json_compact().unwrap(), r#"{"CommonName":true}"#);
    got.common_name = Some("a".into());
    assert_eq!(got.to_json_compact().unwrap(), r#"{"CommonName":"a"}"#);
}

#[test]
fn common_keys_stand_beside_those_of_the_payload() {
    let common = "<key>PayloadUUID</key><string>u</string><key>PayloadIdentifier</key><string>i</string>
        <key>PayloadType</key><string>com.apple.mobiledevice.passwordpolicy</string>";
    let entry: PasscodeEntry = dict(&format!("{PASSCODE_KEYS}{common}")).unwrap();
    assert_eq!(entry.common.uuid, "u");
    assert_eq!(entry.passcode, dict(PASSCODE_KEYS).unwrap());
    assert!(entry.common.extra.is_empty());
    let json = entry.to_json_compact().unwrap();
    assert!(json.starts_with(r#"{"PayloadIdentifier":"i","PayloadType":"#), "{json}");
    assert_eq!(
        PasscodeEntry::from_slice(entry.to_xml().unwrap().as_bytes()),
        Ok(entry.clone())
    );

    let error = dict::<PasscodeEntry>(PASSCODE_KEYS).unwrap_err();
    assert_eq!(
        (error.kind(), error.path()),
        (&ErrorKind::MissingKey, "PayloadIdentifier")
    );
    let error = dict::<PasscodeEntry>(&format!("{common}{common}")).unwrap_err();
    assert_eq!((error.kind(), error.path()), (&ErrorKind::RepeatedKey, "PayloadUUID"));
}

#[test]
fn a_string_is_found_ahead_wherever_it_stands() {
    let xml =
        "<plist><array><dict><key>n</key><dict><key>Type</key><string>inner</string></dict><key>d</key><data>***</data>
        <key>Type</key><string>outer &amp; more</string></dict><dict><key>Type</key><integer>1</integer></dict><dict/>
        <string>Type</string></array></plist>";
    let json = r#"[{"n": {"Type": "inner"}, "d": "***", "Type": "outer & more"}, {"Type": 1}, {}, "Type"]"#;
    let value = Value::from_slice(json.as_bytes()).unwrap();
    let inputs = [xml, json].map(|text| Input::new(text.as_bytes(), &Limits::default()).unwrap());
    for mut reader in [inputs[0].reader(), inputs[1].reader(), Reader::from_value(&value)] {
        reader.begin_array().unwrap();
        assert!(reader.next_item().unwrap());
        assert_eq!(reader.find("Type").unwrap().as_deref(), Some("outer & more"));
        assert_eq!(reader.find("none").unwrap(), None);
        // It still stands before the dictionary.
        reader.begin_dictionary().unwrap();
        assert_eq!(reader.next_key().unwrap().as_deref(), Some("n"));
        assert_eq!(reader.find("Type").unwrap().as_deref(), Some("inner"));
        assert_eq!(reader.value().unwrap().get("Type").unwrap().as_str(), Some("inner"));
        for key in ["d", "Type"] {
            assert_eq!(reader.next_key().unwrap().as_deref(), Some(key));
            reader.skip().unwrap();
        }
        assert_eq!(reader.next_key().unwrap(), None);
        for _ in 0..3 {
            assert!(reader.next_item().unwrap());
            assert_eq!(reader.find("Type").unwrap(), None);
            reader.kind().unwrap();
            assert_eq!(reader.find("Type").unwrap(), None);
            reader.skip().unwrap();
        }
        assert!(!reader.next_item().unwrap());
        reader.finish().unwrap();
    }
}

#[test]
fn text_is_read_as_data_and_date_where_it_may_come_from_json() {
    let json = br#"{"Data": "QUJD", "NotAfter": "2024-05-06T09:08:09+02:00"}"#;
    let got = Certificate::from_slice(json).unwrap();
    assert_eq!(got.data, Some(Data::from(b"ABC")));
    assert_eq!(got.not_after, Some("2024-05-06T07:08:09Z".parse().unwrap()));
    assert_eq!(
        got.to_json_compact().unwrap(),
        r#"{"Data":"QUJD","NotAfter":"2024-05-06T07:08:09Z"}"#
    );
    let value = Value::from_slice(json).unwrap();
    assert!(Certificate::from_value(&value).unwrap().extra.misfit("Data").is_some());
    assert!(
        dict::<Certificate>("<key>Data</key><string>QUJD</string>")
            .unwrap()
            .extra
            .misfit("Data")
            .is_some()
    );
    let bad = Certificate::from_slice(br#"{"Data": "Q!", "NotAfter": "today"}"#).unwrap();
    assert_eq!(
        bad.extra.misfit("Data").unwrap().to_string(),
        "Data, line 1, column 10: expected base64 text, found another string"
    );
    assert_eq!(
        bad.extra.misfit("NotAfter").unwrap().to_string(),
        "NotAfter, line 1, column 28: expected a date such as 2024-05-06T07:08:09Z, found another text"
    );
}

#[test]
fn serde_reads_and_writes_property_lists_through_plist() {
    let entries = "<key>CertificateList</key><array><dict><key>Data</key><data>QUJD</data><key>x</key><date>2001-01-01T00:00:00Z</date>
        <key>NotAfter</key><date>2024-05-06T07:08:09Z</date></dict></array>";
    let got: CertificateListResponse = dict(entries).unwrap();
    let mut xml = Vec::new();
    plist::to_writer_xml(&mut xml, &got).unwrap();
    let text = String::from_utf8(xml.clone()).unwrap();
    assert!(
        text.contains("<date>2024-05-06T07:08:09Z</date>") && text.contains("<data>"),
        "{text}"
    );
    assert_eq!(CertificateListResponse::from_slice(&xml).as_ref(), Ok(&got));
    assert_eq!(plist::from_bytes::<CertificateListResponse>(&xml).unwrap(), got);
    assert_eq!(
        plist::from_bytes::<CertificateListResponse>(&got.to_binary().unwrap()).unwrap(),
        got
    );
    let value = plist::to_value(&got).unwrap();
    assert_eq!(plist::from_value::<CertificateListResponse>(&value).unwrap(), got);

    let command: SetFirmwarePassword =
        serde_json::from_str(r#"{"NewPassword": "secret", "AllowOroms": true}"#).unwrap();
    assert_eq!(
        serde_json::to_string(&command).unwrap(),
        r#"{"NewPassword":"secret","AllowOroms":true}"#
    );
    let error = serde_json::from_str::<SetFirmwarePassword>("{}").unwrap_err();
    assert!(
        error.to_string().contains("NewPassword: the required key is missing"),
        "{error}"
    );
}

#[test]
fn serde_writes_declarations_as_json_has_them() {
    let asset: Asset = serde_json::from_str(r#"{"Data": "QUJD", "NotAfter": "2024-05-06T07:08:09Z"}"#).unwrap();
    assert_eq!(asset.0.data, Some(Data::from(b"ABC")));
    assert_eq!(
        serde_json::to_string(&asset).unwrap(),
        r#"{"Data":"QUJD","NotAfter":"2024-05-06T07:08:09Z"}"#
    );
}

#[test]
fn types_that_contain_themselves_may_be_as_deep_as_the_limits_say() {
    let deep = |depth: usize| {
        let start = "<dict><key>Name</key><string/><key>Folder</key>".repeat(depth - 1);
        format!(
            "{start}<dict><key>Name</key><string/></dict>{}",
            "</dict>".repeat(depth - 1)
        )
    };
    std::thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(move || {
            let limits = Limits::default().with_depth(Limits::MAX_DEPTH);
            let folder = Folder::from_slice_with(deep(Limits::MAX_DEPTH).as_bytes(), &limits).unwrap();
            for written in [
                folder.to_xml().unwrap().into_bytes(),
                folder.to_binary().unwrap(),
                folder.to_json().unwrap().into_bytes(),
            ] {
                assert_eq!(Folder::from_slice_with(&written, &limits).as_ref(), Ok(&folder));
            }
            for depth in [Limits::MAX_DEPTH + 1, 100_000] {
                let error = Folder::from_slice_with(deep(depth).as_bytes(), &limits).unwrap_err();
                assert_eq!(
                    error.kind(),
                    &ErrorKind::TooDeep {
                        limit: Limits::MAX_DEPTH
                    }
                );
            }
            let input = deep(Limits::MAX_DEPTH);
            let input = Input::new(input.as_bytes(), &limits).unwrap();
            assert_eq!(input.reader().find("none"), Ok(None));
        })
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn the_type_of_the_next_value_can_be_asked_for() {
    let text = "<array><string/><integer>1</integer><real>1</real><true/><data/><date>2024-05-06T07:08:09Z</date><array/><dict/></array>";
    let input = Input::new(text.as_bytes(), &Limits::default()).unwrap();
    let mut reader = input.reader();
    reader.begin_array().unwrap();
    let mut types = Vec::new();
    while reader.next_item().unwrap() {
        types.push(reader.kind().unwrap());
        reader.value().unwrap();
    }
    use Type::*;
    assert_eq!(types, [String, Integer, Real, Boolean, Data, Date, Array, Dictionary]);
}
