//! `apple-mdm new`

use clap::ArgMatches;

use crate::failure::Failure;

/// `apple-mdm new …`
pub fn run(_: &ArgMatches) -> Result<(), Failure> {
    Err(Failure::Usage("this is not there yet".to_owned()))
}
