//! `apple-mdm sign`: signs a profile.

use std::path::PathBuf;

use apple_mdm::Document;
use apple_mdm::cms::{self, SigningKey};
use apple_mdm::value::Value;
use clap::ArgMatches;

use crate::document::{self, Kind};
use crate::failure::Failure;
use crate::{key_file, output, terminal};

/// Runs `apple-mdm sign`.
pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let Some(file) = matches.get_one::<PathBuf>("file") else {
        return Ok(());
    };
    output::refuse_terminal(matches, "a signed document")?;
    let identity = key_file::identity(matches)?;
    let name = file.display();
    let bytes = document::read(file).map_err(|error| Failure::Usage(format!("cannot open {name}: {error}")))?;
    match cms::kind(&bytes) {
        None => {}
        Some(cms::Kind::Signed) => {
            return Err(Failure::Document(format!(
                "{name}: it is already signed; sign the document in it, which `apple-mdm convert` extracts"
            )));
        }
        Some(_) => return Err(Failure::Document(format!("{name}: a CMS message, not a document"))),
    }
    let document = Value::from_slice(&bytes).map_err(|error| Failure::Document(format!("{name}: {error}")))?;
    if document::kind(&document) != Kind::Profile {
        terminal::print_warning(&format!(
            "{name}: not a configuration profile; devices accept only profiles signed"
        ));
    }
    key_file::warn_if_not_valid(identity.certificate());
    let signed = cms::sign(&bytes, &identity).map_err(|error| Failure::Document(format!("{name}: {error}")))?;
    output::write(matches, &signed)
}
