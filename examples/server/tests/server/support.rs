//! Starts servers and creates devices.

use std::net::SocketAddr;
use std::sync::Arc;

use apple_mdm::Document;
use apple_mdm::cms::{Identity, Policy, Roots};
use apple_mdm::commands::Response;
use apple_mdm::enrollment::Enrollment;
use axum_server::config::{Config, Limits};
use axum_server::declarative::Declarations;
use axum_server::device::{Device, Reply};
use axum_server::identity::Signatures;
use axum_server::server::Server;
use axum_server::service::Service;
use axum_server::store::{Outcome, State, Store};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub const AUTHORITY: &[u8] = include_bytes!("../data/authority.pem");
pub const RSA_DEVICE: &[u8] = include_bytes!("../data/device-1.pem");
pub const DEVICE: &[u8] = include_bytes!("../data/device-2.pem");
pub const OTHER_DEVICE: &[u8] = include_bytes!("../data/device-3.pem");
pub const FOREIGN_DEVICE: &[u8] = include_bytes!("../data/foreign.pem");
pub const PROFILE_SIGNER: &[u8] = include_bytes!("../data/profiles.pem");

/// A running server. It stops when this is dropped.
pub struct Running {
    pub address: SocketAddr,
    pub server: Server,
    serving: Option<JoinHandle<()>>,
    stop: Option<oneshot::Sender<()>>,
    runtime: Option<Runtime>,
}

impl Running {
    pub fn service(&self) -> &Service {
        self.server.service()
    }

    pub fn runtime(&self) -> &Runtime {
        self.runtime.as_ref().unwrap()
    }

    /// Stops the server and waits until it has stopped.
    pub fn stop(&mut self) {
        let _ = self.stop.take().unwrap().send(());
        let serving = self.serving.take().unwrap();
        self.runtime().block_on(serving).unwrap();
    }

    /// A device that does not sign.
    pub fn device(&self, udid: &str, product: &str, version: &str) -> Device {
        self.enrolling(device(udid), None, product, version)
    }

    pub fn mac(&self) -> Device {
        self.device("MAC-1", "Mac14,2", "26.1")
    }

    /// A device with an identity from the folder `data`.
    pub fn signing(&self, udid: &str, identity: &[u8]) -> Device {
        self.enrolling(device(udid), Some(identity), "Mac14,2", "26.1")
    }

    pub fn enrolling(&self, enrollment: Enrollment, identity: Option<&[u8]>, product: &str, version: &str) -> Device {
        let identity = identity.map(|pem| Arc::new(Identity::from_pem(pem, pem).unwrap()));
        Device::new(self.address, enrollment, identity, "Anna's device", product, version)
    }

    /// Sends a message of a device that does not sign.
    pub fn send(&self, message: &str) -> Reply {
        let body = plist(message);
        self.mac().put("mdm", None, body.as_bytes()).unwrap()
    }

    /// The states of the commands of an enrollment.
    pub fn states(&self, key: &str) -> Vec<State> {
        self.outcomes(key).into_iter().map(|outcome| outcome.state).collect()
    }

    pub fn outcomes(&self, key: &str) -> Vec<Outcome> {
        self.service().store.outcomes(key).unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Starts a server.
pub fn start(config: Config, store: Store, declarations: Declarations) -> Running {
    let runtime = Runtime::new().unwrap();
    let server = Server::new(Service {
        config,
        store,
        declarations,
    });
    let (listener, address) = runtime.block_on(Server::local()).unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = {
        let server = server.clone();
        runtime.spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            server.serve(listener, stopped).await;
        })
    };
    Running {
        address,
        server,
        serving: Some(serving),
        stop: Some(stop),
        runtime: Some(runtime),
    }
}

/// A server that does not check signatures.
pub fn unsigned() -> Running {
    start(Config::new(Signatures::NotChecked), Store::in_memory().unwrap(), none())
}

/// A server that does not check signatures, with these limits.
pub fn limited(limits: Limits) -> Running {
    let config = Config {
        limits,
        ..Config::new(Signatures::NotChecked)
    };
    start(config, Store::in_memory().unwrap(), none())
}

/// A configuration that requires signatures as devices make them.
pub fn requiring_signatures() -> Config {
    let roots = Roots::from_pem(AUTHORITY).unwrap();
    Config::new(Signatures::Required(Policy::new(roots).allow_sha1(true)))
}

/// A server that requires signatures.
pub fn signed() -> Running {
    start(requiring_signatures(), Store::in_memory().unwrap(), none())
}

/// No declarations.
pub fn none() -> Declarations {
    Declarations::new(Vec::new(), Vec::new(), "2026-11-22T08:00:00Z".parse().unwrap()).unwrap()
}

pub fn device(udid: &str) -> Enrollment {
    Enrollment::Device { udid: udid.to_owned() }
}

pub fn plist(keys: &str) -> String {
    format!("<?xml version='1.0'?><plist version='1.0'><dict>{keys}</dict></plist>")
}

/// The UUID of the command in a reply.
pub fn command_uuid(reply: &Reply) -> String {
    assert_eq!(reply.status, 200);
    let request = apple_mdm::commands::Request::from_slice(&reply.body).unwrap();
    request.command_uuid.unwrap()
}

/// A response with this status to a command.
pub fn response(status: &str, uuid: &str) -> Response {
    Response {
        command_uuid: Some(uuid.to_owned()),
        ..Response::new(status.into())
    }
}
