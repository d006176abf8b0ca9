//! Devices and server exchange messages over the loopback address.

use std::net::SocketAddr;

use apple_mdm::commands::device_information::QueriesItem;
use apple_mdm::commands::{ClearPasscode, DeclarativeManagement, DeviceInformation, SetFirmwarePassword};
use apple_mdm::declarations::{ActivationSimple, Envelope, PasscodeSettings};
use apple_mdm::validate::Code;
use apple_mdm::{checkin, commands};
use axum_server::declarative::Declarations;
use axum_server::device::Device;
use axum_server::server::Server;
use axum_server::store::{Outcome, Refused};
use tokio::runtime::Runtime;

/// Starts the server. It stops when the runtime is dropped.
fn serving(server: &Server) -> (Runtime, SocketAddr) {
    let runtime = Runtime::new().unwrap();
    let (listener, address) = runtime.block_on(Server::local()).unwrap();
    let server = server.clone();
    runtime.spawn(async move { server.serve(listener, std::future::pending()).await });
    (runtime, address)
}

fn mac(address: SocketAddr) -> Device {
    Device::new(address, "MAC-1", "Anna's Mac", "Mac14,2", "26.1")
}

#[test]
fn commands_reach_the_mac_and_responses_are_read_by_command() {
    let server = Server::default();
    let (_runtime, address) = serving(&server);
    let mut mac = mac(address);
    mac.enroll().unwrap();
    for command in [
        DeviceInformation::new(vec![QueriesItem::DeviceName]).into(),
        commands::Command::from(SetFirmwarePassword::new("correct horse")),
        SetFirmwarePassword::new("battery staple").into(),
    ] {
        server.store().queue("MAC-1", command).unwrap();
    }

    // The Mac postpones the first command, which is sent again with the next poll.
    mac.is_busy = true;
    assert_eq!(mac.poll().unwrap(), 3);
    let failed = Outcome::Failed("Error: com.example.simulated 7: The current password is wrong.".to_owned());
    let so_far = [Outcome::FirmwarePassword(true), failed];
    assert_eq!(server.store().device("MAC-1").unwrap().outcomes, so_far);
    assert_eq!(mac.firmware_password.as_deref(), Some("correct horse"));

    assert_eq!(mac.poll().unwrap(), 1);
    let name = Outcome::Name("Anna's Mac".to_owned());
    assert_eq!(server.store().device("MAC-1").unwrap().outcomes.last(), Some(&name));
    assert_eq!(mac.poll().unwrap(), 0);
}

#[test]
fn commands_that_a_device_does_not_support_are_not_queued() {
    let server = Server::default();
    let (_runtime, address) = serving(&server);
    mac(address).enroll().unwrap();
    let mut store = server.store();
    let mut refused = |command: commands::Command| match store.queue("MAC-1", command) {
        Err(Refused::Findings(report)) => report.errors().map(|error| error.code).collect(),
        other => panic!("{other:?}"),
    };
    let codes: Vec<Code> = refused(SetFirmwarePassword::new("pass\u{e9}").into());
    assert_eq!(codes, [Code::Charset]);
    // Macs have no unlock token.
    assert_eq!(
        refused(ClearPasscode::new(b"token".to_vec()).into()),
        [Code::NotAvailable]
    );
    assert!(matches!(
        store.queue("MAC-2", SetFirmwarePassword::new("x")),
        Err(Refused::UnknownDevice)
    ));
}

#[test]
fn an_iphone_clears_its_passcode_and_receives_declarations() {
    let settings = PasscodeSettings {
        minimum_length: Some(8),
        ..Default::default()
    };
    let set = vec![
        Envelope::new(
            "com.example.active",
            "1",
            ActivationSimple::new(vec!["com.example.passcode".into()]),
        )
        .into(),
        Envelope::new("com.example.passcode", "1", settings).into(),
    ];
    let server = Server::new(Declarations::new(set.clone(), "2026-11-22T08:00:00Z").unwrap());
    let (_runtime, address) = serving(&server);
    let mut phone = Device::new(address, "PHONE-1", "Ben's iPhone", "iPhone17,2", "26.1");
    phone.unlock_token = Some(b"unlocks this iPhone".to_vec());
    phone.enroll().unwrap();

    let token = server.store().device("PHONE-1").unwrap().unlock_token.clone().unwrap();
    server.store().queue("PHONE-1", ClearPasscode::new(token)).unwrap();
    server
        .store()
        .queue("PHONE-1", DeclarativeManagement::default())
        .unwrap();
    assert_eq!(phone.poll().unwrap(), 2);

    assert!(!phone.has_passcode);
    assert_eq!(phone.declarations, set);
    let mut store = server.store();
    let device = store.device("PHONE-1").unwrap();
    let done = |name: &str| Outcome::Done(name.to_owned());
    assert_eq!(device.outcomes, [done("ClearPasscode"), done("DeclarativeManagement")]);
    let status = &device.status.as_ref().unwrap().status_items;
    assert_eq!(status.device.operating_system.version.as_deref(), Some("26.1"));
    let declarations = status.management.declarations.as_ref().unwrap();
    let configurations = declarations.configurations.as_ref().unwrap();
    assert_eq!(configurations[0].identifier.as_deref(), Some("com.example.passcode"));
}

#[test]
fn invalid_requests_are_rejected() {
    let server = Server::default();
    let (_runtime, address) = serving(&server);
    let mac = mac(address);
    let idle = b"<plist version='1.0'><dict><key>Status</key><string>Idle</string>\
        <key>UDID</key><string>MAC-1</string></dict></plist>";
    let large = vec![b' '; 5 << 20];
    for (path, media_type, body, status) in [
        ("mdm", commands::CONTENT_TYPE, &idle[..], 401), // not enrolled
        ("mdm", "text/plain", idle, 415),
        ("mdm", commands::CONTENT_TYPE, b"<plist>", 400),
        ("mdm", commands::CONTENT_TYPE, &large, 413),
        ("checkin", checkin::CONTENT_TYPE, &large[..70 << 10], 413),
        ("checkin", checkin::CONTENT_TYPE, b"{}", 400),
        ("other", checkin::CONTENT_TYPE, b"", 404),
    ] {
        let reply = mac.send(path, media_type, body);
        // The server may close the connection before it has read a body that is too large.
        match reply {
            Ok(received) => assert_eq!(received, status, "{path}"),
            Err(error) => assert_eq!(status, 413, "{path}: {error}"),
        }
    }
}
