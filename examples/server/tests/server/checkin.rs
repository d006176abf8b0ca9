//! Check-in messages as real devices and other clients send them.

use apple_mdm::Document;
use apple_mdm::checkin::{GetBootstrapTokenResponse, UserAuthenticateResponse};
use apple_mdm::errors::UnrecognizedDevice;
use apple_mdm::errors::unrecognized_device::Code;
use apple_mdm::profiles::{Payload, Profile};
use apple_mdm::schema::Os;
use axum_server::config::{Config, UnknownDevices};
use axum_server::enrollment_profile::EnrollmentProfile;
use axum_server::identity::Signatures;
use axum_server::store::Store;

use super::support::{none, plist, start, unsigned};

const IDLE: &str = "<key>Status</key><string>Idle</string><key>UDID</key><string>MAC-1</string>";

fn message(message_type: &str, keys: &str) -> String {
    format!("<key>MessageType</key><string>{message_type}</string><key>UDID</key><string>MAC-1</string>{keys}")
}

#[test]
fn every_product_enrolls() {
    let server = unsigned();
    for (product, os) in [
        ("Mac14,2", Os::Macos),
        ("MacBookPro18,3", Os::Macos),
        ("VirtualMac2,1", Os::Macos),
        ("iPhone17,2", Os::Ios),
        ("iPad16,3", Os::Ios),
        ("iPod9,1", Os::Ios),
        ("AppleTV14,1", Os::Tvos),
        ("Watch7,5", Os::Watchos),
        ("RealityDevice14,1", Os::Visionos),
    ] {
        let device = server.device(product, product, "26.1");
        device.enroll().unwrap();
        let enrolled = server.service().store.enrollment(product).unwrap().unwrap();
        let target = enrolled.target(apple_mdm::AccessRights::all()).unwrap();
        assert_eq!(target.os(), os, "{product}");
    }
}

#[test]
fn a_device_that_says_little_about_itself_enrolls() {
    let server = unsigned();
    let name = |key: &str, name: &str| format!("<key>{key}</key><string>{name}</string>");
    for (keys, os) in [
        (String::new(), None),
        (name("ProductName", "Mac14,2"), Some(Os::Macos)),
        (name("ProductName", "Unheard7,1") + &name("OSVersion", "26.1"), None),
        (
            name("ProductName", "Mac14,2") + &name("OSVersion", "not a version"),
            Some(Os::Macos),
        ),
        (name("ModelName", "iPad") + &name("Model", "MGLW2LL/A"), Some(Os::Ios)),
        (name("OSVersion", "26.1"), None),
    ] {
        let reply = server.send(&message("Authenticate", &keys));
        assert_eq!(reply.status, 200, "{keys}");
        let enrolled = server.service().store.enrollment("MAC-1").unwrap().unwrap();
        let target = enrolled.target(apple_mdm::AccessRights::all());
        assert_eq!(target.map(|target| target.os()), os, "{keys}");
        assert_eq!(server.send(IDLE).status, 200, "{keys}");
    }
}

#[test]
fn the_path_and_the_media_type_do_not_matter() {
    let server = unsigned();
    let mac = server.mac();
    for path in ["mdm", "checkin", "mdm?tenant=7"] {
        for media_type in [
            None,
            Some("application/x-apple-aspen-mdm-checkin"),
            Some("application/x-apple-aspen-mdm; charset=utf-8"),
            Some("text/xml"),
            Some("application/x-www-form-urlencoded"),
        ] {
            for message in [message("Authenticate", ""), message("TokenUpdate", ""), IDLE.to_owned()] {
                let reply = mac.put(path, media_type, plist(&message).as_bytes()).unwrap();
                assert_eq!(reply.status, 200, "{path} {media_type:?} {message}");
            }
        }
    }
    assert_eq!(mac.put("other", None, b"").unwrap().status, 404);
}

#[test]
fn messages_in_binary_are_read_too() {
    let server = unsigned();
    let mac = server.mac();
    for keys in [message("Authenticate", ""), IDLE.to_owned()] {
        let value = apple_mdm::value::Dictionary::from_slice(plist(&keys).as_bytes()).unwrap();
        assert_eq!(mac.put("mdm", None, &value.to_binary().unwrap()).unwrap().status, 200);
    }
}

#[test]
fn an_unknown_device_stays_enrolled_unless_the_configuration_says_otherwise() {
    let messages = [
        IDLE.to_owned(),
        message("TokenUpdate", ""),
        message("GetBootstrapToken", ""),
        message("DeclarativeManagement", "<key>Endpoint</key><string>tokens</string>"),
    ];
    let server = unsigned();
    for message in &messages {
        assert_eq!(server.send(message).status, 404, "{message}");
    }
    let config = Config {
        unknown_devices: UnknownDevices::Unenroll,
        ..Config::new(Signatures::NotChecked)
    };
    let server = start(config, Store::in_memory().unwrap(), none());
    for message in &messages {
        let reply = server.send(message);
        assert_eq!(reply.status, 403, "{message}");
        let error = UnrecognizedDevice::from_slice(&reply.body).unwrap();
        assert_eq!(error.code, Code::ComAppleUnrecognizedDevice);
    }
    // The device is known, and must not unenroll because the user is not.
    server.mac().enroll().unwrap();
    let reply = server.send(&format!("{IDLE}<key>UserID</key><string>ANNA</string>"));
    assert_eq!(reply.status, 404);
}

