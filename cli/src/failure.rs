//! What ends the program early, and with which exit code.

use std::io;
use std::process::ExitCode;

use crate::screen;

/// Why the program did not do what it was asked to, or found what should end with an exit code of its own.
#[derive(Debug)]
pub enum Failure {
    /// The documents have errors, which are shown already: exit code 1.
    Findings,
    /// A document is not what it should be: exit code 1.
    Document(String),
    /// The program was asked for what there is not, or a file cannot be opened or written: exit code 2.
    Usage(String),
    /// A file cannot be opened, which was said already: exit code 2.
    Unopened,
    /// The output cannot be written: exit code 2.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Failure {
    /// Says it, if it was not said already, and gives the exit code.
    pub fn report(self) -> ExitCode {
        match self {
            Self::Findings => ExitCode::from(1),
            Self::Document(message) => {
                screen::complain(&message);
                ExitCode::from(1)
            }
            Self::Usage(message) => {
                screen::complain(&message);
                ExitCode::from(2)
            }
            Self::Unopened => ExitCode::from(2),
            // Whoever reads the output has seen enough: `apple-mdm list | head`.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Self::Output(error) => {
                screen::complain(&format!("the output cannot be written: {error}"));
                ExitCode::from(2)
            }
        }
    }
}
