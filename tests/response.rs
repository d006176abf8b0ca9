//! Responses whose envelope and body are read in one pass, compared with reading them one after the other.
#![cfg(feature = "commands")]

mod documents;

use apple_mdm::codec::{Extra, Record};
use apple_mdm::commands::{
    CertificateList, CommandItem, DeviceInformation, InstalledApplicationList, LomDeviceRequest, ProfileList, Response,
    SecurityInfo, SetFirmwarePassword, Settings, Status, UserList,
};
use apple_mdm::input::Limits;
use apple_mdm::value::{Dictionary, Type, Value};
use apple_mdm::{Document, Error, ErrorKind};
use documents::Fill;

/// A response with the status `Acknowledged` and the keys that every response can have, around these keys of a body.
fn acknowledged(body: Dictionary) -> Dictionary {
    let mut keys = Dictionary::from_iter([("CommandUUID", Value::from("0001"))]);
    keys.extend(body);
    keys.insert("RequestType", "Any");
    keys.insert("Status", "Acknowledged");
    keys.insert("UDID", "00008020-000915083C80012E");
    keys
}

/// The document in both formats of property lists.
fn in_both_formats(document: &Dictionary) -> [Vec<u8>; 2] {
    let value = Value::Dictionary(document.clone());
    [value.to_xml().unwrap().into_bytes(), value.to_binary().unwrap()]
}

fn assert_same_in_one_pass<C>(document: &Dictionary)
where
    C: CommandItem,
    C::Response: PartialEq + std::fmt::Debug,
{
    for bytes in in_both_formats(document) {
        let (envelope, body) = Response::from_slice_as::<C>(&bytes).unwrap();
        let body = body.unwrap();
        let mut first = Response::from_slice(&bytes).unwrap();
        assert_eq!(body, first.body::<C>().unwrap(), "{}", C::REQUEST_TYPE);
        first.extra = Extra::new();
        assert_eq!(envelope, first, "{}", C::REQUEST_TYPE);
        let joined = envelope.with_body(&body).unwrap().to_value().unwrap();
        assert_eq!(joined, Value::Dictionary(document.clone()), "{}", C::REQUEST_TYPE);
    }
}

fn assert_same_whatever_the_values<C>()
where
    C: CommandItem,
    C::Response: PartialEq + std::fmt::Debug,
{
    let (table, _) = C::Response::empty().parts();
    for variant in 0..Fill::NUMBER {
        for (unknown, sparse) in [(false, false), (true, false), (true, true)] {
            let fill = Fill {
                unknown,
                sparse,
                ..Fill::new(variant)
            };
            assert_same_in_one_pass::<C>(&acknowledged(fill.dictionary(table)));
        }
    }
    assert_same_in_one_pass::<C>(&acknowledged(Dictionary::new()));
}

#[test]
fn envelope_and_body_are_the_same_as_in_two_steps_and_nothing_is_lost() {
    assert_same_whatever_the_values::<CertificateList>();
    assert_same_whatever_the_values::<DeviceInformation>();
    assert_same_whatever_the_values::<InstalledApplicationList>();
    assert_same_whatever_the_values::<LomDeviceRequest>();
    assert_same_whatever_the_values::<ProfileList>();
    assert_same_whatever_the_values::<SecurityInfo>();
    assert_same_whatever_the_values::<SetFirmwarePassword>();
    assert_same_whatever_the_values::<Settings>();
    assert_same_whatever_the_values::<UserList>();
}

#[test]
fn a_response_with_another_status_has_no_body_and_keeps_its_keys() {
    for status in ["Error", "NotNow", "Idle", "CommandFormatError", "Future"] {
        let mut document = acknowledged(Dictionary::from_iter([
            ("QueryResponses", Value::Dictionary(Dictionary::new())),
            ("Unknown", 1.into()),
        ]));
        document.insert("Status", status);
        document.insert("ErrorChain", Value::Array(vec![]));
        for bytes in in_both_formats(&document) {
            let (response, body) = Response::from_slice_as::<DeviceInformation>(&bytes).unwrap();
            assert!(body.is_none(), "{status}");
            assert_eq!(response, Response::from_slice(&bytes).unwrap(), "{status}");
            assert_eq!(response.extra.len(), 2);
        }
    }
}

