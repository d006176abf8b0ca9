//! Devices and their users.

use apple_mdm::AccessRights;
use apple_mdm::checkin::{Authenticate, TokenUpdate};
use apple_mdm::commands::device_information::response::QueryResponses;
use apple_mdm::enrollment::Enrollment;
use apple_mdm::validate::{self, Channel, Target};
use apple_mdm::value::Data;
use rusqlite::{OptionalExtension, Row, params};

use super::{Records, Store};
use crate::product;

/// An enrolled device, or a user of one.
pub struct Enrolled {
    /// The key: see [`apple_mdm::enrollment`].
    pub key: String,
    /// The device: this enrollment itself, or the one to which the user belongs.
    pub device: Device,
    /// The user's name, if this is a user.
    pub user_name: Option<String>,
    /// Whether this is a user of a Shared iPad.
    pub is_shared_ipad_user: bool,
    /// How to reach the enrollment. `None` until the first TokenUpdate, which completes the enrollment.
    pub push: Option<Push>,
    /// Whether the device waits in Setup Assistant for the command DeviceConfigured.
    pub awaiting_configuration: bool,
}

/// A device.
pub struct Device {
    /// The key.
    pub key: String,
    /// The SHA-256 fingerprint of the certificate it enrolled with. `None` if signatures were not checked.
    pub fingerprint: Option<String>,
    /// Whether the next valid message may be signed with a new certificate.
    pub renewal_expected: bool,
    /// Whether the user enrolled a device of their own.
    pub is_user_enrollment: bool,
    /// The name.
    pub name: Option<String>,
    /// The serial number.
    pub serial: Option<String>,
    /// The product, such as `Mac14,2`, or the best that the device said about it.
    pub product: Option<String>,
    /// The version of the operating system.
    pub version: Option<String>,
    /// Whether the device is supervised.
    pub is_supervised: Option<bool>,
    /// The token that clears its passcode.
    pub unlock_token: Option<Data>,
    /// The token with which a Mac authorizes the server.
    pub bootstrap_token: Option<Data>,
}

/// What a push notification needs. It makes the device or user ask for commands.
pub struct Push {
    /// The topic: that of the server's push certificate.
    pub topic: Option<String>,
    /// The content of the notification.
    pub magic: String,
    /// The address of the device or user.
    pub token: Data,
}

impl Enrolled {
    /// Whether this is a user of the device.
    #[must_use]
    pub fn is_user(&self) -> bool {
        self.key != self.device.key
    }

    /// Returns what commands are checked against, or `None` if it is unknown which system the device runs.
    #[must_use]
    pub fn target(&self, rights: AccessRights) -> Option<Target> {
        let mut target = Target::new(product::os(self.device.product.as_deref()?)?)
            .channel(if self.is_user() { Channel::User } else { Channel::Device })
            .enrollment(if self.device.is_user_enrollment {
                validate::Enrollment::User
            } else {
                validate::Enrollment::Device
            })
            .access_rights(rights);
        // Without a version, what depends on it is not checked.
        if let Some(version) = self.device.version.as_deref().and_then(|text| text.parse().ok()) {
            target = target.version(version);
        }
        if let Some(supervised) = self.device.is_supervised {
            target = target.supervised(supervised);
        }
        if self.is_shared_ipad_user {
            target = target.shared_ipad(true);
        }
        Some(target)
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let magic: Option<String> = row.get("push_magic")?;
        let token: Option<Vec<u8>> = row.get("push_token")?;
        let topic = row.get("topic")?;
        Ok(Self {
            key: row.get("key")?,
            user_name: row.get("user_name")?,
            is_shared_ipad_user: row.get("shared_ipad_user")?,
            push: magic.zip(token).map(|(magic, token)| Push {
                topic,
                magic,
                token: token.into(),
            }),
            awaiting_configuration: row.get("awaiting_configuration")?,
            device: Device {
                key: row.get("device")?,
                fingerprint: row.get("fingerprint")?,
                renewal_expected: row.get("renewal_expected")?,
                is_user_enrollment: row.get("user_enrollment")?,
                name: row.get("name")?,
                serial: row.get("serial")?,
                product: row.get("product")?,
                version: row.get("version")?,
                is_supervised: row.get("supervised")?,
                unlock_token: row.get::<_, Option<Vec<u8>>>("unlock_token")?.map(Into::into),
                bootstrap_token: row.get::<_, Option<Vec<u8>>>("bootstrap_token")?.map(Into::into),
            },
        })
    }
}

const SELECT: &str = "SELECT e.*, d.* FROM devices d JOIN enrollments e ON e.device = d.key";

impl Store {
    /// Returns all enrollments in the order of their keys, each device before its users.
    ///
    /// # Errors
    ///
    /// Returns an error if the database reports one.
    pub fn enrollments(&self) -> rusqlite::Result<Vec<Enrolled>> {
        self.transaction(|records| {
            let mut statement = records.0.prepare_cached(&format!("{SELECT} ORDER BY e.key"))?;
            statement.query_map([], Enrolled::read)?.collect()
        })
    }

    /// Returns an enrollment by its key.
    ///
    /// # Errors
    ///
    /// Returns an error if the database reports one.
    pub fn enrollment(&self, key: &str) -> rusqlite::Result<Option<Enrolled>> {
        self.transaction(|records| records.enrollment(key))
    }

    /// Allows a device to sign its next message with another certificate of the same authority, which then replaces the old one.
    /// Call this before you send the device an enrollment profile that renews its certificate. Returns whether the device is known.
    ///
    /// # Errors
    ///
    /// Returns an error if the database reports one.
    pub fn expect_renewal(&self, device: &str) -> rusqlite::Result<bool> {
        self.transaction(|records| {
            let sql = "UPDATE devices SET renewal_expected = 1 WHERE key = ?";
            Ok(records.execute(sql, [device])? == 1)
        })
    }
}

