//! If a schema is accepted, the generated code and its documentation compile without a warning.

mod fixture;
mod shared;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use apple_mdm_codegen::Config;
use fixture::Fixture;

/// Names of keys and values that are not valid in Rust, or that generated code uses itself.
const NAMES: &[&str] = &[
    "self",
    "Self",
    "super",
    "crate",
    "type",
    "fn",
    "async",
    "gen",
    "_",
    "__",
    "union",
    "macro_rules",
    "static",
    "extra",
    "Extra",
    "new",
    "table",
    "get",
    "set",
    "empty",
    "blank",
    "view",
    "parts",
    "index",
    "r",
    "value",
    "None",
    "Some",
    "Ok",
    "Err",
    "String",
    "Option",
    "Box",
    "Vec",
    "Result",
    "Clone",
    "Debug",
    "Default",
    "From",
    "Into",
    "Record",
    "Reader",
    "Error",
    "View",
    "Data",
    "Date",
    "Value",
    "Dictionary",
    "Dict",
    "Indices",
    "Item",
    "Items",
    "ITEMS",
    "Tables",
    "Response",
    "KNOWN",
    "Known",
    "Unrecognized",
    "unrecognized",
    "Payload",
    "Profile",
    "str",
    "i64",
    "bool",
    "802.1X",
    "1",
    "-1",
    "+1",
    "1-a",
    "1..3",
    "1.3",
    "3G",
    "50%",
    "a b",
    " a",
    "a.b",
    "a-b",
    "a_b",
    "A_B",
    "aB",
    "AB",
    "Ab",
    "ab",
    "*",
    "+",
    "!!!",
    "🎉",
    "Größe",
    "größe",
    "日本語",
    "½",
    "٣x",
    "a\"b",
    "a'b",
    "a`b",
    "a\\b",
    "<a>",
    "[a]",
    "{a}",
    "a\u{202e}b",
    "a\u{0}b",
    "a\nb",
    "$(x)",
    "// x",
    "*/",
    "r#type",
    "PayloadType",
    "MessageType",
    "RequestType",
    "CommandUUID",
    "PartialEq",
    "Eq",
    "std",
    "core",
    "apple_mdm",
    "A key whose name is so long that rustdoc could not write the page of its type if the generator did not cut it off: \
     the file of the page has the name of the type, and file systems limit the length of a file name, often to 255 bytes",
];

/// Descriptions that Markdown or rustdoc would misinterpret.
const TEXTS: &[&str] = &[
    "See [Foo] and [`Bar`], [x](crate::Missing) and [y][z].",
    "A <string> in <b>bold, <!-- and </div>.",
    "```\nlet x: u8 = \"no\";\n```",
    "~~~rust\npanic!()\n~~~",
    "    fn main() { panic!() }\n\n\tpanic!()",
    "-      panic!()\n1.      panic!()\n>      panic!()",
    "An `unclosed span, ``another` and ```more",
    "# Heading\n\n[a]: https://example.com\n\n[^1]: note",
    "https://example.com/a?b=c. And <https://example.com> http://x",
    "Ends with a backslash \\",
    "*/ /* \u{202e} \r tab\t\u{0} end",
    "| a | b |\n|---|---|\n| `|` | <x> |",
    "<pre>\n\nlet x = 1;\n\n</pre>",
    "&lt;&amp; &#x0;",
];

