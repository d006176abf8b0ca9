//! Shell completions and manual pages.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ArgMatches;
use clap_complete::Shell;

use crate::arguments;
use crate::failure::Failure;

/// Runs `apple-mdm completions SHELL`.
pub fn completions(matches: &ArgMatches) -> Result<(), Failure> {
    if let Some(shell) = matches.get_one::<Shell>("shell") {
        // Generate into memory: the generator panics if it cannot write.
        let mut script = Vec::new();
        clap_complete::generate(*shell, &mut arguments::command(), "apple-mdm", &mut script);
        io::stdout().write_all(&script)?;
    }
    Ok(())
}

/// Runs `apple-mdm man [--dir DIR]`.
pub fn man(matches: &ArgMatches) -> Result<(), Failure> {
    let command = arguments::command();
    match matches.get_one::<PathBuf>("dir") {
        Some(folder) => clap_mangen::generate_to(command, folder)
            .map_err(|error| Failure::Usage(format!("cannot write to {}: {error}", folder.display()))),
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page)?;
            io::stdout().write_all(&page)?;
            Ok(())
        }
    }
}
