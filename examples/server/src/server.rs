//! The HTTP routes.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use apple_mdm::checkin::Message;
use apple_mdm::commands::Response;
use apple_mdm::input::Limits;
use apple_mdm::{Document, checkin, commands, declarations};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response as Reply};
use axum::routing::put;
use tokio::net::TcpListener;

use crate::declarative::Declarations;
use crate::store::Store;

/// The maximum sizes of request bodies in bytes. The largest responses are lists of installed apps; check-in messages have a few kilobytes.
const MDM_BODY: usize = 4 << 20;
const CHECK_IN_BODY: usize = 64 << 10;

/// The server, whose state all requests share.
#[derive(Clone, Default)]
pub struct Server {
    store: Arc<Mutex<Store>>,
    declarations: Arc<Declarations>,
}

impl Server {
    /// Creates a server that sends these declarations to its devices.
    #[must_use]
    pub fn new(declarations: Declarations) -> Self {
        Self {
            store: Arc::default(),
            declarations: Arc::new(declarations),
        }
    }

    /// Locks and returns the state of the devices.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The declarations for its devices.
    #[must_use]
    pub fn declarations(&self) -> &Declarations {
        &self.declarations
    }

    /// Creates the routes for the two URLs of an MDM payload: `CheckInURL` and `ServerURL`.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/checkin", put(check_in).layer(DefaultBodyLimit::max(CHECK_IN_BODY)))
            .route("/mdm", put(mdm).layer(DefaultBodyLimit::max(MDM_BODY)))
            .with_state(self.clone())
    }

    /// Serves requests until `stop` completes, then finishes open connections.
    ///
    /// # Errors
    ///
    /// Returns an error if the listener fails.
    pub async fn serve(
        &self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        axum::serve(listener, self.router()).with_graceful_shutdown(stop).await
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

/// `PUT /checkin`
async fn check_in(State(server): State<Server>, headers: HeaderMap, body: Bytes) -> Result<Reply, Refusal> {
    expect(&headers, checkin::CONTENT_TYPE)?;
    let message = Message::from_slice_with(&body, &Limits::default().with_size(CHECK_IN_BODY))?;
    let id = message
        .udid()
        .or(message.enrollment_id())
        .ok_or(Refusal(
            StatusCode::BAD_REQUEST,
            "no UDID and no EnrollmentID".to_owned(),
        ))?
        .to_owned();
    let mut store = server.store();
    match message {
        Message::Authenticate(message) => {
            // Status 401 rejects a device. A real server decides by the device's certificate.
            let unknown = Refusal(StatusCode::UNAUTHORIZED, "unknown device".to_owned());
            store.enroll(&id, &message).ok_or(unknown)?;
        }
        Message::CheckOut(_) => store.remove(&id),
        Message::TokenUpdate(update) => store.device(&id).ok_or(NOT_ENROLLED)?.update(*update),
        Message::DeclarativeManagement(request) => {
            let device = store.device(&id).ok_or(NOT_ENROLLED)?;
            return match server.declarations.reply(&request, device)? {
                Some(json) => Ok(([(header::CONTENT_TYPE, declarations::CONTENT_TYPE)], json).into_response()),
                None => Err(Refusal(StatusCode::NOT_FOUND, "no such declaration".to_owned())),
            };
        }
        other => {
            let reason = format!("unsupported message {:?}", other.message_type());
            return Err(Refusal(StatusCode::BAD_REQUEST, reason));
        }
    }
    Ok(StatusCode::OK.into_response())
}

/// `PUT /mdm`
async fn mdm(State(server): State<Server>, headers: HeaderMap, body: Bytes) -> Result<Reply, Refusal> {
    expect(&headers, commands::CONTENT_TYPE)?;
    let response = Response::from_slice_with(&body, &Limits::default().with_size(MDM_BODY))?;
    let id = response.udid.as_deref().or(response.enrollment_id.as_deref());
    let mut store = server.store();
    let device = id.and_then(|id| store.device(id)).ok_or(NOT_ENROLLED)?;
    Ok(match device.next(&response)? {
        Some(request) => {
            let xml = request.to_xml()?;
            ([(header::CONTENT_TYPE, "application/xml")], xml).into_response()
        }
        // An empty body means that there are no more commands. The device closes the connection.
        None => StatusCode::OK.into_response(),
    })
}

const NOT_ENROLLED: Refusal = Refusal(StatusCode::UNAUTHORIZED, String::new());

/// Why a request is rejected: the HTTP status and a reason, which appears in the device's log.
struct Refusal(StatusCode, String);

impl From<apple_mdm::Error> for Refusal {
    fn from(error: apple_mdm::Error) -> Self {
        // The message contains no secrets.
        Self(StatusCode::BAD_REQUEST, error.to_string())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Reply {
        let Self(status, text) = self;
        (status, text).into_response()
    }
}

/// Rejects other media types. Ignores parameters, because some systems add a charset.
fn expect(headers: &HeaderMap, media_type: &str) -> Result<(), Refusal> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let given = given.and_then(|given| given.split(';').next()).unwrap_or_default();
    if given.trim().eq_ignore_ascii_case(media_type) {
        return Ok(());
    }
    Err(Refusal(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        format!("expected {media_type}"),
    ))
}
