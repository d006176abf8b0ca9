#[allow(unused_imports)]
use crate::generated::*;
/// Reports whether FileVault is enabled on a Mac.
///
/// Status item `diskmanagement.filevault.enabled` · boolean · Apple's schema: [`diskmanagement.filevault.enabled.yaml`](https://github.com/apple/device-management/blob/release/declarative/status/diskmanagement.filevault.enabled.yaml)
///
/// # Availability
///
/// | OS | Since |
/// | --- | --- |
/// | macOS | 14.0 |
///
/// - Enrollment: supervised, local
/// - Scope: system
///
/// # Example
///
/// In a status report (read it with [`StatusItems`]):
///
/// ```json
/// {
///   "StatusItems": {
///     "diskmanagement": {
///       "filevault": {
///         "enabled": true
///       }
///     }
///   }
/// }
/// ```
#[doc(alias = "diskmanagement.filevault.enabled")]
#[derive(Debug, Clone, Copy)]
pub struct DiskManagementFileVaultEnabled;
impl DiskManagementFileVaultEnabled {
    /// The availability of the item. Individual keys may differ; see [`Described::ITEM`].
    pub const AVAILABILITY: Availability = Availability::of(
        tables::DISK_MANAGEMENT_FILE_VAULT_ENABLED__ITEM.support,
    );
}
impl Described for DiskManagementFileVaultEnabled {
    const ITEM: &'static crate::schema::Item = &tables::DISK_MANAGEMENT_FILE_VAULT_ENABLED__ITEM;
}
impl DiskManagementFileVaultEnabled {
    /// The name of the status item in subscriptions and status reports.
    pub const NAME: &'static str = "diskmanagement.filevault.enabled";
}
/// The tables of all items, sorted by name.
pub static ITEMS: &[&crate::schema::Item] = tables::ITEMS;
#[allow(unused_imports)]
mod tables {
    use crate::schema::*;
    use crate::generated::HasTable;
    pub static ITEMS: &[&Item] = &[&DISK_MANAGEMENT_FILE_VAULT_ENABLED__ITEM];
    pub static DISK_MANAGEMENT_FILE_VAULT_ENABLED__ITEM: Item = Item {
        family: Family::Status,
        name: "diskmanagement.filevault.enabled",
        rust: "DiskManagementFileVaultEnabled",
        title: "Status Disk Management File Vault Enabled",
        files: &["declarative/status/diskmanagement.filevault.enabled.yaml"],
        support: &[
            (Os::Ios, Fact::NotAvailable),
            (Os::Macos, Fact::Introduced(Version(14, 0, 0))),
            (Os::Macos, Fact::AllowedEnrollments(&["supervised", "local"])),
            (Os::Macos, Fact::AllowedScopes(&["system"])),
            (Os::Tvos, Fact::NotAvailable),
            (Os::Visionos, Fact::NotAvailable),
            (Os::Watchos, Fact::NotAvailable),
        ],
        description: "Reports whether FileVault is enabled on a Mac.",
        ..Item::EMPTY
    };
}
