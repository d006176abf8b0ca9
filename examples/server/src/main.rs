//! Runs an MDM server, or a scenario with simulated devices.
//!
//!     cargo run -p axum-server                        # runs the scenario and exits
//!     cargo run -p axum-server -- help                # how to run a server
//!
//! An enrollment and a poll with curl, if the server does not check signatures:
//!
//!     curl -T authenticate.plist http://127.0.0.1:9007/mdm
//!     curl -T idle.plist http://127.0.0.1:9007/mdm

mod arguments;
mod scenario;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use apple_mdm::Document;
use apple_mdm::cms::{Identity, Policy, Roots};
use apple_mdm::commands::{Command, InstallProfile, Request};
use axum_server::config::Config;
use axum_server::enrollment_profile::EnrollmentProfile;
use axum_server::identity::Signatures;
use axum_server::server::Server;
use axum_server::service::Service;
use axum_server::store::Store;
use tokio::net::TcpListener;

use arguments::{Arguments, Serve};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> ExitCode {
    let result = match arguments::parse(std::env::args().skip(1)) {
        Ok(Arguments::Scenario) => scenario::run().await,
        Ok(Arguments::Help) => {
            print!("{}", arguments::HELP);
            Ok(())
        }
        Ok(Arguments::Serve(serve)) => self::serve(serve).await,
        Ok(Arguments::List { store }) => list(&store),
        Ok(Arguments::Queue {
            store,
            enrollment,
            file,
        }) => queue(&store, &enrollment, &file),
        Ok(Arguments::Results { store, enrollment }) => results(&store, &enrollment),
        Err(error) => {
            eprintln!("error: {error}\n\n{}", arguments::HELP);
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Serves until Ctrl-C.
async fn serve(serve: Serve) -> Result<()> {
    // There is no TLS here, so whoever is not on this machine must come through a proxy.
    if !serve.address.ip().is_loopback() && !serve.any_address {
        return Err(format!("{} is not a loopback address; see --any-address", serve.address).into());
    }
    let signatures = match &serve.roots {
        // Devices sign with SHA-1.
        Some(roots) => Signatures::Required(Policy::new(Roots::from_pem(&std::fs::read(roots)?)?).allow_sha1(true)),
        None => Signatures::NotChecked,
    };
    let mut config = Config::new(signatures);
    if let Some(urls) = serve.enrollment {
        let signer = match &serve.sign_with {
            Some(file) => {
                let pem = std::fs::read(file)?;
                Some(Box::new(Identity::from_pem(&pem, &pem)?) as Box<_>)
            }
            None => None,
        };
        config.enrollment_profile = Some(EnrollmentProfile {
            server_url: urls.server_url,
            topic: urls.topic,
            scep_url: urls.scep_url,
            scep_name: serve.scep_name,
            scep_challenge: serve.scep_challenge,
            signer,
        });
    }
    let server = Server::new(Service {
        config,
        store: Store::open(&serve.store)?,
        declarations: scenario::declarations()?,
    });
    let listener = TcpListener::bind(serve.address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let stop = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    server.serve(listener, stop).await;
    Ok(())
}

/// Prints the enrollments.
fn list(store: &Path) -> Result<()> {
    for enrolled in Store::open(store)?.enrollments()? {
        let device = &enrolled.device;
        let product = device.product.as_deref().unwrap_or("unknown product");
        let version = device.version.as_deref().unwrap_or("unknown version");
        let name = enrolled.user_name.as_ref().or(device.name.as_ref());
        println!(
            "{}\t{}\t{product}\t{version}",
            enrolled.key,
            name.map_or("", String::as_str)
        );
    }
    Ok(())
}

/// Queues a command from a file: a property list, or a profile to install. The server need not know, because it uses the same database.
fn queue(store: &Path, enrollment: &str, file: &Path) -> Result<()> {
    let bytes = std::fs::read(file)?;
    let command = match file.extension() {
        Some(extension) if extension == "mobileconfig" => InstallProfile::new(bytes).into(),
        _ => match Request::from_slice(&bytes) {
            Ok(request) => request.command,
            Err(_) => Command::from_slice(&bytes)?,
        },
    };
    let service = Service {
        config: Config::new(Signatures::NotChecked),
        store: Store::open(store)?,
        declarations: scenario::declarations()?,
    };
    println!("{}", service.queue(enrollment, command)?);
    Ok(())
}

/// Prints the commands of an enrollment and their results.
fn results(store: &Path, enrollment: &str) -> Result<()> {
    for outcome in Store::open(store)?.outcomes(enrollment)? {
        let reason = outcome.reason.as_deref().unwrap_or_default();
        println!(
            "{}\t{}\t{:?}\t{reason}",
            outcome.uuid, outcome.request_type, outcome.state
        );
        if let Some(response) = &outcome.response {
            println!("{}", String::from_utf8_lossy(response));
        }
    }
    Ok(())
}
