//! Comments in XML property lists that suppress findings.

#![cfg(feature = "lint")]

use apple_mdm::lint::{DocumentSet, LintResult, Options, lint, lint_for_targets};
use apple_mdm::validate::{Code, Target};

/// A profile with a wrong type in line 9 and an unknown key in line 12. `@n` is replaced by the comment for place `n`.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?><!--@0-->
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><!--@1-->
<dict>
<!--@2--><key>PayloadContent</key>
<!--@3--><array>
<!--@4--><dict>
<key>PayloadType</key><string>com.apple.loginwindow</string>
<!--@5--><key>RetriesUntilHint</key><!--@6--><string>8</string><!--@7-->
<key>PayloadIdentifier</key><string>com.example.login.1</string>
<key>PayloadUUID</key><string>24A9D6AC-9C34-45F3-B92F-88C4657204C9</string>
<!--@8--><key>RetriesUntilHnit</key><integer>8</integer>
<key>PayloadVersion</key><integer>1</integer><!--@9-->
</dict></array>
<key>PayloadIdentifier</key><string>com.example.login</string>
<key>PayloadType</key><string>Configuration</string>
<key>PayloadUUID</key><string>3F2504E0-4F89-41D3-9A0C-0305E82C3301</string>
<key>PayloadVersion</key><integer>1</integer>
</dict>
</plist><!--@10-->
"#;

/// The profile with this comment at this place.
fn with_comment(place: usize, comment: &str) -> String {
    PROFILE.replace(&format!("<!--@{place}-->"), comment)
}

fn codes(result: &LintResult) -> Vec<&'static str> {
    result.findings.iter().map(|found| found.finding.code.name()).collect()
}

fn codes_of(document: &str) -> Vec<&'static str> {
    codes(&lint(document.as_bytes(), &Options::default()))
}

#[test]
fn a_comment_covers_what_follows_it() {
    let (both, unused) = (["wrong-type", "unknown-key"], "unused-suppression");
    assert_eq!(codes_of(PROFILE), both);
    let without_type: &[&str] = &["unknown-key"];
    for (place, word, expected) in [
        (0, "ignore", without_type),
        (1, "ignore", without_type),
        (2, "ignore", without_type),
        (3, "ignore", without_type),
        (4, "ignore", without_type),
        (5, "ignore", without_type),
        (6, "ignore", without_type),
        (7, "ignore", &[both[0], unused, both[1]]),
        (8, "ignore", &[both[0], unused, both[1]]),
        (9, "ignore", &[both[0], both[1], unused]),
        (10, "ignore", &[both[0], both[1], unused]),
        (0, "ignore-file", without_type),
        (7, "ignore-file", without_type),
        (9, "ignore-file", without_type),
        (10, "ignore-file", without_type),
    ] {
        let document = with_comment(place, &format!("<!-- apple-mdm: {word} wrong-type -->"));
        assert_eq!(codes_of(&document), expected, "{place} {word}");
    }
}

#[test]
fn a_comment_has_several_codes_and_a_reason() {
    for comment in [
        "<!-- apple-mdm: ignore wrong-type, unknown-key -->",
        "<!--apple-mdm:ignore wrong-type,unknown-key-->",
        "<!--\n  apple-mdm:\tignore\n  unknown-key ,\n wrong-type\n-->",
        "<!-- apple-mdm: ignore unknown-key,wrong-type: our server, an old one, needs this -->",
        "<!-- apple-mdm: ignore unknown-key --> <!-- other --> <!-- apple-mdm: ignore wrong-type -->",
    ] {
        assert!(codes_of(&with_comment(4, comment)).is_empty(), "{comment}");
        assert!(codes_of(&with_comment(2, comment)).is_empty(), "{comment}");
    }
    assert!(
        codes_of(
            &PROFILE
                .replace('\n', "\r\n")
                .replace("<!--@4-->", "<!-- apple-mdm: ignore wrong-type,unknown-key -->")
        )
        .is_empty()
    );
}

