//! Availability as static data.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ident::ident;
use crate::model::{Fact, Os, Version, What};

/// An operating system as the runtime's `Os`.
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

/// A list of facts.
#[must_use]
pub fn facts(facts: &[Fact]) -> TokenStream {
    let facts = facts.iter().map(|fact| {
        let (os, what) = (os(fact.os), what(&fact.what));
        quote!((#os, #what))
    });
    quote!(&[#(#facts),*])
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