#[test]
fn malformed_messages_are_rejected_without_unenrolling_anyone() {
    let server = unsigned();
    server.mac().enroll().unwrap();
    for keys in [
        String::new(),
        "<key>Status</key><string>Idle</string>".to_owned(),
        "<key>MessageType</key><string>TokenUpdate</string>".to_owned(),
        message("Authenticate", "<key>UserID</key><string>ANNA</string>"),
        message("UserAuthenticate", ""),
        message("TokenUpdate", "<key>UserShortName</key><string>anna</string>"),
        message("GetToken", "<key>TokenServiceType</key><string>com.apple.maid</string>"),
        message("SomethingNew", ""),
        format!(
            "<key>Status</key><string>Idle</string><key>UDID</key><string>{}</string>",
            "x".repeat(1000)
        ),
    ] {
        let reply = server.send(&keys);
        assert_eq!(reply.status, 400, "{keys}: {}", String::from_utf8_lossy(&reply.body));
    }
    let mac = server.mac();
    for body in [&b""[..], b"{}", b"<plist>", b"bplist00", &[0xff; 100]] {
        assert_eq!(mac.put("mdm", None, body).unwrap().status, 400);
    }
    assert_eq!(server.send(IDLE).status, 200);
}

#[test]
fn a_bootstrap_token_is_kept_until_the_mac_deletes_it() {
    let server = unsigned();
    server.mac().enroll().unwrap();
    let token = || {
        let reply = server.send(&message("GetBootstrapToken", ""));
        assert_eq!(reply.status, 200);
        let reply = GetBootstrapTokenResponse::from_slice(&reply.body).unwrap();
        reply.bootstrap_token.map(|token| token.to_vec())
    };
    assert_eq!(token(), None);
    server.send(&message(
        "SetBootstrapToken",
        "<key>BootstrapToken</key><data>AAEC</data>",
    ));
    assert_eq!(token(), Some(vec![0, 1, 2]));
    server.send(&message("SetBootstrapToken", "<key>BootstrapToken</key><data></data>"));
    assert_eq!(token(), None);
}

#[test]
fn network_users_are_managed_only_if_the_configuration_says_so() {
    let login = message("UserAuthenticate", "<key>UserID</key><string>NETWORK-USER</string>");
    let server = unsigned();
    server.mac().enroll().unwrap();
    assert_eq!(server.send(&login).status, 410);

    let config = Config {
        manages_network_users: true,
        ..Config::new(Signatures::NotChecked)
    };
    let server = start(config, Store::in_memory().unwrap(), none());
    assert_eq!(server.send(&login).status, 404);
    server.mac().enroll().unwrap();
    let reply = UserAuthenticateResponse::from_slice(&server.send(&login).body).unwrap();
    assert_eq!(reply.digest_challenge.as_deref(), Some(""));
}

#[test]
fn status_reports_are_kept_within_bounds_and_unreadable_ones_apart() {
    let server = unsigned();
    server.mac().enroll().unwrap();
    let report = |data: &str| {
        let keys = format!("<key>Endpoint</key><string>status</string><key>Data</key><data>{data}</data>");
        server.send(&message("DeclarativeManagement", &keys)).status
    };
    // {"StatusItems":{}}
    for _ in 0..30 {
        assert_eq!(report("eyJTdGF0dXNJdGVtcyI6e319"), 200);
    }
    assert_eq!(server.service().store.reports("MAC-1").unwrap().len(), 20);
    assert_eq!(report("AAEC"), 200);
    assert_eq!(server.service().store.unreadable().unwrap()[0].body, [0, 1, 2]);
    let unknown = "<key>Endpoint</key><string>declaration/configuration/unknown</string>";
    assert_eq!(server.send(&message("DeclarativeManagement", unknown)).status, 404);
}

#[test]
fn the_enrollment_profile_contains_what_the_configuration_says() {
    let mut config = Config::new(Signatures::NotChecked);
    config.enrollment_profile = Some(EnrollmentProfile {
        server_url: "https://mdm.example.com/mdm".to_owned(),
        topic: "com.apple.mgmt.External.7a1f0c2e-5a5e-4c54-9b7e-2f0d6f1b8a11".to_owned(),
        scep_url: "https://scep.example.com/scep".to_owned(),
        scep_name: None,
        scep_challenge: Some("secret".to_owned()),
        signer: None,
    });
    let server = start(config, Store::in_memory().unwrap(), none());
    let mut reply = ureq::get(format!("http://{}/enroll", server.address)).call().unwrap();
    assert_eq!(reply.headers()["content-type"], "application/x-apple-aspen-config");
    let profile = Profile::from_slice(&reply.body_mut().read_to_vec().unwrap()).unwrap();
    use apple_mdm::validate::Validate;
    assert_eq!(profile.validate().to_string(), "");
    let [Payload::Scep(scep), Payload::Mdm(mdm)] = [0, 1].map(|index| &profile.payloads()[index].payload) else {
        panic!("{profile:?}");
    };
    assert_eq!(scep.payload_content.url, "https://scep.example.com/scep");
    assert_eq!(scep.payload_content.challenge.as_deref(), Some("secret"));
    assert_eq!(mdm.server_url, "https://mdm.example.com/mdm");
    assert_eq!(
        Some(&mdm.identity_certificate_uuid),
        profile.payloads()[0].common.payload_uuid.as_ref()
    );
    assert_eq!(mdm.sign_message, Some(true));

    let server = unsigned();
    let error = ureq::get(format!("http://{}/enroll", server.address))
        .call()
        .unwrap_err();
    assert!(matches!(error, ureq::Error::StatusCode(404)));
}