/// Quotes a text for YAML.
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        c if c.is_control() || c == '\u{202e}' => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// Keys of all types with these names, `depth` levels deep.
fn keys(names: &[&str], depth: usize) -> String {
    let list = |names: &[&str]| names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    let mut all = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let nested = some_names(index * 7);
        let content = quoted(TEXTS[index % TEXTS.len()]);
        let presence = if index % 5 == 0 { "required" } else { "optional" };
        let kind = match index % 11 {
            0 => "<string>".to_owned(),
            1 => "<integer>, range: {min: -9223372036854775808, max: 9223372036854775807}, default: -1".to_owned(),
            2 => "<real>, rangelist: [-0.5, 1e300, 2], default: 2".to_owned(),
            3 => format!(
                "<string>, rangelist: [{}, '']",
                list(if depth > 0 { names } else { nested })
            ),
            4 => "<data>".to_owned(),
            5 => "<date>".to_owned(),
            6 if depth > 0 => format!("<dictionary>, subkeys: [{}]", keys(nested, depth - 1)),
            7 if depth > 0 => {
                let item = quoted(name);
                format!(
                    "<array>, subkeys: [{{key: {item}, type: <dictionary>, subkeys: [{}]}}]",
                    keys(nested, depth - 1)
                )
            }
            8 => format!(
                "<dictionary>, subkeys: [{{key: 'ANY {}', type: <string>, content: {content}, rangelist: [{}]}}]",
                index,
                list(&["a", "A", "aa", "AA", "aA"])
            ),
            9 => {
                let alternative = |name: &str| {
                    format!(
                        "{{key: {0}, type: <dictionary>, content: {content}, subkeys: [{{key: Kind, type: <string>, presence: \
                         required, rangelist: [{0}]}}, {{key: extra, type: <integer>}}]}}",
                        quoted(name)
                    )
                };
                let alternatives: Vec<String> = nested.iter().map(|name| alternative(name)).collect();
                format!("<array>, subkeys: [{}]", alternatives.join(", "))
            }
            10 => "<string>, format: '^[`<]{2}a$', valuetype: url".to_owned(),
            _ => "<any>".to_owned(),
        };
        all.push(format!(
            "{{key: {}, presence: {presence}, content: {content}, title: {content}, type: {kind}}}",
            quoted(name)
        ));
    }
    all.join(",\n")
}

/// Some of the names.
fn some_names(from: usize) -> &'static [&'static str] {
    let from = from % (NAMES.len() - 11);
    &NAMES[from..from + 11]
}

/// A schema folder with items of every family.
fn schema() -> Fixture {
    let few = keys(some_names(3), 1);
    let file = |title: &str, kind: &str, identifier: &str, text: &str, keys: &str, extra: &str| {
        format!(
            "title: {}\ndescription: {text}\npayload:\n  {kind}: {}\n  content: {text}\n  supportedOS: {{iOS: {{introduced: '10.0', \
             accessrights: {text}}}}}\npayloadkeys: [{keys}]\n{extra}",
            quoted(title),
            quoted(identifier),
            text = quoted(text),
        )
    };
    let mut fixture = Fixture::new("compiles");
    for (index, title) in ["Größe `x`", "3G <b>", "self", "type", "日本", "Some Thing"]
        .into_iter()
        .enumerate()
    {
        let text = TEXTS[index];
        let path = |folder: &str| format!("{folder}/{index}.yaml");
        let keys = keys(
            if index == 0 { NAMES } else { some_names(index * 17) },
            usize::from(index < 2),
        );
        let few = few.as_str();
        let response = format!("responsekeys: [{keys}]\n");
        let reasons = format!(
            "reasons: [{{value: {0}, description: {0}, details: [{{key: {0}, type: <string>, description: {0}}}]}}]\n",
            quoted(text)
        );
        fixture = fixture.with(
            &path("mdm/profiles"),
            &file(title, "payloadtype", &format!("com.`{index}"), text, &keys, ""),
        );
        if index > 1 {
            continue;
        }
        fixture = fixture
            .with(
                &path("mdm/commands"),
                &file(title, "requesttype", &format!("{title}{index}"), text, few, &response),
            )
            .with(
                &path("mdm/checkin"),
                &file(title, "requesttype", &format!("{title} c{index}"), text, few, ""),
            )
            .with(
                &path("declarative/declarations/configurations"),
                &file(title, "declarationtype", &format!("a\"{index}"), text, few, &reasons),
            )
            .with(
                &path("declarative/declarations/assets/credentials"),
                &file(title, "credentialtype", &format!("a.{index}"), text, few, ""),
            );
    }
    let status = |name: &str, text: &str| {
        format!(
            "title: {0}\npayload: {{statusitemtype: {0}}}\npayloadkeys: [{{key: {0}, type: <dictionary>, content: {1}, subkeys: [{few}]}}]\n",
            quoted(name),
            quoted(text)
        )
    };
    fixture
        .with("declarative/status/a.yaml", &status("none.some", TEXTS[0]))
        .with("declarative/status/b.yaml", &status("self.type.Größe", TEXTS[1]))
        .with("mdm/errors/a.yaml", &format!("title: Error A\npayloadkeys: [{few}]\n"))
        .with("other/a.yaml", &format!("title: Other\npayloadkeys: [{few}]\n"))
        .with(
            "declarative/protocol/a.yaml",
            &format!("title: Protocol\npayloadkeys: [{few}]\n"),
        )
        .with(
            "overlay/mdm/profiles/0.yaml",
            &format!(
                "keys:\n  extra: {{secret: true}}\nrules:\n- {{kind: requires, key: self, says: {0}, source: x}}\n\
                 - {{kind: length, key: self, max: 3, says: {1}, source: x}}\n",
                quoted(TEXTS[0]),
                quoted(TEXTS[2])
            ),
        )
}

