//! Simulated devices, and users of devices, that talk to a server over HTTP.

mod behavior;

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use apple_mdm::checkin::{Authenticate, CheckOut, DeclarativeManagement, Message, TokenUpdate};
use apple_mdm::cms::{self, Identity};
use apple_mdm::commands::{Request, Response, Status};
use apple_mdm::declarations::Declaration;
use apple_mdm::enrollment::{Enrollment, SHARED_IPAD_USER_ID};
use apple_mdm::{Document, checkin, commands};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const TOPIC: &str = "com.apple.mgmt.External.7a1f";

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// A simulated device, or a user of one.
pub struct Device {
    /// Who it is.
    pub enrollment: Enrollment,
    /// The name that its user gave it.
    pub name: String,
    /// Its product name, such as `Mac14,2`.
    pub product: String,
    /// The version of its operating system.
    pub version: String,
    /// The token that clears its passcode. Macs have none.
    pub unlock_token: Option<Vec<u8>>,
    /// Whether it has a passcode.
    pub has_passcode: bool,
    /// Its firmware password.
    pub firmware_password: Option<String>,
    /// Whether it postpones the next command.
    pub is_busy: bool,
    /// The identifiers of the profiles that the server installed.
    pub profiles: Vec<String>,
    /// The declarations it received.
    pub declarations: Vec<Declaration>,
    identity: Option<Arc<Identity>>,
    server: SocketAddr,
    agent: ureq::Agent,
}

/// A server's reply.
#[derive(Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// The identifiers in each message.
#[derive(Default)]
struct Sender {
    udid: Option<String>,
    enrollment_id: Option<String>,
    user_id: Option<String>,
    user_short_name: Option<String>,
    enrollment_user_id: Option<String>,
}

