//! The command loop.

use apple_mdm::Document;
use apple_mdm::commands::device_information::QueriesItem;
use apple_mdm::commands::{ClearPasscode, DeviceInformation, ProfileList, Response, SetFirmwarePassword, Status};
use apple_mdm::declarations::{ActivationSimple, Envelope, PasscodeSettings};
use apple_mdm::protocol::StatusReport;
use axum_server::config::{Config, Limits};
use axum_server::declarative::Declarations;
use axum_server::identity::Signatures;
use axum_server::service::NotQueued;
use axum_server::store::{State, Store};

use super::support::{command_uuid, limited, plist, response, start, unsigned};

#[test]
fn a_postponed_command_is_sent_again_later_and_does_not_hold_up_others() {
    let server = unsigned();
    let mut mac = server.mac();
    mac.enroll().unwrap();
    let service = server.service();
    service
        .queue("MAC-1", DeviceInformation::new(vec![QueriesItem::DeviceName]))
        .unwrap();
    service
        .queue("MAC-1", SetFirmwarePassword::new("correct horse"))
        .unwrap();
    service
        .queue("MAC-1", SetFirmwarePassword::new("battery staple"))
        .unwrap();

    mac.is_busy = true;
    assert_eq!(mac.poll().unwrap(), 3);
    assert_eq!(
        server.states("MAC-1"),
        [State::Postponed, State::Succeeded, State::Failed]
    );
    assert_eq!(mac.firmware_password.as_deref(), Some("correct horse"));
    let reason = server.outcomes("MAC-1")[2].reason.clone();
    assert_eq!(
        reason.as_deref(),
        Some("Error: com.example.simulated 7: The current password is wrong.")
    );

    // The Mac is still busy, and then it is not.
    mac.is_busy = true;
    assert_eq!(mac.poll().unwrap(), 1);
    assert_eq!(mac.poll().unwrap(), 1);
    assert_eq!(mac.poll().unwrap(), 0);
    let outcome = server.outcomes("MAC-1").swap_remove(0);
    assert_eq!(outcome.state, State::Succeeded);
    let response = Response::from_slice(&outcome.response.unwrap()).unwrap();
    let values = response.body::<DeviceInformation>().unwrap().query_responses.unwrap();
    assert_eq!(values.device_name.as_deref(), Some("Anna's device"));
}

#[test]
fn postponed_and_lost_commands_return_to_their_places_in_the_queue() {
    let server = unsigned();
    let mac = server.mac();
    mac.enroll().unwrap();
    let queued: Vec<String> = (0..3)
        .map(|_| server.service().queue("MAC-1", ProfileList::default()).unwrap())
        .collect();
    let idle = || mac.respond(Response::new(Status::Idle)).unwrap();
    assert_eq!(command_uuid(&idle()), queued[0]);
    let reply = mac.respond(response("NotNow", &queued[0])).unwrap();
    assert_eq!(command_uuid(&reply), queued[1]);
    // The second command is lost, together with the connection. The device starts over.
    for uuid in &queued {
        let reply = idle();
        assert_eq!(&command_uuid(&reply), uuid);
        mac.respond(response("Acknowledged", uuid)).unwrap();
    }
    assert_eq!(idle().body, b"");
}

#[test]
fn late_repeated_and_unknown_responses_do_no_harm() {
    let server = unsigned();
    let mac = server.mac();
    mac.enroll().unwrap();
    let queued: Vec<String> = (0..2)
        .map(|_| server.service().queue("MAC-1", ProfileList::default()).unwrap())
        .collect();
    let idle = || mac.respond(Response::new(Status::Idle)).unwrap();
    idle();
    // The device starts over and then reports the result after all.
    idle();
    let reply = mac.respond(response("Acknowledged", &queued[0])).unwrap();
    assert_eq!(command_uuid(&reply), queued[1]);
    // It was sent and is not finished, so nothing is sent twice.
    assert_eq!(mac.respond(response("Error", &queued[0])).unwrap().body, b"");
    assert_eq!(mac.respond(response("Acknowledged", "unknown")).unwrap().body, b"");
    assert_eq!(server.states("MAC-1"), [State::Succeeded, State::Sent]);
    // A response to a command that was never sent.
    let uuid = server.service().queue("MAC-1", ProfileList::default()).unwrap();
    mac.respond(response("Acknowledged", &uuid)).unwrap();
    assert_ne!(server.states("MAC-1")[2], State::Succeeded);
}

