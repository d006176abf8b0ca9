//! The subcommands and flags of the command line.

mod signatures;

use std::path::PathBuf;

use apple_mdm::schema::Version;
use clap::{Arg, ArgAction, Command, ValueHint, value_parser};
use clap_complete::Shell;

use crate::{config, diff, explain, lint, target};

/// The whole command line. Completions and manual pages are generated from it too.
pub fn command() -> Command {
    Command::new("apple-mdm")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Check, explain and convert documents of Apple's device management: profiles, commands, declarations")
        .after_help(
            "Exit status: 0 without errors, 1 if a document has errors, 2 for a usage error or a file that cannot be opened.",
        )
        .max_term_width(100)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(lint())
        .subcommand(explain())
        .subcommand(list())
        .subcommand(matrix())
        .subcommand(convert())
        .subcommand(new())
        .subcommand(diff())
        .subcommands(signatures::commands())
        .subcommand(completions())
        .subcommand(man())
}

fn path(name: &'static str) -> Arg {
    Arg::new(name)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::AnyPath)
}

fn file(name: &'static str) -> Arg {
    path(name).value_hint(ValueHint::FilePath)
}

fn command_of_responses() -> Arg {
    Arg::new("command")
        .long("command")
        .value_name("NAME")
        .value_parser(explain::parse_command)
}

fn output() -> Arg {
    file("output")
        .short('o')
        .long("output")
        .value_name("FILE")
        .help("Write to FILE instead of standard output")
}

fn codes(name: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name("CODES")
        .action(ArgAction::Append)
        .value_parser(config::parse_codes)
}

fn schemas() -> Arg {
    path("schemas")
        .long("schemas")
        .value_name("DIR")
        .action(ArgAction::Append)
        .value_hint(ValueHint::DirPath)
        .help(
            "Also use the schemas of other vendors in this folder: profile manifests, or YAML files in Apple's format",
        )
}

fn lint() -> Command {
    let command = Command::new("lint")
        .about("Find errors in documents, with line and column")
        .long_about(
            "Find errors in profiles, commands, responses, check-in messages, declarations and status reports: XML and binary \
             property lists, JSON, signed profiles. The kind of each document is detected from its content.",
        )
        .after_help(
            "Exit status: 0 without errors; 1 if a document has errors, including one that cannot be read; 2 for a usage error \
             or a file that cannot be opened (the other files are still checked). With --fix, what counts is what remains.\n\n\
             `apple-mdm explain CODE` explains the code of a finding, `apple-mdm explain codes` explains all of them.",
        )
        .arg(
            path("paths")
                .value_name("PATH")
                .num_args(1..)
                .required(true)
                .help("Check this file, or the .mobileconfig, .plist and .json files in this directory, or - for standard input"),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(lint::FORMATS)
                .default_value("human")
                .help("Set the output format: for people, for scripts, for code scanning, or annotations of a GitHub workflow"),
        )
        .arg(
            command_of_responses()
                .help("Name the command that responses belong to, such as DeviceInformation, because few responses name it"),
        )
        .arg(
            Arg::new("as")
                .long("as")
                .value_name("ITEM")
                .value_parser(explain::parse_item)
                .help("Check all documents as this item, such as com.apple.credential.acme, if the content does not identify it"),
        )
        .arg(
            codes("select").help("Report only findings with these codes, separated by commas, and syntax errors"),
        )
        .arg(codes("ignore").help("Do not report findings with these codes, separated by commas"))
        .arg(schemas())
        .arg(
            Arg::new("no-placeholders")
                .long("no-placeholders")
                .action(ArgAction::SetTrue)
                .help("Check values that contain placeholders such as ${NAME} too: for documents in the form in which they are sent"),
        )
        .arg(
            Arg::new("strict")
                .long("strict")
                .action(ArgAction::SetTrue)
                .help("Count warnings as errors"),
        )
        .arg(
            Arg::new("require-signature")
                .long("require-signature")
                .action(ArgAction::SetTrue)
                .help("Report unsigned profiles as errors"),
        )
        .arg(
            file("trust-roots")
                .long("trust-roots")
                .value_name("PEM")
                .help("Check that signatures lead to one of these certificates; without it, trust is not checked"),
        )
        .arg(
            Arg::new("requirements")
                .long("requirements")
                .action(ArgAction::SetTrue)
                .help(
                    "Show what each document requires: for each operating system the lowest version and the conditions, and what \
                     is not available or ignored there",
                ),
        )
        .arg(
            Arg::new("fix")
                .long("fix")
                .action(ArgAction::SetTrue)
                .conflicts_with("write-baseline")
                .help(
                    "Fix what can be fixed safely, and report the rest; - prints the fixed document, and the findings to standard error",
                ),
        )
        .arg(
            Arg::new("diff")
                .long("diff")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["fix", "write-baseline"])
                .help("Print what --fix would change instead of the findings, and change nothing; exit with 1 if there is something"),
        )
        .arg(
            Arg::new("unsafe-fixes")
                .long("unsafe-fixes")
                .action(ArgAction::SetTrue)
                .help("Fix spelling, duplicate UUIDs and retired keys, too, with --fix or --diff: review these changes"),
        )
        .arg(
            Arg::new("statistics")
                .long("statistics")
                .action(ArgAction::SetTrue)
                .help("Show how many findings there are with each code"),
        )
        .arg(
            file("baseline")
                .long("baseline")
                .value_name("FILE")
                .help("Do not report the findings in this baseline"),
        )
        .arg(
            file("write-baseline")
                .long("write-baseline")
                .value_name("FILE")
                .conflicts_with("baseline")
                .help("Write all findings to this baseline instead of reporting them"),
        )
        .arg(
            file("config")
                .long("config")
                .value_name("FILE")
                .help("Read this configuration instead of apple-mdm.toml in the current folder or a parent"),
        );
    target::with_flags(command)
}

