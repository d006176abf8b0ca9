//! Writes results to standard output or a file.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use crate::failure::Failure;

/// Writes to the file of the flag `--output`, or to standard output without the flag.
///
/// # Errors
///
/// Returns an error if the output cannot be written. An existing file is then unchanged.
pub fn write(matches: &ArgMatches, bytes: &[u8]) -> Result<(), Failure> {
    match matches.get_one::<PathBuf>("output") {
        Some(path) => {
            replace(path, bytes).map_err(|error| Failure::Usage(format!("cannot write {}: {error}", path.display())))
        }
        None => {
            let mut out = io::stdout().lock();
            out.write_all(bytes)?;
            out.flush()?;
            Ok(())
        }
    }
}

/// Makes sure that bytes other than text do not end up in a terminal.
///
/// # Errors
///
/// Returns an error that names `what` if the output is a terminal.
pub fn refuse_terminal(matches: &ArgMatches, what: &str) -> Result<(), Failure> {
    if matches.get_one::<PathBuf>("output").is_none() && io::stdout().is_terminal() {
        return Err(Failure::Usage(format!(
            "a terminal cannot show {what}; write it to a file with -o FILE"
        )));
    }
    Ok(())
}

/// Writes a file that is either complete or unchanged: to a temporary file in the same folder, which then replaces it. Keeps the
/// permissions of an existing file, and follows symbolic links.
///
/// # Errors
///
/// Returns an error if the file cannot be written. An existing file is then unchanged.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let existing = match fs::metadata(path) {
        // Devices and pipes cannot be replaced.
        Ok(metadata) if !metadata.is_file() && !metadata.is_dir() => return fs::write(path, bytes),
        Ok(metadata) => Some(metadata.permissions()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    if existing.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".apple-mdm-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // minus the umask, as for any new file
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    if let Some(permissions) = existing {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(&path)?;
    Ok(())
}
