//! The HTTP routes.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use apple_mdm::profiles;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use tokio::net::TcpListener;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::connections;
use crate::refusal::Refusal;
use crate::service::{Reply, Service};

/// The server. All requests share it.
#[derive(Clone)]
pub struct Server(Arc<Service>);

impl Server {
    /// Creates a server.
    #[must_use]
    pub fn new(service: Service) -> Self {
        Self(Arc::new(service))
    }

    /// The server without HTTP.
    #[must_use]
    pub fn service(&self) -> &Service {
        &self.0
    }

    /// Creates the routes.
    ///
    /// An enrollment profile has one or two URLs, `ServerURL` and optionally `CheckInURL`. Both of the paths below accept everything, so
    /// it does not matter which of them a profile contains.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/mdm", put(message))
            .route("/checkin", put(message))
            .route("/enroll", get(enroll))
            .with_state(self.clone())
    }

    /// Serves requests until `stop` completes. Then finishes open requests, but waits only for a limited time.
    pub async fn serve(&self, listener: TcpListener, stop: impl Future<Output = ()>) {
        connections::serve(listener, self.router(), &self.0.config.limits, stop).await;
    }

    /// Opens a listener on a free port of the loopback address.
    ///
    /// # Errors
    ///
    /// Returns an error if no port can be opened.
    pub async fn local() -> io::Result<(TcpListener, SocketAddr)> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    }
}

/// `PUT /mdm` and `PUT /checkin`
async fn message(State(Server(service)): State<Server>, headers: HeaderMap, body: Body) -> Result<Reply, Refusal> {
    let limits = &service.config.limits;
    let signature = match headers.get("Mdm-Signature").map(|value| value.to_str()) {
        Some(Ok(text)) => Some(text.to_owned()),
        Some(Err(_)) => return Err(Refusal::forbidden("Mdm-Signature is not text")),
        None => None,
    };
    let body = match timeout(limits.body_time, to_bytes(body, limits.body_size)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => {
            let reason = format!("the body is incomplete or has more than {} bytes", limits.body_size);
            return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, reason));
        }
        Err(_) => {
            return Err(Refusal::new(
                StatusCode::REQUEST_TIMEOUT,
                "the body did not arrive in time",
            ));
        }
    };
    // Verifying, reading and storing block, so they do not run on the threads that serve connections.
    let handled = spawn_blocking(move || service.handle(signature.as_deref(), &body));
    handled.await.map_err(Refusal::internal)?
}

/// `GET /enroll`
async fn enroll(State(Server(service)): State<Server>) -> Result<Reply, Refusal> {
    let config = &service.config;
    let profile = config.enrollment_profile.as_ref();
    let profile = profile.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, "no enrollment profile"))?;
    Ok(Reply {
        media_type: Some(profiles::CONTENT_TYPE),
        body: profile.file(config.access_rights).map_err(Refusal::internal)?,
    })
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        match self.media_type {
            Some(media_type) => ([(header::CONTENT_TYPE, media_type)], self.body).into_response(),
            None => self.body.into_response(),
        }
    }
}
