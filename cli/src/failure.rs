//! The reasons for an exit status other than 0.

use std::io;
use std::process::ExitCode;

use crate::terminal;

/// Why the program ends with an exit status other than 0.
#[derive(Debug)]
pub enum Failure {
    /// Documents have errors, which have been printed: exit status 1.
    Findings,
    /// A document cannot be processed: exit status 1.
    Document(String),
    /// The arguments are wrong, or a file cannot be opened or written: exit status 2.
    Usage(String),
    /// A file cannot be opened, which has been printed: exit status 2.
    Unopened,
    /// Standard output cannot be written: exit status 2.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Failure {
    /// Prints the message if it has not been printed yet, and returns the exit status.
    pub fn report(self) -> ExitCode {
        match self {
            Self::Findings => ExitCode::from(1),
            Self::Document(message) => {
                terminal::print_error(&message);
                ExitCode::from(1)
            }
            Self::Usage(message) => {
                terminal::print_error(&message);
                ExitCode::from(2)
            }
            Self::Unopened => ExitCode::from(2),
            // The reader has seen enough, as in `apple-mdm list | head`.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Self::Output(error) => {
                terminal::print_error(&format!("cannot write the output: {error}"));
                ExitCode::from(2)
            }
        }
    }
}