#[test]
fn values_of_the_wrong_type_stay_where_their_keys_belong() {
    let xml = b"<plist version='1.0'><dict>
        <key>Status</key><string>Acknowledged</string>
        <key>UDID</key><integer>7</integer>
        <key>QueryResponses</key><dict><key>DeviceName</key>
            <true/></dict>
        <key>Future</key><data>AAE=</data>
    </dict></plist>";
    let (response, body) = Response::from_slice_as::<DeviceInformation>(xml).unwrap();
    assert_eq!(response.status, Status::Acknowledged);
    assert_eq!(response.udid, None);
    assert_eq!(response.extra.get("UDID"), Some(&7.into()));
    let body = body.unwrap();
    assert_eq!(body.extra.keys().collect::<Vec<_>>(), ["Future"]);
    let information = body.query_responses.unwrap();
    assert_eq!(information.device_name, None);
    let why = information.extra.misfit("DeviceName").unwrap();
    assert_eq!(why.path(), "QueryResponses.DeviceName");
    assert_eq!(why.position().unwrap().line, 5, "the position in the document");
}

#[test]
fn data_and_dates_can_be_text_as_in_two_steps() {
    let xml = b"<plist version='1.0'><dict>
        <key>Status</key><string>Acknowledged</string>
        <key>CertificateList</key><array><dict><key>Data</key><string>AAEC</string></dict></array>
    </dict></plist>";
    let (response, body) = Response::from_slice_as::<CertificateList>(xml).unwrap();
    let list = body.unwrap().certificate_list.unwrap();
    assert_eq!(list[0].data.as_deref(), Some(&[0, 1, 2][..]));
    assert!(response.extra.is_empty());
    assert_eq!(
        list,
        Response::from_slice(xml)
            .unwrap()
            .body::<CertificateList>()
            .unwrap()
            .certificate_list
            .unwrap()
    );
}

/// The error of reading a dictionary with these entries.
fn error_of(entries: &str, limits: &Limits) -> Error {
    let xml = format!("<plist version='1.0'>\n<dict>{entries}</dict></plist>");
    let Err(error) = Response::from_slice_as_with::<DeviceInformation>(xml.as_bytes(), limits) else {
        panic!("{entries} is readable");
    };
    assert_eq!(
        error.to_string(),
        Response::from_slice_with(xml.as_bytes(), limits)
            .unwrap_err()
            .to_string(),
        "the same error as in two steps"
    );
    error
}

#[test]
fn errors_are_those_of_the_envelope_with_their_position() {
    let limits = Limits::default();
    let status = "<key>Status</key><string>Acknowledged</string>";
    let error = error_of("<key>QueryResponses</key><dict/>", &limits);
    assert_eq!((error.kind(), error.path()), (&ErrorKind::MissingKey, "Status"));
    assert_eq!(error.position().unwrap().line, 2);

    let error = error_of("<key>Status</key><true/>", &limits);
    let wrong = ErrorKind::WrongType {
        expected: Type::String,
        found: Type::Boolean,
    };
    assert_eq!((error.kind(), error.path()), (&wrong, "Status"));

    for repeated in ["Status", "QueryResponses", "Future"] {
        let again = format!("<key>{repeated}</key><string>Acknowledged</string>");
        let error = error_of(&format!("{again}{again}"), &limits);
        assert_eq!((error.kind(), error.path()), (&ErrorKind::RepeatedKey, repeated));
    }

    let error = error_of(&format!("{status}\n<key>QueryResponses</key><dict>"), &limits);
    assert!(matches!(error.kind(), ErrorKind::Syntax(_)), "{error}");
    assert_eq!(error.position().unwrap().line, 3);

    let deep = format!(
        "{status}<key>Future</key>{}{}",
        "<array>".repeat(9),
        "</array>".repeat(9)
    );
    let error = error_of(&deep, &limits.with_depth(8));
    assert_eq!(error.kind(), &ErrorKind::TooDeep { limit: 8 });
}