fn text_or_json() -> Arg {
    Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .value_parser(["human", "json"])
        .default_value("human")
        .help("Set the output format: for people or for scripts")
}

fn explain() -> Command {
    let command = Command::new("explain")
        .about("Describe a payload, command, declaration, status item or key, and where it is available")
        .after_help(
            "Examples:\n  apple-mdm explain Passcode\n  apple-mdm explain com.apple.mobiledevice.passwordpolicy.customRegex\n  \
             apple-mdm explain DeviceLock --os macos --os-version 15.2\n  apple-mdm explain wrong-type",
        )
        .arg(
            Arg::new("name")
                .value_name("NAME[.KEY…]")
                .required(true)
                .help("Describe this item or key (by its name in documents or in Rust), this code of a finding, or all `codes`"),
        )
        .arg(text_or_json())
        .arg(schemas());
    target::with_flags(command)
}

fn list() -> Command {
    let command = Command::new("list")
        .about("List the items of the schema, or those available on a target")
        .arg(
            Arg::new("family")
                .value_name("FAMILY")
                .value_parser(["commands", "profiles", "declarations", "status", "checkin"])
                .help("List only this family"),
        )
        .arg(
            Arg::new("search")
                .long("search")
                .value_name("WORDS")
                .help("List the items in whose names, titles, descriptions or key names all words occur, the best ones first"),
        )
        .arg(
            Arg::new("since")
                .long("since")
                .value_name("VERSION")
                .value_parser(|text: &str| text.parse::<Version>())
                .help("List the items and keys that this version introduced or a later one: of any operating system, or of --os"),
        )
        .arg(text_or_json())
        .arg(schemas());
    target::with_flags(command)
}

fn matrix() -> Command {
    Command::new("matrix")
        .about("Write a searchable web page of availability by operating system and version")
        .long_about(
            "Write a searchable web page that shows for all items and keys on which operating systems they are available, since \
             when, and what is deprecated or removed. The page is a single file and needs no network.",
        )
        .after_help("Example:\n  apple-mdm matrix -o matrix.html")
        .arg(output())
}

