//! Who may speak for a device.

use apple_mdm::cms::{self, Identity};
use apple_mdm::commands::{ProfileList, Response, Status};
use apple_mdm::enrollment::Enrollment;
use base64::Engine as _;

use super::support::{DEVICE, FOREIGN_DEVICE, OTHER_DEVICE, RSA_DEVICE, plist, signed};

const IDLE: &str = "<key>Status</key><string>Idle</string><key>UDID</key><string>MAC-1</string>";

fn idle() -> Response {
    Response::new(Status::Idle)
}

#[test]
fn a_message_without_a_signature_is_rejected() {
    let server = signed();
    assert!(server.mac().enroll().unwrap_err().to_string().starts_with("403"));
    server.signing("MAC-1", DEVICE).enroll().unwrap();
    assert_eq!(server.mac().respond(idle()).unwrap().status, 403);
}

#[test]
fn a_certificate_of_another_authority_is_rejected() {
    let server = signed();
    let foreign = server.signing("MAC-1", FOREIGN_DEVICE);
    assert!(foreign.enroll().unwrap_err().to_string().starts_with("403"));
    assert!(server.service().store.enrollments().unwrap().is_empty());
}

#[test]
fn a_changed_message_is_rejected() {
    let server = signed();
    server.signing("MAC-1", DEVICE).enroll().unwrap();
    let identity = Identity::from_pem(DEVICE, DEVICE).unwrap();
    let body = plist(IDLE);
    let signature = cms::sign(body.as_bytes(), &identity).unwrap();
    let signature = base64::engine::general_purpose::STANDARD.encode(signature);
    let handle = |header: &str, body: &str| server.service().handle(Some(header), body.as_bytes());
    assert!(handle(&signature, &body).is_ok());
    for (header, body) in [
        (&signature[..], body.replace("Idle", "Done")),
        (&signature[..signature.len() - 8], body.clone()),
        ("", body.clone()),
        ("%%%", body.clone()),
    ] {
        assert_eq!(handle(header, &body).unwrap_err().status, 403);
    }
}

#[test]
fn a_device_cannot_speak_for_another_one() {
    let server = signed();
    server.signing("MAC-1", DEVICE).enroll().unwrap();
    server.signing("MAC-2", OTHER_DEVICE).enroll().unwrap();
    server.service().queue("MAC-1", ProfileList::default()).unwrap();

    let false_mac = server.signing("MAC-1", OTHER_DEVICE);
    assert_eq!(false_mac.respond(idle()).unwrap().status, 403);
    assert!(false_mac.update_tokens().unwrap_err().to_string().starts_with("403"));
    assert!(false_mac.check_out().unwrap_err().to_string().starts_with("403"));
    // Its certificate belongs to MAC-2, so it cannot enroll as MAC-1 either.
    assert!(false_mac.enroll().unwrap_err().to_string().starts_with("403"));

    let user = Enrollment::MacUser {
        udid: "MAC-1".to_owned(),
        user_id: "ANNA".to_owned(),
    };
    assert!(
        false_mac
            .user(user.clone())
            .enroll()
            .unwrap_err()
            .to_string()
            .starts_with("403")
    );
    server.signing("MAC-1", DEVICE).user(user).enroll().unwrap();
    assert_ne!(server.signing("MAC-1", DEVICE).respond(idle()).unwrap().body, b"");
}

#[test]
fn an_unreadable_response_fails_only_a_command_of_the_signer() {
    let server = signed();
    let (mac, other) = (server.signing("MAC-1", DEVICE), server.signing("MAC-2", OTHER_DEVICE));
    mac.enroll().unwrap();
    other.enroll().unwrap();
    let uuid = server.service().queue("MAC-1", ProfileList::default()).unwrap();
    mac.respond(idle()).unwrap();
    assert_eq!(other.put("mdm", None, uuid.as_bytes()).unwrap().status, 403);
    assert_eq!(server.states("MAC-1"), [axum_server::store::State::Sent]);
    assert_eq!(mac.put("mdm", None, uuid.as_bytes()).unwrap().status, 200);
    assert_eq!(server.states("MAC-1"), [axum_server::store::State::Failed]);
    // Without a UUID, the certificate still tells who sent it.
    assert_eq!(mac.put("mdm", None, b"<plist>").unwrap().status, 400);
    let kept = server.service().store.unreadable().unwrap().pop().unwrap();
    assert_eq!(kept.enrollment.as_deref(), Some("MAC-1"));
}

#[test]
fn an_erased_device_enrolls_again_with_a_new_certificate_and_gets_nothing_of_the_old_one() {
    let server = signed();
    server.signing("MAC-1", DEVICE).enroll().unwrap();
    server.service().queue("MAC-1", ProfileList::default()).unwrap();
    let erased = server.signing("MAC-1", OTHER_DEVICE);
    erased.enroll().unwrap();
    assert_eq!(erased.respond(idle()).unwrap().body, b"");
    assert_eq!(server.signing("MAC-1", DEVICE).respond(idle()).unwrap().status, 403);
}

#[test]
fn a_certificate_is_renewed_only_when_the_server_expects_it() {
    let server = signed();
    server.signing("MAC-1", DEVICE).enroll().unwrap();
    server.service().queue("MAC-1", ProfileList::default()).unwrap();
    let renewed = server.signing("MAC-1", RSA_DEVICE);
    assert_eq!(renewed.respond(idle()).unwrap().status, 403);
    assert!(server.service().store.expect_renewal("MAC-1").unwrap());
    assert!(!server.service().store.expect_renewal("MAC-2").unwrap());
    // Until it has the new certificate, the device signs with the old one.
    assert_eq!(server.signing("MAC-1", DEVICE).respond(idle()).unwrap().status, 200);
    assert_eq!(
        server.signing("MAC-1", FOREIGN_DEVICE).respond(idle()).unwrap().status,
        403
    );
    assert_ne!(renewed.respond(idle()).unwrap().body, b"");
    // From now on, only the new one is valid.
    assert_eq!(server.signing("MAC-1", DEVICE).respond(idle()).unwrap().status, 403);
}
