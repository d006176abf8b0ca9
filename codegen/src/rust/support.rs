//! Availability as static data.
//!
//! There are eleven thousand facts, but few different ones. Each fact is a constant, and each list of facts is a part of one long list.
//! Separate lists would take a quarter of the memory that the compiler needs for all tables.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::ident::{ident, shout};
use crate::model::{Fact, Os, Version, What};

/// Generates the constants for these facts.
#[must_use]
pub fn constants(facts: &[Fact]) -> TokenStream {
    let different: BTreeSet<&Fact> = facts.iter().collect();
    let constants = different.into_iter().filter_map(|fact| {
        let (name, said) = (name(fact)?, written(fact));
        Some(quote!(const #name: (Os, Fact) = #said;))
    });
    quote!(#(#constants)*)
}

/// Returns the name of a fact, such as `MACOS__INTRODUCED_10_7`. Facts with texts have no name.
fn name(fact: &Fact) -> Option<Ident> {
    let version = |what: &str, version: Version| {
        let Version(a, b, c) = version;
        match c {
            0 => format!("{what}_{a}_{b}"),
            _ => format!("{what}_{a}_{b}_{c}"),
        }
    };
    let flag = |what: &str, flag: bool| if flag { what.to_owned() } else { format!("NOT_{what}") };
    let mode = |what: &str, mode: &str| format!("{what}_{}", shout(mode_name(mode)));
    let what = match &fact.what {
        What::NotAvailable => "NOT_AVAILABLE".to_owned(),
        What::Always => "ALWAYS".to_owned(),
        What::Introduced(v) => version("INTRODUCED", *v),
        What::Deprecated(v) => version("DEPRECATED", *v),
        What::Removed(Some(v)) => version("REMOVED", *v),
        What::Removed(None) => "NOT_REMOVED".to_owned(),
        What::Multiple(f) => flag("MULTIPLE", *f),
        What::DeviceChannel(f) => flag("DEVICE_CHANNEL", *f),
        What::UserChannel(f) => flag("USER_CHANNEL", *f),
        What::Supervised(f) => flag("SUPERVISED", *f),
        What::RequiresDep(f) => flag("REQUIRES_DEP", *f),
        What::UserApprovedMdm(f) => flag("USER_APPROVED_MDM", *f),
        What::AllowManualInstall(f) => flag("ALLOW_MANUAL_INSTALL", *f),
        What::AlwaysSkippable(f) => flag("ALWAYS_SKIPPABLE", *f),
        What::Beta(f) => flag("BETA", *f),
        What::SharedIpadDeviceChannel(f) => flag("SHARED_IPAD_DEVICE_CHANNEL", *f),
        What::SharedIpadUserChannel(f) => flag("SHARED_IPAD_USER_CHANNEL", *f),
        What::SharedIpadMode(m) => mode("SHARED_IPAD", m),
        What::UserEnrollmentMode(m) => mode("USER_ENROLLMENT", m),
        What::AccessRight(_) | What::AllowedEnrollments(_) | What::AllowedScopes(_) | What::SharedIpadScopes(_) => {
            return None;
        }
    };
    Some(ident(&format!("{}__{what}", shout(os_name(fact.os)))))
}

/// Writes an operating system as the runtime's `Os`.
#[must_use]
pub fn os(os: Os) -> TokenStream {
    let name = ident(os_name(os));
    quote!(Os::#name)
}

fn os_name(os: Os) -> &'static str {
    match os {
        Os::Ios => "Ios",
        Os::Macos => "Macos",
        Os::Tvos => "Tvos",
        Os::Visionos => "Visionos",
        Os::Watchos => "Watchos",
    }
}

/// Writes a fact by its name, or its value if it has none.
#[must_use]
pub fn fact(fact: &Fact) -> TokenStream {
    name(fact).map_or_else(|| written(fact), |name| quote!(#name))
}

/// Writes the value of a fact.
fn written(fact: &Fact) -> TokenStream {
    let (os, what) = (os(fact.os), what(&fact.what));
    quote!((#os, #what))
}

fn version(version: Version) -> TokenStream {
    let [a, b, c] = [version.0, version.1, version.2].map(Literal::u16_unsuffixed);
    quote!(Version(#a, #b, #c))
}

fn what(what: &What) -> TokenStream {
    let flag = |name: &str, flag: bool| {
        let name = ident(name);
        quote!(Fact::#name(#flag))
    };
    let texts = |name: &str, list: &[String]| {
        let name = ident(name);
        quote!(Fact::#name(&[#(#list),*]))
    };
    match what {
        What::NotAvailable => quote!(Fact::NotAvailable),
        What::Always => quote!(Fact::Always),
        What::Introduced(v) => {
            let v = version(*v);
            quote!(Fact::Introduced(#v))
        }
        What::Deprecated(v) => {
            let v = version(*v);
            quote!(Fact::Deprecated(#v))
        }
        What::Removed(Some(v)) => {
            let v = version(*v);
            quote!(Fact::Removed(Some(#v)))
        }
        What::Removed(None) => quote!(Fact::Removed(None)),
        What::AccessRight(Some(right)) => quote!(Fact::AccessRight(Some(#right))),
        What::AccessRight(None) => quote!(Fact::AccessRight(None)),
        What::Multiple(f) => flag("Multiple", *f),
        What::DeviceChannel(f) => flag("DeviceChannel", *f),
        What::UserChannel(f) => flag("UserChannel", *f),
        What::Supervised(f) => flag("Supervised", *f),
        What::RequiresDep(f) => flag("RequiresDep", *f),
        What::UserApprovedMdm(f) => flag("UserApprovedMdm", *f),
        What::AllowManualInstall(f) => flag("AllowManualInstall", *f),
        What::AlwaysSkippable(f) => flag("AlwaysSkippable", *f),
        What::Beta(f) => flag("Beta", *f),
        What::AllowedEnrollments(list) => texts("AllowedEnrollments", list),
        What::AllowedScopes(list) => texts("AllowedScopes", list),
        What::SharedIpadMode(mode) => mode_of("SharedIpad", mode),
        What::SharedIpadDeviceChannel(f) => flag("SharedIpadDeviceChannel", *f),
        What::SharedIpadUserChannel(f) => flag("SharedIpadUserChannel", *f),
        What::SharedIpadScopes(list) => texts("SharedIpadScopes", list),
        What::UserEnrollmentMode(mode) => mode_of("UserEnrollment", mode),
    }
}

fn mode_of(name: &str, mode: &str) -> TokenStream {
    let (name, mode) = (ident(name), ident(mode_name(mode)));
    quote!(Fact::#name(Mode::#mode))
}

fn mode_name(mode: &str) -> &'static str {
    match mode {
        "required" => "Required",
        "forbidden" => "Forbidden",
        "ignored" => "Ignored",
        _ => "Allowed",
    }
}
