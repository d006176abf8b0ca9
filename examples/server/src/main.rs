//! Runs an MDM server on the loopback address, with a simulated Mac and iPhone to manage.
//!
//!     cargo run -p axum-server                        # runs the scenario below and exits
//!     cargo run -p axum-server -- 127.0.0.1:9007      # serves until Ctrl-C, for use with curl
//!
//! An enrollment and a poll with curl:
//!
//!     curl -T authenticate.plist -H 'Content-Type: application/x-apple-aspen-mdm-checkin' http://127.0.0.1:9007/checkin
//!     curl -T idle.plist -H 'Content-Type: application/x-apple-aspen-mdm' http://127.0.0.1:9007/mdm

use std::error::Error;

use apple_mdm::commands::device_information::QueriesItem;
use apple_mdm::commands::{ClearPasscode, Command, DeclarativeManagement, DeviceInformation, SetFirmwarePassword};
use apple_mdm::declarations::{ActivationSimple, Declaration, Envelope, PasscodeSettings};
use axum_server::declarative::Declarations;
use axum_server::device::Device;
use axum_server::server::Server;
use axum_server::store::Refused;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Result<()> {
    let server = Server::new(declarations()?);
    if let Some(address) = std::env::args().nth(1) {
        let listener = TcpListener::bind(&address).await?;
        println!("listening on http://{}", listener.local_addr()?);
        let stop = async {
            let _ = tokio::signal::ctrl_c().await;
        };
        return Ok(server.serve(listener, stop).await?);
    }

    let (listener, address) = Server::local().await?;
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = {
        let server = server.clone();
        tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            server.serve(listener, stopped).await
        })
    };

    // The devices use blocking HTTP, so they run on their own thread.
    let scenario = spawn_blocking(move || {
        mac(&server, Device::new(address, "MAC-1", "Anna's Mac", "Mac14,2", "26.1"))?;
        let mut iphone = Device::new(address, "PHONE-1", "Ben's iPhone", "iPhone17,2", "26.1");
        iphone.unlock_token = Some(b"unlocks this iPhone".to_vec());
        phone(&server, iphone)
    });
    let result = scenario.await?;
    // Stop the server even if the scenario failed.
    let _ = stop.send(());
    serving.await??;
    result
}

fn declarations() -> Result<Declarations> {
    let settings = PasscodeSettings {
        minimum_length: Some(8),
        ..Default::default()
    };
    let activation = ActivationSimple::new(vec!["com.example.passcode".to_owned()]);
    let set: Vec<Declaration> = vec![
        Envelope::new("com.example.active", "1", activation).into(),
        Envelope::new("com.example.passcode", "1", settings).into(),
    ];
    Ok(Declarations::new(set, "2026-11-22T08:00:00Z")?)
}

/// Sets the firmware password of a Mac.
fn mac(server: &Server, mut mac: Device) -> Result<()> {
    mac.enroll()?;
    println!("{} enrolled", mac.name);

    queue(server, &mac, DeviceInformation::new(vec![QueriesItem::DeviceName]));
    queue(server, &mac, SetFirmwarePassword::new("pass\u{e9}"));
    queue(server, &mac, ClearPasscode::new(b"a token".to_vec()));
    queue(server, &mac, SetFirmwarePassword::new("correct horse"));
    // By now the Mac has a password, and this command does not contain it, so the Mac rejects the command.
    queue(server, &mac, SetFirmwarePassword::new("battery staple"));

    mac.is_busy = true;
    let count = mac.poll()? - 1;
    println!("{} postpones one command and executes {count}", mac.name);
    let count = mac.poll()?;
    println!("{} polls again and executes {count}", mac.name);
    outcomes(server, &mac);
    Ok(())
}

/// Clears the passcode of an iPhone and sends it declarations.
fn phone(server: &Server, mut phone: Device) -> Result<()> {
    phone.enroll()?;
    println!("{} enrolled", phone.name);

    let token = server
        .store()
        .device(&phone.udid)
        .and_then(|device| device.unlock_token.clone());
    queue(server, &phone, ClearPasscode::new(token.ok_or("no unlock token")?));
    let tokens = server.declarations().tokens()?;
    queue(
        server,
        &phone,
        DeclarativeManagement {
            data: Some(tokens.as_bytes().into()),
            ..Default::default()
        },
    );
    let count = phone.poll()?;
    println!("{} executes {count}", phone.name);
    outcomes(server, &phone);
    println!("  has a passcode: {}", phone.has_passcode);
    for declaration in &phone.declarations {
        println!("  received: {}", declaration.declaration_type().unwrap_or_default());
    }
    if let Some(status) = server
        .store()
        .device(&phone.udid)
        .and_then(|device| device.status.clone())
    {
        let version = status.status_items.device.operating_system.version;
        println!("  reports version {}", version.unwrap_or_default());
    }
    Ok(())
}

fn queue(server: &Server, device: &Device, command: impl Into<Command>) {
    let command = command.into();
    let name = command.request_type().unwrap_or_default().to_owned();
    match server.store().queue(&device.udid, command) {
        Ok(uuid) => println!("  {uuid} {name} queued"),
        Err(Refused::Findings(report)) => println!("  {name} rejected: {report}"),
        Err(other) => println!("  {name} rejected: {other:?}"),
    }
}

fn outcomes(server: &Server, device: &Device) {
    if let Some(device) = server.store().device(&device.udid) {
        for outcome in &device.outcomes {
            println!("  {outcome:?}");
        }
    }
}