#[test]
fn an_unreadable_response_fails_its_command_and_is_kept() {
    let server = unsigned();
    let mac = server.mac();
    mac.enroll().unwrap();
    let broken: [&dyn Fn(&str) -> String; 4] = [
        // Cut off, without a status, with a key that appears twice, nested too deep.
        &|uuid| format!("<plist version='1.0'><dict><key>CommandUUID</key><string>{uuid}</string><key>Sta"),
        &|uuid| plist(&format!("<key>CommandUUID</key><string>{uuid}</string>")),
        &|uuid| {
            let status = "<key>Status</key><string>Acknowledged</string>";
            plist(&format!(
                "<key>CommandUUID</key><string>{uuid}</string>{status}{status}"
            ))
        },
        &|uuid| {
            let (open, close) = ("<array>".repeat(1000), "</array>".repeat(1000));
            plist(&format!(
                "<key>CommandUUID</key><string>{uuid}</string><key>Deep</key>{open}{close}"
            ))
        },
    ];
    for broken in broken {
        let first = server.service().queue("MAC-1", ProfileList::default()).unwrap();
        let second = server.service().queue("MAC-1", ProfileList::default()).unwrap();
        assert_eq!(command_uuid(&mac.respond(Response::new(Status::Idle)).unwrap()), first);
        let body = broken(&first);
        let reply = mac.put("mdm", None, body.as_bytes()).unwrap();
        // The device gets the next command.
        assert_eq!(command_uuid(&reply), second);
        assert_eq!(mac.respond(response("Acknowledged", &second)).unwrap().body, b"");

        let outcomes = server.outcomes("MAC-1");
        let failed = outcomes.iter().find(|outcome| outcome.uuid == first).unwrap();
        assert_eq!(failed.state, State::Failed);
        assert!(failed.reason.as_ref().unwrap().starts_with("unreadable response: "));
        let kept = server.service().store.unreadable().unwrap().pop().unwrap();
        assert_eq!(kept.body, body.as_bytes());
        assert_eq!(kept.enrollment.as_deref(), Some("MAC-1"));
    }
}

#[test]
fn unreadable_messages_that_belong_to_nothing_are_kept_within_bounds() {
    let server = unsigned();
    let mac = server.mac();
    let large = vec![b'x'; 100 << 10];
    assert_eq!(mac.put("mdm", None, &large).unwrap().status, 400);
    assert_eq!(server.service().store.unreadable().unwrap()[0].body.len(), 64 << 10);
    for _ in 0..120 {
        assert_eq!(mac.put("mdm", None, b"<plist>").unwrap().status, 400);
    }
    let kept = server.service().store.unreadable().unwrap();
    assert_eq!(kept.len(), 100);
    assert!(kept.iter().all(|message| message.body == b"<plist>"));
}

#[test]
fn a_command_that_never_gets_a_response_fails_in_the_end() {
    let server = unsigned();
    let mac = server.mac();
    mac.enroll().unwrap();
    server.service().queue("MAC-1", ProfileList::default()).unwrap();
    let polls = (0..100).take_while(|_| !mac.respond(Response::new(Status::Idle)).unwrap().body.is_empty());
    assert_eq!(polls.count(), 10);
    let outcome = server.outcomes("MAC-1").swap_remove(0);
    assert_eq!(outcome.state, State::Failed);
    assert_eq!(outcome.reason.as_deref(), Some("the device did not respond"));
}

#[test]
fn a_busy_device_gets_its_command_as_often_as_it_asks() {
    let server = unsigned();
    let mac = server.mac();
    mac.enroll().unwrap();
    let uuid = server.service().queue("MAC-1", ProfileList::default()).unwrap();
    for _ in 0..30 {
        assert_eq!(command_uuid(&mac.respond(Response::new(Status::Idle)).unwrap()), uuid);
        assert_eq!(mac.respond(response("NotNow", &uuid)).unwrap().body, b"");
    }
}

