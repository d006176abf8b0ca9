//! The command-line program for maintainers.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use apple_mdm_codegen::config::PROBLEMS_FILE;
use apple_mdm_codegen::{Config, Error, import, problem, release_notes};

const USAGE: &str = "\
Usage:
  apple-mdm-codegen import DIR [--schemas DIR] [--older]
      Copies the facts from a checkout of Apple's repository into the schema folder. Keeps our descriptions, and keys and
      items marked `removed`. Prints what is new, gone, changed, renamed and not described. Refuses a checkout older than
      the schema folder unless `--older` is given.
  apple-mdm-codegen generate [--out DIR] [--schemas DIR] [--overlay DIR]
      Writes the formatted source of the crate. Without `--out`, only checks the schema. A schema folder without an overlay
      may be any state of Apple's schema; what does not fit is skipped and listed.
  apple-mdm-codegen diff OLD NEW [--all]
      Prints the differences between two schema folders as Markdown for release notes. If many keys changed in the same
      way, names six and counts the rest. `--all` names them all.

The default schema folder is `schemas`. The default overlay is `overlay` in the schema folder, or `schemas/overlay` if that
does not exist.";

/// The default schema folder.
const SCHEMAS: &str = "schemas";

enum Failure {
    /// The command line is not valid.
    Usage(String),
    /// The command failed.
    Command(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Command(error)
    }
}

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let command = arguments.next();
    let command = command.as_ref().and_then(|command| command.to_str());
    let arguments: Vec<OsString> = arguments.collect();
    let wants_help = arguments
        .iter()
        .any(|argument| argument == "--help" || argument == "-h");
    if let Some(help) = command.filter(|_| wants_help).and_then(help) {
        print(help);
        return ExitCode::SUCCESS;
    }
    let arguments = arguments.into_iter();
    let result = match command {
        Some("import") => {
            let (flags, rest): (Vec<_>, Vec<_>) = arguments.partition(|argument| argument == "--older");
            let arguments = Arguments::parse(rest.into_iter(), 1, &["--schemas"]);
            arguments.and_then(|arguments| import(arguments, !flags.is_empty()))
        }
        Some("generate") => Arguments::parse(arguments, 0, &["--out", "--schemas", "--overlay"]).and_then(generate),
        Some("diff") => {
            let (all, rest): (Vec<_>, Vec<_>) = arguments.partition(|argument| argument == "--all");
            Arguments::parse(rest.into_iter(), 2, &[]).and_then(|arguments| diff(arguments, !all.is_empty()))
        }
        Some("help" | "--help" | "-h") => {
            print(USAGE);
            Ok(())
        }
        Some(other) => Err(Failure::Usage(format!("unknown command `{other}`"))),
        None => Err(Failure::Usage("a command is missing".to_owned())),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Command(error)) => {
            for line in error.to_string().lines() {
                eprintln!("error: {line}");
            }
            ExitCode::from(1)
        }
        Err(Failure::Usage(message)) => {
            eprintln!("error: {message}\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// Returns the part of the usage for one command.
fn help(command: &str) -> Option<String> {
    let heading = format!("  apple-mdm-codegen {command} ");
    let mut lines = USAGE.lines().skip_while(|line| !line.starts_with(&heading));
    let mut help = format!("Usage:\n{}", lines.next()?);
    for line in lines.take_while(|line| line.starts_with("      ")) {
        help.push('\n');
        help.push_str(line);
    }
    Some(help)
}

/// Prints a line. Ignores errors, because `head` may close the pipe early.
fn print(text: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn import(arguments: Arguments, older: bool) -> Result<(), Failure> {
    let to = arguments.schemas(&arguments.positional[0])?;
    let report = import::import(&arguments.positional[0], &to, older)?;
    print(&report);
    Ok(())
}

fn generate(arguments: Arguments) -> Result<(), Failure> {
    let schemas = arguments.option("--schemas").unwrap_or(Path::new(SCHEMAS));
    let own = schemas.join("overlay");
    let overlay = match arguments.option("--overlay") {
        Some(folder) => folder.to_owned(),
        None if own.is_dir() => own.clone(),
        None => Path::new(SCHEMAS).join("overlay"),
    };
    let mut config = Config::new(schemas).overlay(&overlay).for_apple_mdm();
    // The overlay belongs to the schema folder that contains it.
    if let Some(reference) = overlay.parent().filter(|_| overlay != own && overlay.is_dir()) {
        config = config.any_state(reference);
    }
    let Some(out) = arguments.option("--out") else {
        let output = config.generate()?;
        for warning in &output.warnings {
            print(format_args!("warning: {warning}"));
        }
        if !output.problems.is_empty() {
            print(problem::listing(&output.problems));
        }
        print(format_args!(
            "{}: {}",
            schemas.display(),
            match output.warnings.len() {
                0 => problem::counts(&output.problems),
                1 => "1 warning".to_owned(),
                count => format!("{count} warnings"),
            }
        ));
        return Ok(());
    };
    let output = config.formatted().generate()?;
    for warning in &output.warnings {
        eprintln!("warning: {warning}");
    }
    if !output.problems.is_empty() {
        eprintln!(
            "warning: {}, listed in {}",
            problem::counts(&output.problems),
            out.join(PROBLEMS_FILE).display()
        );
    }
    output.write(out)?;
    for (name, text) in &output.files {
        print(format_args!(
            "{}: {} lines",
            out.join(name).display(),
            text.lines().count()
        ));
    }
    Ok(())
}

fn diff(arguments: Arguments, all: bool) -> Result<(), Failure> {
    print(release_notes::between(&arguments.positional[0], &arguments.positional[1], all)?.trim_end());
    Ok(())
}

/// The arguments of a command, which are all folders.
struct Arguments {
    positional: Vec<PathBuf>,
    options: Vec<(&'static str, PathBuf)>,
}

impl Arguments {
    fn parse(
        given: impl Iterator<Item = OsString>,
        positional: usize,
        known: &[&'static str],
    ) -> Result<Self, Failure> {
        let mut arguments = Self {
            positional: Vec::new(),
            options: Vec::new(),
        };
        let mut given = given;
        while let Some(argument) = given.next() {
            let text = argument.to_string_lossy();
            if !text.starts_with('-') {
                arguments.positional.push(argument.into());
                continue;
            }
            let (name, value) = match text.split_once('=') {
                Some((name, value)) => (name, Some(OsString::from(value))),
                None => (&*text, None),
            };
            let name = known.iter().find(|known| **known == name).copied();
            let name = name.ok_or_else(|| Failure::Usage(format!("unknown option `{text}`")))?;
            let value = value.or_else(|| given.next());
            let value = value.ok_or_else(|| Failure::Usage(format!("`{name}` needs a folder")))?;
            if arguments.option(name).is_some() {
                return Err(Failure::Usage(format!("`{name}` is given twice")));
            }
            arguments.options.push((name, value.into()));
        }
        if arguments.positional.len() != positional {
            let found = arguments.positional.len();
            return Err(Failure::Usage(format!(
                "{positional} folder(s) expected, found {found}"
            )));
        }
        Ok(arguments)
    }

    fn option(&self, name: &str) -> Option<&Path> {
        let found = self.options.iter().find(|(option, _)| *option == name);
        found.map(|(_, folder)| folder.as_path())
    }

    /// Returns the schema folder to import to. It may be a new folder only if it is named.
    fn schemas(&self, from: &Path) -> Result<PathBuf, Failure> {
        let named = self.option("--schemas");
        let to = named.unwrap_or(Path::new(SCHEMAS));
        if named.is_none() && !to.is_dir() {
            return Err(Failure::Usage(format!(
                "there is no folder `{SCHEMAS}` here; to create one, use `--schemas DIR`"
            )));
        }
        if let (Ok(from), Ok(to)) = (from.canonicalize(), to.canonicalize())
            && from == to
        {
            return Err(Failure::Usage(
                "a schema folder cannot be imported into itself".to_owned(),
            ));
        }
        Ok(to.to_owned())
    }
}
