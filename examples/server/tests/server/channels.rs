//! Devices and their users have separate queues and push tokens.

use apple_mdm::commands::device_information::QueriesItem;
use apple_mdm::commands::{
    ClearPasscode, Command, DeviceInformation, InstallProfile, ProfileList, RestartDevice, SetFirmwarePassword,
};
use apple_mdm::enrollment::Enrollment;
use apple_mdm::profiles::{Passcode, PayloadEntry, Profile};
use apple_mdm::validate::Code;
use axum_server::device::Device;
use axum_server::service::NotQueued;
use axum_server::store::State;

use super::support::{Running, unsigned};

/// All enrollments that Apple has, each device with its user.
fn pairs(server: &Running) -> Vec<(Device, Device)> {
    let udid = |udid: &str| udid.to_owned();
    let mac = server.mac();
    let user = mac.user(Enrollment::MacUser {
        udid: udid("MAC-1"),
        user_id: "ANNA".to_owned(),
    });
    let ipad = server.device("IPAD-1", "iPad16,3", "26.1");
    let pupil = ipad.user(Enrollment::SharedIpadUser {
        udid: udid("IPAD-1"),
        user_short_name: "ben@school.example".to_owned(),
    });
    let own = Enrollment::UserEnrollment {
        enrollment_id: udid("OWN-1"),
    };
    let own = server.enrolling(own, None, "Mac14,2", "26.1");
    let own_user = own.user(Enrollment::UserEnrollmentUser {
        enrollment_id: udid("OWN-1"),
        enrollment_user_id: "CLEO".to_owned(),
    });
    vec![(mac, user), (ipad, pupil), (own, own_user)]
}

#[test]
fn a_device_and_its_user_have_separate_queues_and_push_tokens() {
    let server = unsigned();
    let store = &server.service().store;
    for (mut device, mut user) in pairs(&server) {
        device.enroll().unwrap();
        user.enroll().unwrap();
        for enrolled in [&device, &user] {
            let key = enrolled.key();
            let push = store.enrollment(&key).unwrap().unwrap().push.unwrap();
            assert_eq!(push.magic, format!("magic of {key}"));
            assert_eq!(&push.token[..], format!("token of {key}").as_bytes());
            assert_eq!(push.topic.as_deref(), Some("com.apple.mgmt.External.7a1f"));
        }

        for (enrolled, count) in [(&device, 1), (&user, 2)] {
            for _ in 0..count {
                server.service().queue(&enrolled.key(), ProfileList::default()).unwrap();
            }
        }
        assert_eq!(user.poll().unwrap(), 2, "{}", user.key());
        assert_eq!(server.states(&device.key()), [State::Waiting], "{}", device.key());
        assert_eq!(device.poll().unwrap(), 1, "{}", device.key());
    }
    let keys: Vec<String> = store
        .enrollments()
        .unwrap()
        .into_iter()
        .map(|enrolled| enrolled.key)
        .collect();
    let expected = [
        "IPAD-1",
        "IPAD-1:ben@school.example",
        "MAC-1",
        "MAC-1:ANNA",
        "OWN-1",
        "OWN-1:CLEO",
    ];
    assert_eq!(keys, expected);
}

#[test]
fn a_response_of_a_user_does_not_finish_a_command_of_the_device() {
    let server = unsigned();
    let (mac, user) = pairs(&server).swap_remove(0);
    mac.enroll().unwrap();
    user.enroll().unwrap();
    let uuid = server.service().queue("MAC-1", ProfileList::default()).unwrap();
    mac.respond(apple_mdm::commands::Response::new("Idle".into())).unwrap();
    user.respond(super::support::response("Acknowledged", &uuid)).unwrap();
    assert_eq!(server.states("MAC-1"), [State::Sent]);
}

#[test]
fn a_user_of_an_unknown_device_is_rejected() {
    let server = unsigned();
    for (_, user) in pairs(&server) {
        assert!(user.enroll().unwrap_err().to_string().starts_with("404"));
    }
    assert!(server.service().store.enrollments().unwrap().is_empty());
}