/// The library, as built for the example with a vendor's schema, and the folder of its dependencies.
fn library() -> (PathBuf, PathBuf) {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "-p", "own-schema", "--message-format", "json"])
        .current_dir(shared::repository())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8(output.stdout).unwrap();
    let library = messages
        .split('"')
        .find(|text| text.contains("libapple_mdm-") && text.ends_with(".rlib"))
        .expect("cargo names the library that it built");
    let library = PathBuf::from(library);
    let dependencies = library.parent().unwrap().to_owned();
    (library, dependencies)
}

fn compile(program: &str, arguments: &[&str], source: &Path, (library, dependencies): &(PathBuf, PathBuf)) -> String {
    let output = Command::new(program)
        .args(["--edition", "2024", "--crate-name", "nasty", "--cap-lints", "forbid"])
        .arg(format!("--extern=apple_mdm={}", library.display()))
        .arg(format!("-Ldependency={}", dependencies.display()))
        .args(arguments)
        .arg(source)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    let start: String = errors.chars().take(6000).collect();
    assert!(output.status.success(), "{program} {arguments:?}: {start}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn accepted_schemas_compile_without_a_warning() {
    let fixture = schema();
    let output = match Config::new(fixture.root()).generate() {
        Ok(output) => output,
        Err(error) => panic!("{error}"),
    };
    let folder = fixture.root().join("out");
    output.write(&folder).unwrap();
    let mut source = "//! A vendor's crate.\n#![warn(missing_docs, rustdoc::all)]\n#![deny(warnings)]\n".to_owned();
    for (file, _) in &output.files {
        let module = file.trim_end_matches(".rs");
        source.push_str(&format!(
            "/// A module.\npub mod {module} {{\n    include!(\"out/{file}\");\n}}\n"
        ));
    }
    let main = fixture.root().join("lib.rs");
    fs::write(&main, source).unwrap();
    let library = library();
    let metadata = fixture.root().join("nasty.rmeta");
    let emit = format!("--emit=metadata={}", metadata.display());
    compile("rustc", &["--crate-type", "lib", &emit], &main, &library);
    let docs = fixture.root().join("doc");
    compile(
        "rustdoc",
        &["--crate-type", "lib", "-o", &docs.to_string_lossy()],
        &main,
        &library,
    );
    let tests = compile("rustdoc", &["--crate-type", "lib", "--test"], &main, &library);
    assert!(tests.contains("running 0 tests"), "{tests}");
}