impl Records<'_> {
    /// Returns an enrollment by its key.
    ///
    /// # Errors
    ///
    /// Returns an error if the database reports one, like all functions of this type.
    pub fn enrollment(&self, key: &str) -> rusqlite::Result<Option<Enrolled>> {
        let mut statement = self.0.prepare_cached(&format!("{SELECT} WHERE e.key = ?"))?;
        statement.query_row([key], Enrolled::read).optional()
    }

    /// Returns the key of the device that enrolled with this certificate.
    pub fn device_with(&self, fingerprint: &str) -> rusqlite::Result<Option<String>> {
        let mut statement = self.0.prepare_cached("SELECT key FROM devices WHERE fingerprint = ?")?;
        statement.query_row([fingerprint], |row| row.get(0)).optional()
    }

    /// Adds a device that starts to enroll. Deletes what an earlier enrollment of the same device left, including its users and queues:
    /// the device was erased, or its profile was removed.
    pub fn enroll(
        &self,
        enrollment: &Enrollment,
        fingerprint: Option<&str>,
        message: &Authenticate,
    ) -> rusqlite::Result<()> {
        let key = enrollment.key();
        self.remove_device(&key)?;
        let is_user_enrollment = enrollment.enrollment_type() == validate::Enrollment::User;
        // Without the right to query device information, a device does not send the product name. The model name may help.
        let products = [&message.product_name, &message.model_name, &message.model];
        let product = products
            .into_iter()
            .flatten()
            .find(|product| product::os(product).is_some())
            .or(message.product_name.as_ref());
        let sql = "INSERT INTO devices (key, fingerprint, user_enrollment, name, serial, product, version)
                   VALUES (?, ?, ?, ?, ?, ?, ?)";
        self.execute(
            sql,
            params![
                key,
                fingerprint,
                is_user_enrollment,
                message.device_name,
                message.serial_number,
                product,
                message.os_version,
            ],
        )?;
        self.add_channel(enrollment)
    }

    /// Adds the channel of a device or of a user of a known device, unless it exists.
    pub fn add_channel(&self, enrollment: &Enrollment) -> rusqlite::Result<()> {
        let device = enrollment.parent().as_ref().unwrap_or(enrollment).key();
        let is_shared = matches!(enrollment, Enrollment::SharedIpadUser { .. });
        let sql = "INSERT INTO enrollments (key, device, shared_ipad_user) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
        self.execute(sql, params![enrollment.key(), device, is_shared])?;
        Ok(())
    }

    /// Returns the number of users of a device.
    pub fn users(&self, device: &str) -> rusqlite::Result<u32> {
        let sql = "SELECT count(*) FROM enrollments WHERE device = ?1 AND key <> ?1";
        self.0.prepare_cached(sql)?.query_row([device], |row| row.get(0))
    }

    /// Stores the tokens of a device or user.
    pub fn update_tokens(&self, enrolled: &Enrolled, message: &TokenUpdate) -> rusqlite::Result<()> {
        let sql = "UPDATE enrollments SET topic = ?, push_magic = ?, push_token = ?, awaiting_configuration = ?,
                   user_name = coalesce(?, user_name) WHERE key = ?";
        self.execute(
            sql,
            params![
                message.topic,
                message.push_magic,
                message.token.as_deref(),
                message.awaiting_configuration.unwrap_or_default(),
                message.user_short_name,
                enrolled.key,
            ],
        )?;
        // A device sends the unlock token once, when a passcode is set, and not in later messages.
        if let Some(token) = message.unlock_token.as_deref().filter(|_| !enrolled.is_user()) {
            let sql = "UPDATE devices SET unlock_token = ? WHERE key = ?";
            self.execute(sql, params![token, enrolled.device.key])?;
        }
        Ok(())
    }

    /// Stores the bootstrap token of a Mac, or deletes it.
    pub fn set_bootstrap_token(&self, device: &str, token: Option<&[u8]>) -> rusqlite::Result<()> {
        let sql = "UPDATE devices SET bootstrap_token = ? WHERE key = ?";
        self.execute(sql, params![token, device])?;
        Ok(())
    }

    /// Replaces the certificate of a device.
    pub fn renew(&self, device: &str, fingerprint: &str) -> rusqlite::Result<()> {
        let sql = "UPDATE devices SET fingerprint = ?, renewal_expected = 0 WHERE key = ?";
        self.execute(sql, [fingerprint, device])?;
        Ok(())
    }

    /// Stores what a device says about itself in response to DeviceInformation. The device was updated, or did not say it before.
    pub fn learn(&self, device: &str, values: &QueryResponses) -> rusqlite::Result<()> {
        let sql = "UPDATE devices SET name = coalesce(?, name), serial = coalesce(?, serial),
                   product = coalesce(?, product), version = coalesce(?, version), supervised = coalesce(?, supervised)
                   WHERE key = ?";
        self.execute(
            sql,
            params![
                values.device_name,
                values.serial_number,
                values.product_name,
                values.os_version,
                values.is_supervised,
                device,
            ],
        )?;
        Ok(())
    }

    /// Removes a device with its users and all queues.
    pub fn remove_device(&self, key: &str) -> rusqlite::Result<()> {
        self.execute("DELETE FROM devices WHERE key = ?", [key])?;
        Ok(())
    }

    /// Removes the channel of a user.
    pub fn remove_user(&self, key: &str) -> rusqlite::Result<()> {
        self.execute("DELETE FROM enrollments WHERE key = ?", [key])?;
        Ok(())
    }
}
