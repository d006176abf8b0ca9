//! Availability as static data.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ident::ident;
use crate::model::{Fact, Os, Property, Version};

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
        let (os, property) = (os(fact.os), property(&fact.property));
        quote!((#os, #property))
    });
    quote!(&[#(#facts),*])
}

/// Returns a version as an expression.
pub fn version(version: Version) -> TokenStream {
    let [a, b, c] = [version.0, version.1, version.2].map(Literal::u16_unsuffixed);
    quote!(Version(#a, #b, #c))
}

fn property(property: &Property) -> TokenStream {
    let flag = |name: &str, flag: bool| {
        let name = ident(name);
        quote!(Fact::#name(#flag))
    };
    let texts = |name: &str, list: &[String]| {
        let name = ident(name);
        quote!(Fact::#name(&[#(#list),*]))
    };
    match property {
        Property::NotAvailable => quote!(Fact::NotAvailable),
        Property::Always => quote!(Fact::Always),
        Property::Introduced(v) => {
            let v = version(*v);
            quote!(Fact::Introduced(#v))
        }
        Property::Deprecated(v) => {
            let v = version(*v);
            quote!(Fact::Deprecated(#v))
        }
        Property::Removed(Some(v)) => {
            let v = version(*v);
            quote!(Fact::Removed(Some(#v)))
        }
        Property::Removed(None) => quote!(Fact::Removed(None)),
        Property::AccessRight(Some(right)) => quote!(Fact::AccessRight(Some(#right))),
        Property::AccessRight(None) => quote!(Fact::AccessRight(None)),
        Property::Multiple(f) => flag("Multiple", *f),
        Property::DeviceChannel(f) => flag("DeviceChannel", *f),
        Property::UserChannel(f) => flag("UserChannel", *f),
        Property::Supervised(f) => flag("Supervised", *f),
        Property::SupervisedSince(v) => {
            let v = version(*v);
            quote!(Fact::SupervisedSince(#v))
        }
        Property::RequiresDep(f) => flag("RequiresDep", *f),
        Property::UserApprovedMdm(f) => flag("UserApprovedMdm", *f),
        Property::AllowManualInstall(f) => flag("AllowManualInstall", *f),
        Property::AlwaysSkippable(f) => flag("AlwaysSkippable", *f),
        Property::Beta(f) => flag("Beta", *f),
        Property::AllowedEnrollments(list) => texts("AllowedEnrollments", list),
        Property::AllowedScopes(list) => texts("AllowedScopes", list),
        Property::SharedIpadMode(mode) => mode_of("SharedIpad", mode),
        Property::SharedIpadDeviceChannel(f) => flag("SharedIpadDeviceChannel", *f),
        Property::SharedIpadUserChannel(f) => flag("SharedIpadUserChannel", *f),
        Property::SharedIpadScopes(list) => texts("SharedIpadScopes", list),
        Property::UserEnrollmentMode(mode) => mode_of("UserEnrollment", mode),
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