#[test]
fn a_comment_without_effect_is_reported_at_the_code() {
    for (comment, message, help) in [
        (
            "ignore length",
            "there is no `length` finding that this comment suppresses",
            "remove",
        ),
        (
            "ignore wrong-typ",
            "names a code that does not exist",
            "did you mean `wrong-type`?",
        ),
        ("ignore frobnication", "names a code that does not exist", ""),
        ("ignore", "names no code", "add the code"),
        ("ignore ,", "names no code", "add the code"),
        ("disable length", "suppresses nothing", "ignore-file"),
        ("ignore-line length", "suppresses nothing", "ignore-file"),
        ("", "suppresses nothing", "ignore-file"),
        ("ignore signature", "comments cannot suppress `signature`", ""),
        (
            "ignore unused-suppression",
            "comments cannot suppress `unused-suppression`",
            "",
        ),
        ("ignore-file length", "there is no `length` finding", "remove"),
    ] {
        let document = with_comment(8, &format!("<!-- apple-mdm: {comment} -->"));
        let result = lint(document.as_bytes(), &Options::default());
        let found = result
            .findings
            .iter()
            .find(|found| found.finding.code == Code::UnusedSuppression);
        let found = found.unwrap_or_else(|| panic!("{comment}"));
        assert!(
            found.finding.message.contains(message),
            "{comment}: {}",
            found.finding.message
        );
        assert!(
            found.finding.help.as_deref().unwrap_or_default().contains(help),
            "{comment}"
        );
        assert_eq!(found.position.unwrap().line, 12, "{comment}");
        if let Some(code) = comment.strip_prefix("ignore ").filter(|code| code.len() > 2) {
            let column = document.lines().nth(11).unwrap().find(code).unwrap() + 1;
            assert_eq!(found.position.unwrap().column, column, "{comment}");
        }
        let excerpt = &found.excerpt.as_ref().unwrap().text;
        assert!(!excerpt.contains("frobnication"), "{excerpt}");
    }
    let twice = "<!-- apple-mdm: ignore wrong-type --><!-- apple-mdm: ignore wrong-type -->";
    assert_eq!(codes_of(&with_comment(5, twice)), ["unused-suppression", "unknown-key"]);
    // Two comments can cover the same finding: the inner one may be for the reader.
    let outer = with_comment(2, "<!-- apple-mdm: ignore wrong-type -->");
    let inner = outer.replace("<!--@5-->", "<!-- apple-mdm: ignore wrong-type -->");
    assert_eq!(codes_of(&inner), ["unknown-key"]);
}

#[test]
fn only_comments_between_elements_count() {
    let text = "<!-- apple-mdm: ignore-file wrong-type, unknown-key -->";
    for (name, place) in [
        (
            "CDATA",
            format!("<key>PayloadDisplayName</key><string><![CDATA[{text}]]></string>"),
        ),
        (
            "text",
            format!(
                "<key>PayloadDisplayName</key><string>{}</string>",
                text.replace('<', "&lt;")
            ),
        ),
        (
            "a comment in a comment",
            format!("<!-- see <!{} -->", &text[4..text.len() - 3]),
        ),
        ("a processing instruction", format!("<?php {text} ?>")),
        (
            "a sentence",
            "<!-- write apple-mdm: ignore-file wrong-type, unknown-key -->".to_owned(),
        ),
    ] {
        assert_eq!(
            codes_of(&with_comment(8, &place)),
            ["wrong-type", "unknown-key"],
            "{name}"
        );
    }
    // In the text of a string, a comment is an error of its own.
    let document = with_comment(8, &format!("<key>PayloadDisplayName</key><string>a{text}</string>"));
    assert_eq!(codes_of(&document), ["wrong-type", "syntax", "unknown-key"]);
    let json = PROFILE.replace("<?xml", "{\"a\": \"<!-- apple-mdm: ignore-file syntax -->\"} <?xml");
    assert_eq!(codes_of(&json), ["syntax"]);
}