fn convert() -> Command {
    Command::new("convert")
        .about("Convert a document to another format without losing anything")
        .long_about(
            "Convert a document to another format without losing anything. JSON has no data and no dates: they become base64 \
             and RFC 3339 text. For keys that the schema defines, converting the JSON back restores them. Other keys stay text; \
             a note lists them. The keys of a response depend on the command: name it with --command.",
        )
        .arg(
            Arg::new("to")
                .long("to")
                .value_name("FORMAT")
                .required(true)
                .value_parser(["xml", "binary", "json"])
                .help("Convert to an XML or binary property list, or to JSON"),
        )
        .arg(
            command_of_responses()
                .help("Name the command that a response belongs to, such as DeviceInformation, to keep data and dates in JSON"),
        )
        .arg(output())
        .arg(
            file("file")
                .value_name("FILE")
                .required(true)
                .help("Convert this document, or - for standard input"),
        )
}

fn new() -> Command {
    Command::new("new")
        .about("Write a valid document to start from")
        .long_about(
            "Write a valid document to start from: a profile with the payload, a request with the command, a declaration, or a \
             check-in message. Required keys get placeholders, optional keys are left out, and UUIDs are random.",
        )
        .after_help(
            "Examples:\n  apple-mdm new Passcode minLength=12 customRegex.passwordContentRegex='^.{12,}$'\n  \
             apple-mdm new SetFirmwarePassword NewPassword=secret\n  \
             apple-mdm new com.apple.configuration.passcode.settings MinimumLength=12\n\n\
             The type of the key decides how VALUE is read: as text; a number; true or false; a date such as \
             2026-01-31T12:00:00Z; data as base64, or @FILE for the content of a file; an array or dictionary as JSON. Repeat a \
             key to add several items to an array.",
        )
        .arg(
            Arg::new("name")
                .value_name("NAME")
                .required(true)
                .help("Create this payload, command, declaration, status item or check-in message"),
        )
        .arg(
            Arg::new("values")
                .value_name("KEY=VALUE")
                .num_args(0..)
                .help("Set a key; use dots for nested keys"),
        )
}

fn diff() -> Command {
    Command::new("diff")
        .about("Compare documents or folders by payload and key, and say what each changed key does")
        .long_about(
            "Compare two profiles, declarations or other documents, or all documents in two folders: payloads by identifier, type and \
             content, dictionaries by key, arrays regardless of order. Formats and signatures do not matter: an XML property list, \
             a binary one and a signed one with the same content are equal. New UUIDs are counted, not listed. Secrets are not shown.",
        )
        .after_help(
            "Example:\n  git show main:wifi.mobileconfig | apple-mdm diff - wifi.mobileconfig\n\n\
             Exit status: 0 if there are no differences; 1 if there are some; 2 for a usage error or a document that cannot be read \
             (those in folders that can be read are still compared).",
        )
        .args([
            file_or_folder("old", "OLD", "Compare this document or folder, or - for standard input"),
            file_or_folder("new", "NEW", "with this one"),
        ])
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(diff::FORMATS)
                .default_value("human")
                .help("Set the output format: for people, for scripts, or for comments on merge requests"),
        )
        .arg(schemas())
}

fn file_or_folder(name: &'static str, value_name: &'static str, help: &'static str) -> Arg {
    path(name).value_name(value_name).required(true).help(help)
}

fn completions() -> Command {
    Command::new("completions").about("Print completions for a shell").arg(
        Arg::new("shell")
            .value_name("SHELL")
            .required(true)
            .value_parser(value_parser!(Shell))
            .help("Select the shell"),
    )
}

fn man() -> Command {
    Command::new("man")
        .about("Print the manual page, or write one for each subcommand")
        .arg(
            path("dir")
                .long("dir")
                .value_name("DIR")
                .value_hint(ValueHint::DirPath)
                .help("Write all pages to this directory"),
        )
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_arguments_are_consistent() {
        super::command().debug_assert();
    }
}
