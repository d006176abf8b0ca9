//! What the server knows: devices, their queues, and what they said.

use std::collections::{HashMap, VecDeque};

use apple_mdm::checkin::{Authenticate, TokenUpdate};
use apple_mdm::commands::{Command, DeviceInformation, Request, Response, SetFirmwarePassword, Status};
use apple_mdm::protocol::StatusReport;
use apple_mdm::validate::{Report, Target, Validate};
use apple_mdm::value::Data;

/// The most commands that wait for one device, and the most devices.
const MANY: usize = 1000;

/// All devices, by UDID or enrollment ID.
#[derive(Default)]
pub struct Store {
    devices: HashMap<String, Device>,
    commands: u64,
}

/// A device that has enrolled.
#[derive(Debug)]
pub struct Device {
    /// What it is, as far as it said so: what commands are checked for.
    pub target: Target,
    /// What wakes it; here nobody does.
    pub push: Option<TokenUpdate>,
    /// What clears its passcode.
    pub unlock_token: Option<Data>,
    /// What came of the commands, in the order of the answers.
    pub outcomes: Vec<Outcome>,
    /// The latest status report.
    pub status: Option<StatusReport>,
    waiting: VecDeque<Request>,
    later: Vec<Request>,
    sent: HashMap<String, Command>,
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The device is called this.
    Name(String),
    /// The firmware password was changed, or not.
    FirmwarePassword(bool),
    /// A command that has nothing else to say was carried out.
    Done(String),
    /// A command failed, with the device's reason.
    Failed(String),
}

/// Why a command is not queued.
#[derive(Debug)]
pub enum Refused {
    /// There is no such device.
    UnknownDevice,
    /// Too much waits for it already.
    Full,
    /// The device would not take the command, or it is wrong in itself.
    Findings(Report),
}

impl Store {
    /// A device that begins to enroll; whatever was known of it is forgotten.
    pub fn enroll(&mut self, id: &str, message: &Authenticate) -> Option<()> {
        if self.devices.len() >= MANY && !self.devices.contains_key(id) {
            return None;
        }
        let version = message.os_version.as_deref()?;
        let product = message.product_name.as_deref().or(message.model.as_deref())?;
        let target = match product {
            _ if product.starts_with("iPhone") || product.starts_with("iPad") => Target::ios(version),
            _ if product.starts_with("AppleTV") => Target::tvos(version),
            // iMacs too.
            _ if product.contains("Mac") => Target::macos(version),
            _ => return None,
        };
        let device = Device {
            target: target.ok()?,
            push: None,
            unlock_token: None,
            outcomes: Vec::new(),
            status: None,
            waiting: VecDeque::new(),
            later: Vec::new(),
            sent: HashMap::new(),
        };
        self.devices.insert(id.to_owned(), device);
        Some(())
    }

    /// Forgets a device.
    pub fn remove(&mut self, id: &str) {
        self.devices.remove(id);
    }

    /// A device that has enrolled.
    pub fn device(&mut self, id: &str) -> Option<&mut Device> {
        self.devices.get_mut(id)
    }

    /// Queues a command for a device, if it is right and the device takes it, and gives its UUID.
    ///
    /// # Errors
    ///
    /// Where the device would refuse it; the findings say why.
    pub fn queue(&mut self, id: &str, command: impl Into<Command>) -> Result<String, Refused> {
        let device = self.devices.get_mut(id).ok_or(Refused::UnknownDevice)?;
        if device.waiting.len() + device.later.len() + device.sent.len() >= MANY {
            return Err(Refused::Full);
        }
        // Any text that is not used twice for a device.
        let uuid = format!("{:08}", self.commands + 1);
        let request = Request::new(&uuid, command);
        request.check(&device.target).into_result().map_err(Refused::Findings)?;
        self.commands += 1;
        device.waiting.push_back(request);
        Ok(uuid)
    }
}

impl Device {
    /// Keeps what is needed to reach the device.
    pub fn update(&mut self, message: TokenUpdate) {
        // Sent once only, when a passcode is set: later messages lack it.
        if let Some(token) = &message.unlock_token {
            self.unlock_token = Some(token.clone());
        }
        self.push = Some(message);
    }

    /// Takes what the device says and gives the next command, if one waits.
    ///
    /// # Errors
    ///
    /// Where the answer cannot be read.
    pub fn next(&mut self, response: &Response) -> Result<Option<Request>, apple_mdm::Error> {
        let uuid = response.command_uuid.as_deref().unwrap_or_default();
        // An answer to what was not sent, or a second one, changes nothing.
        if let Some(command) = self.sent.remove(uuid) {
            match response.status {
                Status::NotNow => self.later.push(Request::new(uuid, command)),
                _ => self.outcomes.push(outcome(&command, response)?),
            }
        }
        // The device asks anew: now it may have the time.
        if response.status == Status::Idle {
            self.waiting.extend(self.later.drain(..));
            // What was sent and never answered, the device did not get.
            for (uuid, command) in self.sent.drain() {
                self.waiting.push_front(Request::new(uuid, command));
            }
        }
        let next = self.waiting.pop_front();
        if let Some(Request {
            command_uuid: Some(uuid),
            command,
            ..
        }) = &next
        {
            self.sent.insert(uuid.clone(), command.clone());
        }
        Ok(next)
    }
}

/// Reads the answer as that of the command that it answers.
fn outcome(command: &Command, response: &Response) -> Result<Outcome, apple_mdm::Error> {
    if response.status != Status::Acknowledged {
        let reasons: Vec<String> = response.errors().iter().map(ToString::to_string).collect();
        return Ok(Outcome::Failed(format!("{}: {}", response.status, reasons.join("; "))));
    }
    Ok(match command {
        Command::DeviceInformation(_) => {
            let answers = response.body::<DeviceInformation>()?.query_responses;
            Outcome::Name(answers.and_then(|answers| answers.device_name).unwrap_or_default())
        }
        Command::SetFirmwarePassword(_) => {
            let result = response.body::<SetFirmwarePassword>()?.set_firmware_password;
            Outcome::FirmwarePassword(result.and_then(|result| result.password_changed).unwrap_or_default())
        }
        other => Outcome::Done(other.request_type().unwrap_or_default().to_owned()),
    })
}
