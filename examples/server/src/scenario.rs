//! A server with a simulated Mac, its user, and an iPhone.

use std::sync::Arc;

use apple_mdm::Document;
use apple_mdm::cms::{Identity, Policy, Roots};
use apple_mdm::commands::device_information::QueriesItem;
use apple_mdm::commands::{ClearPasscode, Command, DeviceInformation, InstallProfile, SetFirmwarePassword};
use apple_mdm::declarations::{ActivationSimple, Declaration, Envelope, PasscodeSettings};
use apple_mdm::enrollment::Enrollment;
use apple_mdm::profiles::{Passcode, PayloadEntry, Profile};
use apple_mdm::protocol::StatusReport;
use axum_server::config::Config;
use axum_server::declarative::Declarations;
use axum_server::device::Device;
use axum_server::identity::Signatures;
use axum_server::server::Server;
use axum_server::service::{NotQueued, Service};
use axum_server::store::Store;
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;

use crate::Result;

/// The certificates of the tests. Their private keys are public.
const AUTHORITY: &[u8] = include_bytes!("../tests/data/authority.pem");
const MAC: &[u8] = include_bytes!("../tests/data/device-2.pem");
const PHONE: &[u8] = include_bytes!("../tests/data/device-3.pem");
const SIGNER: &[u8] = include_bytes!("../tests/data/profiles.pem");

/// Runs the scenario with a database in memory.
pub async fn run() -> Result<()> {
    let policy = Policy::new(Roots::from_pem(AUTHORITY)?);
    let server = Server::new(Service {
        config: Config::new(Signatures::Required(policy)),
        store: Store::in_memory()?,
        declarations: declarations()?,
    });
    let (listener, address) = Server::local().await?;
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = {
        let server = server.clone();
        tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            server.serve(listener, stopped).await;
        })
    };

    // The devices use blocking HTTP, so they run on their own thread.
    let devices = spawn_blocking(move || {
        let udid = "MAC-1".to_owned();
        let identity = Arc::new(Identity::from_pem(MAC, MAC)?);
        let enrollment = Enrollment::Device { udid };
        let mac = Device::new(address, enrollment, Some(identity), "Anna's Mac", "Mac14,2", "26.1");
        self::mac(server.service(), mac)?;

        let udid = "PHONE-1".to_owned();
        let identity = Arc::new(Identity::from_pem(PHONE, PHONE)?);
        let enrollment = Enrollment::Device { udid };
        let mut phone = Device::new(
            address,
            enrollment,
            Some(identity),
            "Ben's iPhone",
            "iPhone17,2",
            "26.1",
        );
        phone.unlock_token = Some(b"unlocks this iPhone".to_vec());
        self::phone(server.service(), phone)
    });
    let result = devices.await?;
    // Stop the server even if the scenario failed.
    let _ = stop.send(());
    serving.await?;
    result
}

/// The declarations of this example.
pub fn declarations() -> Result<Declarations> {
    let settings = PasscodeSettings {
        minimum_length: Some(8),
        ..Default::default()
    };
    let activation = ActivationSimple::new(vec!["com.example.passcode".to_owned()]);
    let devices: Vec<Declaration> = vec![
        Envelope::without_token("com.example.active", activation).into(),
        Envelope::without_token("com.example.passcode", settings).into(),
    ];
    Ok(Declarations::new(devices, Vec::new(), "2026-11-22T08:00:00Z".parse()?)?)
}

/// Sets the firmware password of a Mac, and installs a signed profile for its user.
fn mac(service: &Service, mut mac: Device) -> Result<()> {
    mac.enroll()?;
    println!("{} enrolled", mac.name);
    queue(service, &mac, DeviceInformation::new(vec![QueriesItem::DeviceName]));
    queue(service, &mac, SetFirmwarePassword::new("pass\u{e9}"));
    queue(service, &mac, ClearPasscode::new(b"a token".to_vec()));
    queue(service, &mac, SetFirmwarePassword::new("correct horse"));
    // By now the Mac has a password, and this command does not contain it, so the Mac rejects the command.
    queue(service, &mac, SetFirmwarePassword::new("battery staple"));

    mac.is_busy = true;
    let count = mac.poll()? - 1;
    println!("{} postpones one command and executes {count}", mac.name);
    let count = mac.poll()?;
    println!("{} polls again and executes {count}", mac.name);
    outcomes(service, &mac)?;

    let mut anna = mac.user(Enrollment::MacUser {
        udid: "MAC-1".to_owned(),
        user_id: "ANNA".to_owned(),
    });
    anna.enroll()?;
    println!("a user of {} enrolled", mac.name);
    let passcode = Passcode {
        min_length: Some(8),
        ..Passcode::default()
    };
    let entry = PayloadEntry::new("com.example.passcode", "6F2D7F0E-3E0B-4C0A-9D55-19C0A6E5B7D8", passcode);
    let profile = Profile::new("com.example.office", "A54DFE8A-8B1D-4A35-A4B3-1C0F0E3C9F7B", [entry]);
    let signed = profile.sign(&Identity::from_pem(SIGNER, SIGNER)?)?;
    queue(service, &anna, InstallProfile::new(signed));
    anna.poll()?;
    outcomes(service, &anna)?;
    println!("  has the profiles: {}", anna.profiles.join(", "));
    Ok(())
}

/// Clears the passcode of an iPhone and sends it declarations.
fn phone(service: &Service, mut phone: Device) -> Result<()> {
    phone.enroll()?;
    println!("{} enrolled", phone.name);

    let enrolled = service.store.enrollment(&phone.key())?.ok_or("not enrolled")?;
    let token = enrolled.device.unlock_token.clone().ok_or("no unlock token")?;
    queue(service, &phone, ClearPasscode::new(token));
    queue(service, &phone, service.declarations.command(&enrolled)?);
    let count = phone.poll()?;
    println!("{} executes {count}", phone.name);
    outcomes(service, &phone)?;
    println!("  has a passcode: {}", phone.has_passcode);
    for declaration in &phone.declarations {
        println!("  received: {}", declaration.declaration_type().unwrap_or_default());
    }
    for report in service.store.reports(&phone.key())? {
        let version = StatusReport::from_slice(&report)?
            .status_items
            .device
            .operating_system
            .version;
        println!("  reports version {}", version.unwrap_or_default());
    }
    Ok(())
}

fn queue(service: &Service, device: &Device, command: impl Into<Command>) {
    let command = command.into();
    let name = command.request_type().unwrap_or_default().to_owned();
    match service.queue(&device.key(), command) {
        Ok(_) => println!("  {name} queued"),
        Err(NotQueued::Findings(report)) => println!("  {name} rejected: {report}"),
        Err(other) => println!("  {name} rejected: {other}"),
    }
}

fn outcomes(service: &Service, device: &Device) -> Result<()> {
    for outcome in service.store.outcomes(&device.key())? {
        let reason = outcome.reason.as_deref().unwrap_or_default();
        println!("  {} {:?} {reason}", outcome.request_type, outcome.state);
    }
    Ok(())
}
