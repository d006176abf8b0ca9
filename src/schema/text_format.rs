//! Formats of texts that rules refer to: their names, descriptions and tests.
//!
//! If no source says how strict devices are, the test accepts the text: a false alarm costs more than a miss.

mod apple;
mod digits;
#[cfg(test)]
mod format_tests;
mod naming;
mod network;
mod paths;
mod syntax;
mod times;
mod urls;

/// Defines the formats: the name of each, a description that can follow "expected", and the test.
macro_rules! formats {
    ($($variant:ident, $name:literal, $described:literal, $test:path;)*) => {
        /// A format of texts.
        ///
        /// Tests take linear time and do not allocate.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum TextFormat {
            $(
                #[doc = concat!("`", $name, "`: ", $described, ".")]
                $variant,
            )*
        }

        impl TextFormat {
            /// All formats.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Returns the name that rules use.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// Returns a description that can follow "expected".
            #[must_use]
            pub const fn describe(self) -> &'static str {
                match self {
                    $(Self::$variant => $described,)*
                }
            }

            /// Whether the whole text has this format.
            #[must_use]
            pub fn matches(self, text: &str) -> bool {
                match self {
                    $(Self::$variant => $test(text),)*
                }
            }
        }
    };
}

impl TextFormat {
    /// Returns where a text that does not [match](Self::matches) deviates from the format, if the format can tell: for code
    /// requirements, what is expected at which character; for predicates, the first curly quotation mark.
    #[must_use]
    pub fn deviation(self, text: &str) -> Option<String> {
        match self {
            Self::CodeRequirement => syntax::parse_requirement(text).err().map(|error| error.to_string()),
            Self::Predicate => {
                let character = syntax::curly_quote(text)?;
                Some(format!(
                    "expected a straight quotation mark, found a curly one at character {character}"
                ))
            }
            _ => None,
        }
    }
}