#[test]
fn queues_and_results_are_bounded() {
    let server = limited(Limits {
        queue: 60,
        ..Limits::default()
    });
    let mut mac = server.mac();
    mac.enroll().unwrap();
    for _ in 0..60 {
        server.service().queue("MAC-1", ProfileList::default()).unwrap();
    }
    let full = server.service().queue("MAC-1", ProfileList::default());
    assert!(matches!(full, Err(NotQueued::Full)));
    assert_eq!(mac.poll().unwrap(), 60);
    assert_eq!(server.outcomes("MAC-1").len(), 50);
}

#[test]
fn the_server_learns_from_device_information() {
    let server = unsigned();
    // Without the right to query device information, a device sends neither.
    server.send("<key>MessageType</key><string>Authenticate</string><key>UDID</key><string>PHONE-1</string>");
    let mut phone = server.device("PHONE-1", "iPhone17,2", "26.1");
    let target = || {
        let enrolled = server.service().store.enrollment("PHONE-1").unwrap().unwrap();
        enrolled.target(apple_mdm::AccessRights::all())
    };
    assert!(target().is_none());
    // As long as the system is unknown, only what no system supports is rejected.
    let information = DeviceInformation::new(vec![QueriesItem::ProductName, QueriesItem::OsVersion]);
    server.service().queue("PHONE-1", information).unwrap();
    phone.poll().unwrap();
    assert_eq!(target().unwrap().os(), apple_mdm::schema::Os::Ios);
    let result = server.service().queue("PHONE-1", SetFirmwarePassword::new("x"));
    assert!(matches!(result, Err(NotQueued::Findings(_))));
}

#[test]
fn an_iphone_clears_its_passcode_and_receives_declarations() {
    let settings = PasscodeSettings {
        minimum_length: Some(8),
        ..Default::default()
    };
    let activation = ActivationSimple::new(vec!["com.example.passcode".into()]);
    let devices = vec![
        Envelope::without_token("com.example.active", activation).into(),
        Envelope::without_token("com.example.passcode", settings).into(),
    ];
    let declarations = Declarations::new(devices, Vec::new(), "2026-11-22T08:00:00Z".parse().unwrap()).unwrap();
    let server = start(
        Config::new(Signatures::NotChecked),
        Store::in_memory().unwrap(),
        declarations,
    );
    let mut phone = server.device("PHONE-1", "iPhone17,2", "26.1");
    phone.unlock_token = Some(b"unlocks this iPhone".to_vec());
    phone.enroll().unwrap();
    // The device sends the token only once.
    phone.unlock_token = None;
    phone.update_tokens().unwrap();
    phone.unlock_token = Some(b"unlocks this iPhone".to_vec());

    let enrolled = server.service().store.enrollment("PHONE-1").unwrap().unwrap();
    let declarations = &server.service().declarations;
    let synchronize = declarations.command(&enrolled).unwrap();
    let set = declarations.of(&enrolled).declarations();
    let clear = ClearPasscode::new(enrolled.device.unlock_token.unwrap());
    server.service().queue("PHONE-1", clear).unwrap();
    server.service().queue("PHONE-1", synchronize).unwrap();
    assert_eq!(phone.poll().unwrap(), 2);
    assert!(!phone.has_passcode);
    assert_eq!(phone.declarations, set);
    assert_eq!(set.len(), 2);
    assert_eq!(server.states("PHONE-1"), [State::Succeeded, State::Succeeded]);

    let reports = server.service().store.reports("PHONE-1").unwrap();
    let status = StatusReport::from_slice(&reports[0]).unwrap().status_items;
    assert_eq!(status.device.operating_system.version.as_deref(), Some("26.1"));
    let declarations = status.management.declarations.as_ref().unwrap();
    let configurations = declarations.configurations.as_ref().unwrap();
    assert_eq!(configurations[0].identifier.as_deref(), Some("com.example.passcode"));
}