#[test]
fn a_device_takes_its_users_along_when_it_leaves_or_enrolls_again() {
    let server = unsigned();
    let store = &server.service().store;
    for (device, user) in pairs(&server) {
        device.enroll().unwrap();
        user.enroll().unwrap();
        server.service().queue(&user.key(), ProfileList::default()).unwrap();
        device.enroll().unwrap();
        assert!(store.enrollment(&user.key()).unwrap().is_none());
        user.enroll().unwrap();
        assert_eq!(server.outcomes(&user.key()), []);

        user.check_out().unwrap();
        device.check_out().unwrap();
        // A device that has not heard our reply says it again.
        device.check_out().unwrap();
    }
    assert!(store.enrollments().unwrap().is_empty());
}

#[test]
fn commands_are_checked_for_the_channel_the_enrollment_and_the_system() {
    let server = unsigned();
    for (device, user) in pairs(&server) {
        device.enroll().unwrap();
        user.enroll().unwrap();
    }
    let refused = |key: &str, command: Command| -> Vec<Code> {
        match server.service().queue(key, command) {
            Err(NotQueued::Findings(report)) => report.errors().map(|error| error.code).collect(),
            Ok(_) => Vec::new(),
            Err(other) => panic!("{other}"),
        }
    };
    let restart = || RestartDevice::default().into();
    assert_eq!(refused("MAC-1", restart()), []);
    assert_eq!(refused("MAC-1:ANNA", restart()), [Code::WrongChannel]);
    assert_eq!(refused("OWN-1", restart()), [Code::WrongEnrollment]);
    // Macs have no unlock token.
    let clear = || ClearPasscode::new(b"token".to_vec()).into();
    assert_eq!(refused("MAC-1", clear()), [Code::NotAvailable]);
    assert_eq!(
        refused("IPAD-1", SetFirmwarePassword::new("x").into()),
        [Code::NotAvailable]
    );
    assert_eq!(
        refused("MAC-1", SetFirmwarePassword::new("pass\u{e9}").into()),
        [Code::Charset]
    );

    let information = DeviceInformation::new(vec![QueriesItem::DeviceName]);
    let unknown = server.service().queue("MAC-2", information).unwrap_err();
    assert!(matches!(unknown, NotQueued::UnknownEnrollment));
}

#[test]
fn the_profile_in_a_command_is_checked_even_if_it_is_signed() {
    let server = unsigned();
    let mut mac = server.mac();
    mac.enroll().unwrap();
    let profile = |min_length| {
        let passcode = Passcode {
            min_length: Some(min_length),
            ..Passcode::default()
        };
        let entry = PayloadEntry::new("com.example.passcode", "6F2D7F0E-3E0B-4C0A-9D55-19C0A6E5B7D8", passcode);
        Profile::new("com.example.office", "A54DFE8A-8B1D-4A35-A4B3-1C0F0E3C9F7B", [entry])
    };
    let pem = super::support::PROFILE_SIGNER;
    let signer = apple_mdm::cms::Identity::from_pem(pem, pem).unwrap();
    for command in [
        InstallProfile::of(&profile(-1)).unwrap(),
        InstallProfile::new(profile(-1).sign(&signer).unwrap()),
        InstallProfile::new(b"not a profile".to_vec()),
    ] {
        let result = server.service().queue("MAC-1", command);
        assert!(matches!(result, Err(NotQueued::Findings(_))), "{result:?}");
    }
    let signed = InstallProfile::new(profile(8).sign(&signer).unwrap());
    server.service().queue("MAC-1", signed).unwrap();
    assert_eq!(mac.poll().unwrap(), 1);
    assert_eq!(mac.profiles, ["com.example.office"]);
    assert_eq!(server.states("MAC-1"), [State::Succeeded]);
}