formats! {
    // Names and addresses in networks
    Hostname, "hostname", "a host name or an IP address, without scheme, path or port", network::hostname;
    HostPort, "host-port", "a host name or an IP address, with or without a port", network::host_port;
    HostOrSuffix, "host-or-suffix", "a host or domain name, with or without a leading dot", network::host_or_suffix;
    HostPrefix, "host-prefix", "a host name or the beginning of one", network::host_prefix;
    Domain, "domain", "a domain such as `example.com`, not a URL", network::domain;
    DomainPrefix, "domain-prefix", "a domain, with or without `*.` in front", network::domain_prefix;
    WildcardDomain, "wildcard-domain", "a domain, with or without one `*` in front", network::wildcard_domain;
    Fqdn, "fqdn", "a fully qualified domain name such as `host.example.com`", network::fqdn;
    Ip, "ip", "an IPv4 or IPv6 address", network::ip;
    Ipv4, "ipv4", "an IPv4 address such as 192.0.2.1", network::ipv4;
    Ipv6, "ipv6", "an IPv6 address such as 2001:db8::1", network::ipv6;
    Cidr, "cidr", "an IP network such as 192.0.2.0/24", network::cidr;
    IpOrCidr, "ip-or-cidr", "an IP address or network", network::ip_or_cidr;
    IpWildcard, "ip-wildcard", "an IP address, or the start of one and a single `*` such as `17.*`", network::ip_wildcard;
    MacAddress, "mac-address", "a MAC address such as 00:1B:63:84:45:E6", network::mac_address;
    Email, "email", "an email address such as `user@example.com`", network::email;

    // URLs
    Url, "url", "an absolute URL, with its scheme", urls::url;
    HttpUrl, "http-url", "a URL with the scheme http or https", urls::http_url;
    HttpsUrl, "https-url", "a URL with the scheme https", urls::https_url;
    UrlTemplate, "url-template", "an absolute URL, possibly with template expressions in braces", urls::url_template;
    HttpsUrlTemplate, "https-url-template", "an https URL, possibly with template expressions in braces", urls::https_url_template;
    HostnameOrUrl, "hostname-or-url", "a host name, an IP address or an absolute URL", urls::hostname_or_url;
    Uri, "uri", "a URI, with its scheme", urls::uri;
    UrlPath, "url-path", "the path of a URL, without scheme and host", urls::url_path;
    HttpHeaderName, "http-header-name", "the name of an HTTP header field", urls::http_header_name;
    MimeType, "mime-type", "a media type such as `text/plain`", urls::mime_type;

    // Apps, code and devices
    BundleId, "bundle-id", "a bundle identifier such as `com.example.app`", apple::bundle_id;
    TeamId, "team-id", "a team identifier: ten of the letters A to Z and digits", apple::team_id;
    ComposedId, "composed-id", "a bundle identifier and a team identifier such as `com.example.app (ABCDE12345)`", apple::composed_id;
    BundleOrComposedId, "bundle-or-composed-id", "a bundle identifier, alone or with a team identifier such as `com.example.app (ABCDE12345)`", apple::bundle_or_composed_id;
    BundleRequirement, "bundle-requirement", "a bundle identifier, alone or with a code requirement such as `com.example.app {anchor apple generic}`", apple::bundle_requirement;
    BundleTeamOrRequirementId, "bundle-team-or-requirement-id", "a bundle identifier, alone or with a team identifier in parentheses or a code requirement in braces", apple::bundle_team_or_requirement_id;
    ReverseDns, "reverse-dns", "an identifier in reverse-DNS style such as `com.example.name`", apple::reverse_dns;
    Identifier, "identifier", "an identifier, not free text", apple::identifier;
    ReverseDnsOrUuid, "reverse-dns-or-uuid", "an identifier in reverse-DNS style such as `com.example.name`, or a UUID", apple::reverse_dns_or_uuid;
    PlainIdentifier, "plain-identifier", "an identifier without white space and slashes", apple::plain_identifier;
    Uti, "uti", "a uniform type identifier such as `public.data`", apple::reverse_dns;
    StatusItem, "status-item", "the name of a status item such as `device.model.family`", apple::status_item;
    AssetIdentifier, "asset-identifier", "the identifier of an asset", apple::asset_identifier;
    OsBuild, "os-build", "a build such as 20A242 or 20A242a", apple::os_build;
    Version, "version", "a version number such as 15.2.1", apple::version;
    Udid, "udid", "a UDID", apple::udid;

    // Other identifiers
    Uuid, "uuid", "a UUID such as 3F2504E0-4F89-41D3-9A0C-0305E82C3301", naming::uuid;
    Oid, "oid", "an object identifier such as 1.3.6.1.5.5.7.3.2", naming::oid;
    X500Attribute, "x500-attribute", "C, L, ST, O, OU, CN or an object identifier in numbers", naming::x500_attribute;
    LdapDn, "ldap-dn", "an LDAP distinguished name such as `dc=example,dc=com`", naming::ldap_dn;
    Language, "language", "a language tag such as `en-US`", naming::language;
    LanguageOrDefault, "language-or-default", "a language tag such as `en-US`, or `default`", naming::language_or_default;
    Country, "country", "a country code of two letters", naming::country;

    // Digits
    Numeric, "numeric", "digits only", digits::numeric;
    Hex, "hex", "hexadecimal digits only", digits::hex;
    Sha256Hex, "sha256-hex", "a SHA-256 hash as 64 hexadecimal digits", digits::sha256_hex;
    Base64, "base64", "Base64 text", digits::base64;
    Iccid, "iccid", "an ICCID, 18 to 22 digits", digits::iccid;
    E164, "e164", "a telephone number such as +14085550123", digits::e164;

    // Dates and times
    Rfc3339, "rfc3339", "a time with its offset such as 2026-01-31T12:00:00Z", times::rfc3339;
    Timestamp, "timestamp", "a time with its offset and without fraction such as 2026-01-31T12:00:00Z", times::timestamp;
    Localtime, "localtime", "a local time without offset such as 2026-01-31T12:00:00", times::local_datetime;
    LocalDatetime, "local-datetime", "an existing local time without offset such as 2026-01-31T12:00:00", times::local_datetime;
    Timezone, "timezone", "the name of a time zone such as `Europe/Berlin`", times::timezone;

    // Files
    AbsolutePath, "absolute-path", "an absolute path", paths::absolute_path;
    Path, "path", "a path in the file system", paths::path;
    ShellPath, "shell-path", "the absolute path of a shell such as /bin/zsh", paths::shell_path;
    FileName, "file-name", "a file name without folder", paths::file_name;

    // Languages of their own
    Regex, "regex", "a regular expression in ICU syntax", syntax::regex;
    Predicate, "predicate", "a predicate such as `@status(device.model.family) == 'Mac'`", syntax::predicate;
    CodeRequirement, "code-requirement", "a code requirement such as `identifier \"com.example.app\" and anchor apple generic`", syntax::code_requirement;
    Pem, "pem", "PEM text that begins with `-----BEGIN`", syntax::pem;
}
