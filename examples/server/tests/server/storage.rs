//! A restart and a full disk do not unenroll anyone.

use std::path::PathBuf;

use apple_mdm::commands::device_information::QueriesItem;
use apple_mdm::commands::{DeviceInformation, ProfileList, Response, SetFirmwarePassword, Status};
use apple_mdm::enrollment::Enrollment;
use axum_server::config::Config;
use axum_server::identity::Signatures;
use axum_server::store::{OpenError, State, Store};

use super::support::{DEVICE, OTHER_DEVICE, Running, none, requiring_signatures, response, start};

/// A folder that is deleted in the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("apple-mdm-server-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn store(&self) -> Store {
        Store::open(&self.0.join("mdm.sqlite")).unwrap()
    }

    fn start(&self, config: Config) -> Running {
        start(config, self.store(), none())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn devices_queues_and_results_survive_a_restart() {
    let folder = Folder::new("restart");
    let user = Enrollment::MacUser {
        udid: "MAC-1".to_owned(),
        user_id: "ANNA".to_owned(),
    };
    let mut server = folder.start(requiring_signatures());
    let mut mac = server.signing("MAC-1", DEVICE);
    mac.enroll().unwrap();
    mac.user(user.clone()).enroll().unwrap();
    let service = server.service();
    service
        .queue("MAC-1", SetFirmwarePassword::new("correct horse"))
        .unwrap();
    mac.poll().unwrap();
    let sent = service.queue("MAC-1", ProfileList::default()).unwrap();
    service
        .queue("MAC-1", DeviceInformation::new(vec![QueriesItem::DeviceName]))
        .unwrap();
    service.queue("MAC-1:ANNA", ProfileList::default()).unwrap();
    mac.respond(Response::new(Status::Idle)).unwrap();
    server.stop();
    drop(server);

    let server = folder.start(requiring_signatures());
    assert_eq!(server.states("MAC-1"), [State::Succeeded, State::Sent, State::Waiting]);
    // The certificate is remembered.
    assert_eq!(
        server
            .signing("MAC-1", OTHER_DEVICE)
            .respond(Response::new(Status::Idle))
            .unwrap()
            .status,
        403
    );
    // The device reports what it did while the server was away.
    let mut mac = server.signing("MAC-1", DEVICE);
    assert_ne!(mac.respond(response("Acknowledged", &sent)).unwrap().body, b"");
    mac.poll().unwrap();
    assert_eq!(server.states("MAC-1"), [State::Succeeded; 3]);
    let push = |key: &str| {
        server
            .service()
            .store
            .enrollment(key)
            .unwrap()
            .unwrap()
            .push
            .unwrap()
            .magic
    };
    assert_eq!(push("MAC-1"), "magic of MAC-1");
    assert_eq!(push("MAC-1:ANNA"), "magic of MAC-1:ANNA");
    assert_eq!(mac.user(user).poll().unwrap(), 1);
}

#[test]
fn a_full_disk_makes_devices_try_again_later() {
    let folder = Folder::new("full");
    let server = folder.start(Config::new(Signatures::NotChecked));
    let mut mac = server.mac();
    mac.enroll().unwrap();
    server.service().queue("MAC-1", ProfileList::default()).unwrap();
    server.service().store.limit_pages(1).unwrap(); // No pages in addition to those in use.

    // Devices enroll until the disk is full.
    let status = |number: u32| {
        let keys = format!(
            "<key>MessageType</key><string>Authenticate</string><key>UDID</key><string>{number}</string>\
             <key>DeviceName</key><string>{}</string>",
            "x".repeat(1000)
        );
        server.send(&keys).status
    };
    let last = (0..1000).find(|number| status(*number) != 200).unwrap();
    assert_eq!(status(last), 503);
    let enrolled = server.service().store.enrollments().unwrap().len();

    // Nothing is lost, and devices that need no space are served.
    assert_eq!(server.states("MAC-1"), [State::Waiting]);
    assert!(server.service().store.enrollment(&last.to_string()).unwrap().is_none());
    let large = Response {
        extra: [("ProfileList", "x".repeat(100_000))].into_iter().collect(),
        ..response("Acknowledged", &server.outcomes("MAC-1")[0].uuid)
    };
    assert_ne!(mac.respond(Response::new(Status::Idle)).unwrap().body, b"");
    assert_eq!(mac.respond(large).unwrap().status, 503);
    assert_eq!(server.states("MAC-1"), [State::Sent]);

    // Someone makes space.
    server.service().store.limit_pages(1_000_000).unwrap();
    assert_eq!(status(last), 200);
    assert_eq!(server.service().store.enrollments().unwrap().len(), enrolled + 1);
    assert_eq!(mac.poll().unwrap(), 1);
}

#[test]
fn only_the_owner_can_read_the_database() {
    let folder = Folder::new("permissions");
    let _store = folder.store();
    #[cfg(unix)]
    for file in std::fs::read_dir(&folder.0).unwrap() {
        use std::os::unix::fs::PermissionsExt;
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
    }
}

#[test]
fn a_finished_command_leaves_no_password_behind() {
    let folder = Folder::new("secrets");
    let mut server = folder.start(Config::new(Signatures::NotChecked));
    let mut mac = server.mac();
    mac.enroll().unwrap();
    let command = SetFirmwarePassword::new("correct horse");
    server.service().queue("MAC-1", command).unwrap();
    mac.poll().unwrap();
    server.stop();
    drop(server);
    // Opening moves everything from the log to the database, and closing deletes the log.
    drop(folder.store());
    for file in std::fs::read_dir(&folder.0).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(13).any(|bytes| bytes == b"correct horse"));
    }
}

#[test]
fn a_database_of_another_version_is_not_touched() {
    let folder = Folder::new("version");
    drop(folder.store());
    let path = folder.0.join("mdm.sqlite");
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 7).unwrap();
    drop(connection);
    assert!(matches!(Store::open(&path), Err(OpenError::Version(7))));
    std::fs::write(&path, "not a database").unwrap();
    assert!(matches!(Store::open(&path), Err(OpenError::Database(_))));
}