impl Device {
    /// Creates a device or user that connects to the server at this address. It signs its messages if it has an identity.
    #[must_use]
    pub fn new(
        server: SocketAddr,
        enrollment: Enrollment,
        identity: Option<Arc<Identity>>,
        name: &str,
        product: &str,
        version: &str,
    ) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        Self {
            enrollment,
            name: name.to_owned(),
            product: product.to_owned(),
            version: version.to_owned(),
            unlock_token: None,
            has_passcode: true,
            firmware_password: None,
            is_busy: false,
            profiles: Vec::new(),
            declarations: Vec::new(),
            identity,
            server,
            agent: config.into(),
        }
    }

    /// Returns a user of this device. Users share the device's certificate.
    #[must_use]
    pub fn user(&self, enrollment: Enrollment) -> Self {
        let (name, product, version) = (&self.name, &self.product, &self.version);
        Self::new(self.server, enrollment, self.identity.clone(), name, product, version)
    }

    /// Returns the key of the enrollment.
    #[must_use]
    pub fn key(&self) -> String {
        self.enrollment.key()
    }

    /// Enrolls: with the messages Authenticate and TokenUpdate if this is a device, with TokenUpdate if it is a user.
    ///
    /// # Errors
    ///
    /// Returns an error if the server rejects the device or user.
    pub fn enroll(&self) -> Result<()> {
        if !self.enrollment.is_user_channel() {
            let sender = self.sender();
            self.check_in(Authenticate {
                topic: Some(TOPIC.to_owned()),
                udid: sender.udid,
                enrollment_id: sender.enrollment_id,
                device_name: Some(self.name.clone()),
                product_name: Some(self.product.clone()),
                os_version: Some(self.version.clone()),
                ..Default::default()
            })?;
        }
        self.update_tokens()
    }

    /// Sends the tokens.
    ///
    /// # Errors
    ///
    /// Returns an error if the server rejects the device or user.
    pub fn update_tokens(&self) -> Result<()> {
        let sender = self.sender();
        self.check_in(TokenUpdate {
            topic: Some(TOPIC.to_owned()),
            udid: sender.udid,
            enrollment_id: sender.enrollment_id,
            user_id: sender.user_id,
            user_short_name: sender.user_short_name,
            enrollment_user_id: sender.enrollment_user_id,
            push_magic: Some(format!("magic of {}", self.key())),
            token: Some(format!("token of {}", self.key()).into_bytes().into()),
            unlock_token: self.unlock_token.as_deref().map(Into::into),
            ..Default::default()
        })?;
        Ok(())
    }

    /// Tells the server that the enrollment profile was removed.
    ///
    /// # Errors
    ///
    /// Returns an error if the server rejects the message.
    pub fn check_out(&self) -> Result<()> {
        let sender = self.sender();
        self.check_in(CheckOut {
            udid: sender.udid,
            enrollment_id: sender.enrollment_id,
            ..Default::default()
        })?;
        Ok(())
    }

    /// Fetches and executes commands until there are no more, as a device does after a push notification. Returns their number.
    ///
    /// # Errors
    ///
    /// Returns an error if the server rejects the device or sends something that cannot be read.
    pub fn poll(&mut self) -> Result<usize> {
        let mut response = Response::new(Status::Idle);
        // A faulty server could send commands forever.
        for count in 0..100 {
            let reply = self.respond(response)?.body()?;
            if reply.is_empty() {
                return Ok(count);
            }
            let request = Request::from_slice(&reply)?;
            response = self.execute(&request.command)?;
            response.command_uuid = request.command_uuid;
        }
        Err("the server sends too many commands".into())
    }

    /// Sends a response and returns the reply.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection fails.
    pub fn respond(&self, response: Response) -> Result<Reply> {
        let sender = self.sender();
        let response = Response {
            udid: sender.udid,
            enrollment_id: sender.enrollment_id,
            user_id: sender.user_id,
            user_short_name: sender.user_short_name,
            enrollment_user_id: sender.enrollment_user_id,
            ..response
        };
        self.put("mdm", Some(commands::CONTENT_TYPE), response.to_xml()?.as_bytes())
    }

    /// Sends a request of declarative management and returns the body of the reply.
    fn request(&self, endpoint: &str, data: Option<&[u8]>) -> Result<Vec<u8>> {
        let sender = self.sender();
        self.check_in(DeclarativeManagement {
            endpoint: Some(endpoint.to_owned()),
            data: data.map(Into::into),
            udid: sender.udid,
            enrollment_id: sender.enrollment_id,
            user_id: sender.user_id,
            user_short_name: sender.user_short_name,
            enrollment_user_id: sender.enrollment_user_id,
            ..Default::default()
        })
    }

    /// Sends a check-in message and returns the body of the reply.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection fails or the server rejects the message.
    pub fn check_in(&self, message: impl Into<Message>) -> Result<Vec<u8>> {
        let xml = message.into().to_xml()?;
        self.put("checkin", Some(checkin::CONTENT_TYPE), xml.as_bytes())?.body()
    }

    /// Sends arbitrary bytes with a valid signature.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection fails.
    pub fn put(&self, path: &str, media_type: Option<&str>, body: &[u8]) -> Result<Reply> {
        let mut request = self.agent.put(format!("http://{}/{path}", self.server));
        if let Some(media_type) = media_type {
            request = request.content_type(media_type);
        }
        if let Some(identity) = &self.identity {
            // Devices sign without including the content. The server accepts both.
            request = request.header("Mdm-Signature", STANDARD.encode(cms::sign(body, identity.as_ref())?));
        }
        let mut response = request.send(body)?;
        Ok(Reply {
            status: response.status().as_u16(),
            body: response.body_mut().read_to_vec()?,
        })
    }

    fn sender(&self) -> Sender {
        match self.enrollment.clone() {
            Enrollment::Device { udid } => Sender {
                udid: Some(udid),
                ..Sender::default()
            },
            Enrollment::MacUser { udid, user_id } => Sender {
                udid: Some(udid),
                user_short_name: Some(format!("user-{user_id}")),
                user_id: Some(user_id),
                ..Sender::default()
            },
            Enrollment::SharedIpadUser { udid, user_short_name } => Sender {
                udid: Some(udid),
                user_id: Some(SHARED_IPAD_USER_ID.to_owned()),
                user_short_name: Some(user_short_name),
                ..Sender::default()
            },
            Enrollment::UserEnrollment { enrollment_id } => Sender {
                enrollment_id: Some(enrollment_id),
                ..Sender::default()
            },
            Enrollment::UserEnrollmentUser {
                enrollment_id,
                enrollment_user_id,
            } => Sender {
                enrollment_id: Some(enrollment_id),
                enrollment_user_id: Some(enrollment_user_id),
                ..Sender::default()
            },
        }
    }
}

impl Reply {
    /// Returns the body.
    ///
    /// # Errors
    ///
    /// Returns an error if the HTTP status is not 200.
    pub fn body(self) -> Result<Vec<u8>> {
        match self.status {
            200 => Ok(self.body),
            status => Err(format!("{status}: {}", String::from_utf8_lossy(&self.body)).into()),
        }
    }
}