#[test]
fn what_makes_a_document_unreadable_is_always_reported() {
    let ignore = "<!-- apple-mdm: ignore-file syntax, unknown-kind, repeated-key -->";
    let broken = with_comment(1, ignore).replace("</array>", "");
    assert_eq!(codes_of(&broken), ["syntax"]);
    // Apple's reader rejects this document.
    let rejected = with_comment(1, ignore).replace("<integer>8</integer>", "<integer>8 </integer>");
    assert!(codes_of(&rejected).contains(&"syntax"));
    // Apple's reader accepts this one.
    let tolerated = with_comment(1, "<!-- apple-mdm: ignore-file syntax -->") + "text after the end";
    assert_eq!(codes_of(&tolerated), ["wrong-type", "unknown-key"]);
    let signature = Options::default().require_signature(true);
    let unsigned = with_comment(1, "<!-- apple-mdm: ignore-file signature, wrong-type, unknown-key -->");
    assert_eq!(
        codes(&lint(unsigned.as_bytes(), &signature)),
        ["unused-suppression", "signature"]
    );
}

#[test]
fn a_comment_before_a_repeated_key_covers_it() {
    let repeated = "<key>RetriesUntilHint</key><integer>8</integer>";
    let document = with_comment(8, &format!("<!-- apple-mdm: ignore repeated-key -->{repeated}"));
    assert_eq!(codes_of(&document), ["wrong-type", "unknown-key"]);
    assert_eq!(
        codes_of(&with_comment(8, repeated)),
        ["wrong-type", "repeated-key", "unknown-key"]
    );
}

#[test]
fn a_comment_that_some_target_needs_is_used() {
    let document = with_comment(4, "<!-- apple-mdm: ignore not-available, unknown-key, wrong-type -->");
    let targets = [Target::macos("15").unwrap(), Target::ios("18").unwrap()];
    let results = lint_for_targets(document.as_bytes(), &Options::default(), &targets);
    assert_eq!(results.iter().map(codes).collect::<Vec<_>>(), [[""; 0], []]);
    // Without iOS, nothing needs the first code.
    let results = lint_for_targets(document.as_bytes(), &Options::default(), &targets[..1]);
    assert_eq!(codes(&results[0]), ["unused-suppression"]);
    assert!(lint_for_targets(document.as_bytes(), &Options::default(), &[]).is_empty());
}

#[test]
fn documents_inside_others_have_comments_of_their_own() {
    let command = |inner: &str, comment: &str| {
        let mut xml = Vec::new();
        plist::Value::Data(inner.as_bytes().to_vec())
            .to_writer_xml(&mut xml)
            .unwrap();
        let xml = String::from_utf8(xml).unwrap();
        let data = xml.split("<data>").nth(1).unwrap().split("</data>").next().unwrap();
        format!(
            "<plist version=\"1.0\"><dict><key>CommandUUID</key><string>1</string><key>Command</key><dict>\
             <key>RequestType</key><string>InstallProfile</string>{comment}<key>Payload</key><data>{data}</data>\
             </dict></dict></plist>"
        )
    };
    let ignore = "<!-- apple-mdm: ignore wrong-type -->";
    assert_eq!(codes_of(&command(PROFILE, "")), ["wrong-type", "unknown-key"]);
    assert_eq!(codes_of(&command(PROFILE, ignore)), ["unknown-key"]);
    assert_eq!(codes_of(&command(&with_comment(5, ignore), "")), ["unknown-key"]);
    assert_eq!(
        codes_of(&command(&with_comment(8, ignore), "")),
        ["wrong-type", "unused-suppression", "unknown-key"]
    );
    let not_a_profile = command("no profile", "<!-- apple-mdm: ignore document -->");
    assert!(codes_of(&not_a_profile).is_empty());
}

