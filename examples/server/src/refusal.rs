//! Why a request is rejected, and what that means to a device.
//!
//! | status | what a device does |
//! |---|---|
//! | 400, 404, 408, 413, 500, 503 | tries again later |
//! | 403 with the error `com.apple.unrecognized.device` | unenrolls |
//! | 410, in response to UserAuthenticate | lets the user log in, without a user channel |
//!
//! Status 401 is missing on purpose: devices unenroll when they receive it. A device that is enrolled must never unenroll because of a
//! mistake or a full disk of the server, so everything unexpected is 500 or 503.

use apple_mdm::Document;
use apple_mdm::enrollment::EnrollmentError;
use apple_mdm::errors::UnrecognizedDevice;
use apple_mdm::errors::unrecognized_device::Code;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rusqlite::ErrorCode;

/// Why a request is rejected: the HTTP status and a reason, which appears in the device's log.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: StatusCode,
    /// The reason. It contains no secrets.
    pub reason: String,
    unenrolls: bool,
}

impl Refusal {
    /// Rejects a request with this status.
    #[must_use]
    pub fn new(status: StatusCode, reason: impl Into<String>) -> Self {
        debug_assert_ne!(status, StatusCode::UNAUTHORIZED, "devices unenroll");
        Self {
            status,
            reason: reason.into(),
            unenrolls: false,
        }
    }

    /// The message cannot be read, or has no meaning here.
    #[must_use]
    pub fn bad_request(reason: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, reason)
    }

    /// The signature is missing, invalid, or that of another device. The device stays enrolled.
    #[must_use]
    pub fn forbidden(reason: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, reason)
    }

    /// Something failed on the server. The reason is logged here and not sent.
    #[must_use]
    pub fn internal(reason: impl std::fmt::Display) -> Self {
        eprintln!("error: {reason}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal error")
    }

    /// Makes the device unenroll.
    #[must_use]
    pub fn unenroll() -> Self {
        Self {
            unenrolls: true,
            ..Self::forbidden("unrecognized device")
        }
    }
}

impl From<apple_mdm::Error> for Refusal {
    /// The text of the error contains no secrets.
    fn from(error: apple_mdm::Error) -> Self {
        Self::bad_request(error.to_string())
    }
}

impl From<EnrollmentError> for Refusal {
    fn from(error: EnrollmentError) -> Self {
        Self::bad_request(error.to_string())
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull | ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::ReadOnly) => {
                eprintln!("error: {error}");
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "try again later")
            }
            _ => Self::internal(error),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        if self.unenrolls {
            // The media type decides how the device reads the body. All systems that know this error read property lists.
            let body = UnrecognizedDevice::new(Code::ComAppleUnrecognizedDevice).to_xml();
            if let Ok(body) = body {
                return (self.status, [(header::CONTENT_TYPE, "application/xml")], body).into_response();
            }
        }
        (self.status, self.reason).into_response()
    }
}
