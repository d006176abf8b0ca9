//! The words and flags of the command line.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, ValueHint, value_parser};
use clap_complete::Shell;

use crate::target;

/// The whole command line: also what completions and the man page are made from.
pub fn command() -> Command {
    Command::new("apple-mdm")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Checks and explains documents of Apple's device management: profiles, commands, declarations")
        .after_help("Exit codes: 0 without errors, 1 where a document has errors, 2 where the usage is wrong or a file cannot be opened.")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(lint())
        .subcommand(explain())
        .subcommand(list())
        .subcommand(matrix())
        .subcommand(convert())
        .subcommand(new())
        .subcommand(completions())
        .subcommand(man())
}

fn path(name: &'static str) -> Arg {
    Arg::new(name)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::AnyPath)
}

fn lint() -> Command {
    let command = Command::new("lint")
        .about("Finds what is wrong in documents, and says where")
        .long_about(
            "Finds what is wrong in profiles, commands, responses, check-in messages, declarations and status reports: \
             XML and binary property lists, JSON, signed profiles. What a document is, its content tells.",
        )
        .after_help(
            "Exit codes: 0 without errors, 1 with errors (a document that cannot be read is one), 2 where the usage is wrong \
             or a file cannot be opened; the other files are checked all the same.\n\n\
             `apple-mdm explain CODE` says what a finding means, `apple-mdm explain codes` what all of them do.",
        )
        .arg(
            path("paths")
                .value_name("PATH")
                .num_args(1..)
                .required(true)
                .help("Files; directories, searched for .mobileconfig, .plist and .json; - for standard input"),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["human", "json", "sarif", "github"])
                .default_value("human")
                .help("For people, for programs, for code scanning, or as annotations of a GitHub workflow"),
        )
        .arg(
            Arg::new("command")
                .long("command")
                .value_name("NAME")
                .help("The command that responses answer, such as DeviceInformation; nothing in a response says it"),
        )
        .arg(
            Arg::new("strict")
                .long("strict")
                .action(ArgAction::SetTrue)
                .help("Counts warnings as errors"),
        )
        .arg(
            Arg::new("require-signature")
                .long("require-signature")
                .action(ArgAction::SetTrue)
                .help("A profile that is not signed is an error"),
        )
        .arg(
            path("trust-roots")
                .long("trust-roots")
                .value_name("PEM")
                .value_hint(ValueHint::FilePath)
                .help("The certificates that signatures must lead to; without it trust is not checked"),
        );
    target::flags(command)
}

fn explain() -> Command {
    let command = Command::new("explain")
        .about("Says what a payload, command, declaration, status item or key is, and where it is available")
        .after_help(
            "Examples:\n  apple-mdm explain Passcode\n  apple-mdm explain com.apple.mobiledevice.passwordpolicy.customRegex\n  \
             apple-mdm explain DeviceLock --os macos --os-version 15.2\n  apple-mdm explain wrong-type",
        )
        .arg(
            Arg::new("name")
                .value_name("NAME[.KEY…]")
                .required(true)
                .help("A type as documents or Rust name it, with the path of a key; a code of a finding; or `codes`"),
        );
    target::flags(command)
}

fn list() -> Command {
    let command = Command::new("list")
        .about("Lists what there is, or what there is for a target")
        .arg(
            Arg::new("family")
                .value_name("FAMILY")
                .value_parser(["commands", "profiles", "declarations", "status", "checkin"])
                .help("Only these"),
        );
    target::flags(command)
}

fn matrix() -> Command {
    Command::new("matrix")
        .about("Writes a page of what is available where: all items and keys, searchable")
        .long_about(
            "Writes a page of what is available where: all items and their keys by operating system, with what is deprecated \
             and removed, to be searched in a browser. The page is one file and needs no network.",
        )
        .after_help("Example:\n  apple-mdm matrix -o matrix.html")
        .arg(
            path("output")
                .short('o')
                .long("output")
                .value_name("FILE")
                .value_hint(ValueHint::FilePath)
                .help("Where to; standard output where it is not given"),
        )
}

fn convert() -> Command {
    Command::new("convert")
        .about("Writes a document in another format, without losing anything")
        .long_about(
            "Writes a document in another format. Known documents go through their types, so that data, dates and numbers come \
             back from JSON as what they were. JSON has no data and no dates: there data is base64 text and dates are \
             RFC 3339 text, and where the schema does not know a key they stay text when the JSON is converted back; \
             a note says where that is so.",
        )
        .arg(
            Arg::new("to")
                .long("to")
                .value_name("FORMAT")
                .required(true)
                .value_parser(["xml", "binary", "json"])
                .help("XML or binary property list, or JSON"),
        )
        .arg(
            path("output")
                .short('o')
                .long("output")
                .value_name("FILE")
                .value_hint(ValueHint::FilePath)
                .help("Where to; standard output where it is not given"),
        )
        .arg(
            path("file")
                .value_name("FILE")
                .required(true)
                .value_hint(ValueHint::FilePath)
                .help("The document; - for standard input"),
        )
}

fn new() -> Command {
    Command::new("new")
        .about("Writes a valid document to start from")
        .long_about(
            "Writes a valid document to start from: a profile with the payload, a request with the command, a declaration, a \
             check-in message. What is required is filled with placeholders, what is optional is left out. UUIDs are random.",
        )
        .after_help(
            "Examples:\n  apple-mdm new Passcode minLength=12 customRegex.passwordContentRegex='^.{12,}$'\n  \
             apple-mdm new SetFirmwarePassword NewPassword=secret\n  \
             apple-mdm new com.apple.configuration.passcode.settings MinimumLength=12\n\n\
             VALUE is read as what the key holds: text; a number; true or false; a date such as 2026-01-31T12:00:00Z; data as \
             base64 or, after @, from a file; arrays, dictionaries as JSON. One key given several times fills an array.",
        )
        .arg(
            Arg::new("name")
                .value_name("NAME")
                .required(true)
                .help("A payload, command, declaration, status item or check-in message, as documents or Rust name it"),
        )
        .arg(
            Arg::new("values")
                .value_name("KEY=VALUE")
                .num_args(0..)
                .help("Keys to set, nested ones with dots"),
        )
}

fn completions() -> Command {
    Command::new("completions")
        .about("Prints the completions for a shell")
        .arg(
            Arg::new("shell")
                .value_name("SHELL")
                .required(true)
                .value_parser(value_parser!(Shell))
                .help("The shell"),
        )
}

fn man() -> Command {
    Command::new("man")
        .about("Prints the manual page, or writes one for each subcommand too")
        .arg(
            path("dir")
                .long("dir")
                .value_name("DIR")
                .value_hint(ValueHint::DirPath)
                .help("Write all pages into this directory"),
        )
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_arguments_are_consistent() {
        super::command().debug_assert();
    }
}
