//! Declaration sets: tokens, and the documents that devices request.
#![cfg(all(feature = "declarations", feature = "checkin"))]

use apple_mdm::Document;
use apple_mdm::checkin::{DeclarativeManagement, Message};
use apple_mdm::declarations::{
    ActivationSimple, Declaration, DeclarationKind, DeclarationSet, DeclarationSetError, Envelope, PasscodeSettings,
};
use apple_mdm::protocol::{DeclarationItemsResponse, Endpoint, ParseEndpointError, TokensResponse};
use apple_mdm::value::Date;

fn declaration(json: &str) -> Declaration {
    Declaration::from_slice(json.as_bytes()).unwrap()
}

fn passcode(identifier: &str, length: i64) -> Declaration {
    let settings = PasscodeSettings {
        minimum_length: Some(length),
        ..Default::default()
    };
    Envelope::without_token(identifier, settings).into()
}

fn changed() -> Date {
    "2026-11-22T09:00:00.75+01:00".parse().unwrap()
}

fn set(declarations: &[Declaration]) -> DeclarationSet {
    DeclarationSet::new(declarations.to_vec(), changed()).unwrap()
}

/// The digests were computed with Python: `hashlib.sha256(json.dumps(declaration, sort_keys=True, separators=(",", ":"),
/// ensure_ascii=False).encode())`.
#[test]
fn server_tokens_are_digests_of_canonical_json() {
    for (json, token) in [
        (
            r#"{"Type": "com.apple.configuration.passcode.settings", "Identifier": "com.example.passcode", "ServerToken": "old",
                "Payload": {"RequirePasscode": true, "MinimumLength": 8}}"#,
            "0376a72e8dc02215e4446af078b0c7aaa78f50a6d6fcef5505061aaaf0274d10",
        ),
        // The same content in another order and spelling, and without a token.
        (
            r#"{"Payload": {"MinimumLength": 8.0, "RequirePasscode": true}, "Identifier": "com.example.p\u0061sscode",
                "Type": "com.apple.configuration.passcode.settings"}"#,
            "0376a72e8dc02215e4446af078b0c7aaa78f50a6d6fcef5505061aaaf0274d10",
        ),
        // A type and keys that the schema does not define.
        (
            r#"{"Type": "com.apple.management.new", "Identifier": "ü😀", "ServerToken": 7,
                "Payload": {"z": [null, 0.5, {"ServerToken": "kept"}], "a": "\n/"}, "More": false}"#,
            "d5648a0538b186fdff2ef3e317d208de35f142632445598e1cf763efe4592fe1",
        ),
    ] {
        let declaration = declaration(json);
        assert_eq!(declaration.content_token().unwrap(), token, "{json}");
        let set = set(std::slice::from_ref(&declaration));
        let sent = set.get(declaration.identifier().unwrap()).unwrap();
        assert_eq!(sent.server_token(), Some(token));
        // The token does not depend on itself, and the device reads the same content.
        let sent = Declaration::from_slice(sent.to_json().unwrap().as_bytes()).unwrap();
        assert_eq!(sent.content_token().unwrap(), token);
    }
}

#[test]
fn a_declaration_whose_keys_do_not_match_the_schema_keeps_them() {
    let invalid = declaration(
        r#"{"Type": "com.apple.configuration.passcode.settings", "Identifier": "a", "Payload": {"MinimumLength": "eight"}}"#,
    );
    assert!(matches!(invalid, Declaration::Invalid(_)));
    let set = set(&[invalid]);
    let sent = set.declarations()[0].to_json_compact().unwrap();
    assert!(sent.contains(r#"{"MinimumLength":"eight"}"#), "{sent}");
    assert!(sent.contains(set.declarations()[0].server_token().unwrap()), "{sent}");
}

#[test]
fn the_token_of_the_set_changes_with_any_identifier_or_content_and_not_with_the_order() {
    let (a, c) = (passcode("A", 8), passcode("C", 8));
    let b = Declaration::from(Envelope::without_token("B", ActivationSimple::new(vec!["A".into()])));
    let sets: Vec<Vec<Declaration>> = vec![
        vec![],
        vec![a.clone()],
        vec![c.clone()],
        vec![passcode("A", 9)],
        vec![a.clone(), b.clone()],
        vec![c.clone(), b.clone()],
        vec![a.clone(), passcode("AA", 8)],
        vec![a.clone(), b.clone(), c.clone()],
    ];
    let mut tokens: Vec<String> = sets
        .iter()
        .map(|one| set(one).declarations_token().to_owned())
        .collect();
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), sets.len());

    assert_eq!(set(&[a.clone(), b.clone(), c.clone()]), set(&[c, a, b]));
}