#[test]
fn findings_of_a_set_are_suppressed_too() {
    let set = |documents: &[&str]| -> Vec<(usize, &'static str)> {
        let mut set = DocumentSet::new();
        for (index, document) in documents.iter().enumerate() {
            let result = lint(document.as_bytes(), &Options::default());
            assert!(!codes(&result).contains(&"unused-suppression"));
            set.add(index.to_string(), None, result.facts);
        }
        let findings = set.check();
        findings
            .iter()
            .map(|(index, found)| (*index, found.finding.code.name()))
            .collect()
    };
    let ignored = PROFILE.replace(
        "<key>PayloadIdentifier</key><string>com.example.login<",
        "<!-- apple-mdm: ignore unique --><key>PayloadIdentifier</key><string>com.example.login<",
    );
    let file = with_comment(10, "<!-- apple-mdm: ignore-file unique -->");
    assert_eq!(set(&[PROFILE, PROFILE]), [(1, "unique")]);
    assert_eq!(set(&[PROFILE, &ignored]), []);
    assert_eq!(set(&[PROFILE, &file]), []);
    // The finding is at the later document, so the comment in the first one has no effect.
    assert_eq!(set(&[&ignored, PROFILE]), [(0, "unused-suppression"), (1, "unique")]);
    let other = |value: &str, comment: &str| {
        PROFILE
            .replace("com.example", &format!("com.example.{value}"))
            .replace(
                "0305E82C3301",
                if value == "true" {
                    "0305E82C3302"
                } else {
                    "0305E82C3303"
                },
            )
            .replace("com.apple.loginwindow", "com.apple.finder")
            .replace("RetriesUntilHnit", "ProhibitBurn")
            .replace(
                "<key>ProhibitBurn</key><integer>8</integer>",
                &format!("<key>ProhibitBurn</key><{value}/>"),
            )
            .replace("<!--@4-->", comment)
    };
    assert_eq!(set(&[&other("true", ""), &other("false", "")]), [(1, "conflict")]);
    assert_eq!(
        set(&[
            &other("true", ""),
            &other("false", "<!-- apple-mdm: ignore conflict -->")
        ]),
        []
    );
}

#[test]
fn very_many_comments_do_no_harm() {
    let many = "<!-- apple-mdm: ignore wrong-type, length -->".repeat(50_000);
    let codes = codes_of(&with_comment(5, &many));
    assert_eq!(codes.iter().filter(|code| **code == "wrong-type").count(), 0);
    assert!(
        codes.contains(&"unused-suppression") && codes.len() < 30_000,
        "{}",
        codes.len()
    );
    for broken in [
        "<!-- apple-mdm:",
        "<!-->apple-mdm:",
        "<",
        "<!",
        "<a",
        "<!-- apple-mdm: -->",
    ] {
        let document =
            format!("<plist><dict><key>A</key><string>a</string></dict></plist><!-- apple-mdm: ignore a -->{broken}");
        let _ = lint(document.as_bytes(), &Options::default());
    }
}

#[test]
fn a_document_is_checked_against_those_before_it() {
    let declaration =
        br#"{"Type": "com.apple.activation.simple", "Identifier": "a", "Payload": {"StandardConfigurations": ["c"]}}"#;
    let facts = |document: &[u8]| lint(document, &Options::default()).facts;
    let ignored = with_comment(10, "<!-- apple-mdm: ignore-file unique, conflict -->");
    let mut set = DocumentSet::new();
    let mut add = |document: &[u8], directory| {
        let found = set.add_and_check("a", directory, facts(document));
        found.map(|found| found.iter().map(|found| found.finding.code.name()).collect::<Vec<_>>())
    };
    assert_eq!(add(PROFILE.as_bytes(), Some("d")), Some(vec![]));
    assert_eq!(add(PROFILE.as_bytes(), Some("d")), Some(vec!["unique"]));
    assert_eq!(add(ignored.as_bytes(), None), Some(vec!["unused-suppression"]));
    // A later declaration can have the identifier to which this one refers.
    assert_eq!(add(declaration, Some("d")), None);
    assert_eq!(add(declaration, None), Some(vec![]));
    assert_eq!(add(PROFILE.as_bytes(), Some("d")), Some(vec!["unique"]));
    let rest: Vec<_> = set
        .check()
        .into_iter()
        .map(|(index, found)| (index, found.finding.code.name()))
        .collect();
    assert_eq!(rest, [(3, "bad-reference")]);
}
