//! Lists the public names in generated source, one per line.

use quote::ToTokens;
use syn::{Fields, FnArg, ImplItem, Item, Visibility};

/// Returns the sorted names in `source`, each with `prefix`.
pub fn outline(prefix: &str, source: &str) -> Vec<String> {
    let file = syn::parse_file(source).expect("generated source is Rust");
    let mut lines = Vec::new();
    items(prefix, &file.items, &mut lines);
    lines.sort();
    lines
}

fn items(prefix: &str, list: &[Item], lines: &mut Vec<String>) {
    for item in list {
        match item {
            Item::Mod(module) if public(&module.vis) => {
                let inner = module.content.as_ref().map(|(_, items)| items.as_slice());
                items(&format!("{prefix}{}::", module.ident), inner.unwrap_or_default(), lines);
            }
            Item::Struct(ty) => {
                let name = format!("{prefix}{}", ty.ident);
                lines.push(name.clone());
                // `extra` is in each of them.
                for field in ty.fields.iter().filter(|field| public(&field.vis)) {
                    let field_name = field.ident.as_ref().expect("fields have names");
                    if field_name != "extra" {
                        lines.push(format!("{name}.{field_name}: {}", text(&field.ty)));
                    }
                }
            }
            Item::Enum(ty) => {
                let name = format!("{prefix}{}", ty.ident);
                lines.push(name.clone());
                for variant in &ty.variants {
                    let held = match &variant.fields {
                        Fields::Unit => String::new(),
                        fields => text(fields),
                    };
                    lines.push(format!("{name}::{}{held}", variant.ident));
                }
            }
            Item::Impl(block) => {
                let name = format!("{prefix}{}", text(&block.self_ty));
                for item in &block.items {
                    match item {
                        ImplItem::Const(constant) if block.trait_.is_some() || public(&constant.vis) => {
                            let value = match &constant.expr {
                                syn::Expr::Lit(literal) => format!(" = {}", text(literal)),
                                _ => String::new(),
                            };
                            lines.push(format!("{name}::{}{value}", constant.ident));
                        }
                        ImplItem::Fn(function) if public(&function.vis) => {
                            let parameters = function.sig.inputs.iter().map(|argument| match argument {
                                FnArg::Receiver(_) => "self".to_owned(),
                                FnArg::Typed(argument) => text(argument),
                            });
                            let parameters: Vec<String> = parameters.collect();
                            lines.push(format!("{name}::{}({})", function.sig.ident, parameters.join(", ")));
                        }
                        _ => {}
                    }
                }
            }
            Item::Static(item) if public(&item.vis) => lines.push(format!("{prefix}{}", item.ident)),
            Item::Const(item) if public(&item.vis) => lines.push(format!("{prefix}{}", item.ident)),
            _ => {}
        }
    }
}

fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Formats tokens as text.
fn text(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (spaced, tight) in [
        (" :: ", "::"),
        (" < ", "<"),
        (" > ", ">"),
        (" >", ">"),
        ("< ", "<"),
        (" ,", ","),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" : ", ": "),
        ("& ", "&"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}