#[test]
fn every_endpoint_has_its_document() {
    let asset = declaration(r#"{"Type": "com.apple.asset.data", "Identifier": "img", "Payload": {}}"#);
    let management = declaration(r#"{"Type": "com.apple.management.new", "Identifier": "m/1", "Payload": {}}"#);
    let activation = Envelope::without_token("active", ActivationSimple::new(vec!["pass".into()])).into();
    let set = set(&[asset, management, activation, passcode("pass", 8)]);
    let reply = |endpoint: &str| set.reply(&endpoint.parse().unwrap()).unwrap();

    let tokens = reply("tokens").unwrap();
    let tokens = TokensResponse::from_slice(tokens.as_bytes()).unwrap().sync_tokens;
    assert_eq!(tokens.timestamp, "2026-11-22T08:00:00Z");
    assert_eq!(tokens.declarations_token, set.declarations_token());

    let items = reply("declaration-items").unwrap();
    let items = DeclarationItemsResponse::from_slice(items.as_bytes()).unwrap();
    assert_eq!(items.declarations_token, set.declarations_token());
    let lists = items.declarations;
    for (list, kind, identifier) in [
        (lists.activations, DeclarationKind::Activation, "active"),
        (lists.assets, DeclarationKind::Asset, "img"),
        (lists.configurations, DeclarationKind::Configuration, "pass"),
        (lists.management, DeclarationKind::Management, "m/1"),
    ] {
        assert_eq!(list.len(), 1);
        assert_eq!(list[0].identifier, identifier);
        let json = reply(&format!("declaration/{kind}/{identifier}")).unwrap();
        let sent = Declaration::from_slice(json.as_bytes()).unwrap();
        assert_eq!(sent.kind(), Some(kind));
        assert_eq!(
            (sent.identifier(), sent.server_token()),
            (Some(identifier), Some(&*list[0].server_token))
        );
        for other in DeclarationKind::ALL {
            assert_eq!(
                set.declaration(other, identifier).is_some(),
                other == kind,
                "{other} {identifier}"
            );
        }
    }

    assert_eq!(reply("declaration/configuration/gone"), None);
    assert_eq!(reply("declaration/asset/pass"), None);
    assert_eq!(reply("status").as_deref(), Some(""));
}

#[test]
fn declarations_that_form_no_set_are_errors() {
    let error = |declarations: &[Declaration]| DeclarationSet::new(declarations.to_vec(), changed()).unwrap_err();
    let a = passcode("A", 8);
    let named = |kind: &str| declaration(&format!(r#"{{"Type": "{kind}", "Identifier": "A", "Payload": {{}}}}"#));

    assert_eq!(
        error(&[a.clone(), passcode("", 8)]),
        DeclarationSetError::NoIdentifier { index: 1 }
    );
    let anonymous = declaration(r#"{"Type": "com.apple.management.new", "Payload": {}}"#);
    assert_eq!(error(&[anonymous]), DeclarationSetError::NoIdentifier { index: 0 });
    // Identifiers are unique even among different kinds.
    assert_eq!(
        error(&[passcode("B", 1), a, named("com.apple.asset.new")]),
        DeclarationSetError::RepeatedIdentifier("A".to_owned())
    );
    for kind in [
        "com.example.configuration.x",
        "com.apple.configuration",
        "com.apple.status.x",
        "com.apple..x",
    ] {
        assert_eq!(
            error(&[named(kind)]),
            DeclarationSetError::NoKind("A".to_owned()),
            "{kind}"
        );
    }
    let exact = declaration(
        r#"{"Type": "com.apple.management.new", "Identifier": "A", "Payload": {"Number": 9007199254740993}}"#,
    );
    assert_eq!(
        error(&[exact]).to_string(),
        "declaration `A`: Payload.Number: an integer that is not exact as a floating-point number cannot be written as JSON"
    );
}

#[test]
fn the_endpoint_of_a_message_is_parsed() {
    let message = |endpoint: Option<&str>| {
        let message = Message::from(DeclarativeManagement {
            endpoint: endpoint.map(str::to_owned),
            ..Default::default()
        });
        let xml = message.to_xml().unwrap();
        let message = Message::from_slice(xml.as_bytes()).unwrap();
        message.get::<DeclarativeManagement>().unwrap().parsed_endpoint()
    };
    assert_eq!(message(Some("declaration-items")), Ok(Endpoint::DeclarationItems));
    assert_eq!(message(None), Err(ParseEndpointError::Missing));
}
