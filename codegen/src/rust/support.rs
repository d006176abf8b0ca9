//! What is said of availability, as static data.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ident::ident;
use crate::model::{Fact, Os, Version, What};

/// An operating system as the runtime's `Os`.
#[must_use]
pub fn os(os: Os) -> TokenStream {
    let name = ident(match os {
        Os::Ios => "Ios",
        Os::Macos => "Macos",
        Os::Tvos => "Tvos",
        Os::Visionos => "Visionos",
        Os::Watchos => "Watchos",
    });
    quote!(Os::#name)
}

/// A list of facts on availability.
#[must_use]
pub fn facts(facts: &[Fact]) -> TokenStream {
    let facts = facts.iter().map(|fact| {
        let os = os(fact.os);
        let what = what(&fact.what);
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
        quote!(What::#name(#flag))
    };
    let texts = |name: &str, list: &[String]| {
        let name = ident(name);
        quote!(What::#name(&[#(#list),*]))
    };
    match what {
        What::NotAvailable => quote!(What::NotAvailable),
        What::Always => quote!(What::Always),
        What::Introduced(v) => {
            let v = version(*v);
            quote!(What::Introduced(#v))
        }
        What::Deprecated(v) => {
            let v = version(*v);
            quote!(What::Deprecated(#v))
        }
        What::Removed(Some(v)) => {
            let v = version(*v);
            quote!(What::Removed(Some(#v)))
        }
        What::Removed(None) => quote!(What::Removed(None)),
        What::AccessRight(Some(right)) => quote!(What::AccessRight(Some(#right))),
        What::AccessRight(None) => quote!(What::AccessRight(None)),
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
    let name = ident(name);
    let mode = ident(match mode {
        "required" => "Required",
        "forbidden" => "Forbidden",
        "ignored" => "Ignored",
        _ => "Allowed",
    });
    quote!(What::#name(Mode::#mode))
}
