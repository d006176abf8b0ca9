use super::TextFormat;

/// A format, texts that have it, texts that have it not.
type Case = (TextFormat, &'static [&'static str], &'static [&'static str]);

const HASH: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
const LONG_LABEL: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.com";

#[rustfmt::skip]
const CASES: &[Case] = &[
    (TextFormat::Hostname,
        &["server.example.com", "localhost", "10.0.1.1", "fe80::1", "[fe80::1]", "host_1.example.com.", "bücher.example", "123", "fe80::1%en0"],
        &["", "https://mail.example.com/path", "mail.example.com:993", "mail.example.com/path", "Lab Mac #1", "192.0.2.300", "-host.example.com", "a..example.com", "[10.0.0.1]", LONG_LABEL]),
    (TextFormat::HostPort,
        &["server.example.com", "server.example.com:443", "10.0.1.1:80", "[fe80::1]:8443", "fe80::1", "localhost:1"],
        &["", "server.example.com:", "server.example.com:65536", "server.example.com:http", ":443", "https://server.example.com:443", "host:+80"]),
    (TextFormat::HostOrSuffix,
        &["www.example.com", ".example.com", "localhost", "10.0.0.1", "example.com."],
        &["", ".", "..example.com", "*.example.com", "https://www.example.com", "www.example.com/path", "www example.com"]),
    (TextFormat::HostPrefix,
        &["login.example.com", "login.", "login", "*.example.com", "10.0."],
        &["", "https://login.example.com", "login.example.com/auth", "login.example.com:443", "login example", "/login"]),
    (TextFormat::Domain,
        &["example.com", "www.example.com", "corp", ".example.com", "xn--bcher-kva.example", "example.com."],
        &["", ".", "https://www.example.com/", "www.example.com/path", "example.com:443", "*.example.com", "two words", "10.0.0.1", "user@example.com"]),
    (TextFormat::DomainPrefix,
        &["example.com", "*.example.com", "test.example.com", "localhost", "*.corp"],
        &["", "*", "*example.com", "*.*.example.com", "www.*.com", "https://example.com", ".example.com"]),
    (TextFormat::WildcardDomain,
        &["example.com", "*.example.com", "*example.com", "corp", "*", ".example.com"],
        &["", "www.*.example.com", "www.*.com", "**.example.com", "https://example.com", "example.*", "*.example.com:443"]),
    (TextFormat::Fqdn,
        &["host.example.com", "example.com", "host.example.com.", "a.b", "ca-1.corp.example.com"],
        &["", "host", "host.", "10.0.0.1", "::1", "https://host.example.com", "host.example.com:443", ".example.com", "*.example.com"]),
    (TextFormat::Ip,
        &["10.0.1.10", "255.255.255.255", "2001:db8::10", "::", "::ffff:10.0.0.1", "fe80::1%en0"],
        &["", "first.example.com", "10.0.1.0/24", "192.0.2.300", "10.0.1", "10.0.0.1 ", "[::1]", "2001:db8", "fe80::1%"]),
    (TextFormat::Ipv4,
        &["10.0.1.10", "0.0.0.0", "192.0.2.254", "127.0.0.1", "17.0.0.1"],
        &["", "::1", "10.0.1", "10.0.1.256", "10.0.1.1.1", "10.0.1.-1", "10.0.1.x"]),
    (TextFormat::Ipv6,
        &["fd00::2", "::1", "2001:db8:0:0:0:0:0:1", "2001:DB8::1", "::ffff:10.0.0.1"],
        &["", "10.0.0.5", "fd00", "fd00:::2", "1:2:3:4:5:6:7:8:9", "fd00::g", "[::1]"]),
    (TextFormat::Cidr,
        &["10.0.0.0/8", "0.0.0.0/0", "192.0.2.1/32", "2001:db8::/32", "::/128"],
        &["", "10.0.0.0", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/+8", "10.0.0.0/08", "2001:db8::/129", "example.com/8"]),
    (TextFormat::IpOrCidr,
        &["10.0.0.1", "10.0.0.0/8", "2001:db8::1", "2001:db8::/32", "0.0.0.0/0"],
        &["", "example.com", "10.0.0.0/33", "10.0.0.*", "10.0.0/8", "10.0.0.0-10.0.0.9"]),
    (TextFormat::IpWildcard,
        &["17.*", "192.0.2.53", "192.168.1.*", "2001:db8:*", "2001:db8::*", "2001::1:*", "*", "::1"],
        &["", "17.*.*", "dns.example.com", "17.*.0.1", "*.17", "17.2*", "1.2.3.4.*", "256.*", "2001:xyz:*", "1:2:3:4:5:6:7:8:9:*"]),
    (TextFormat::MacAddress,
        &["0a:1B:2c:3D:4e:5F", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "00:1B:63:84:45:E6", "AA:BB:CC:DD:EE:FF"],
        &["", "0A-1B-2C-3D-4E-5F", "0a1b2c3d4e5f", "0a:1b:2c:3d:4e", "0a:1b:2c:3d:4e:5f:60", "0a:1b:2c:3d:4e:5g", "0a:1b:2c:3d:4e:5"]),
    (TextFormat::Email,
        &["user@example.com", "a.user+tag@example.com", "user@localhost", "user@[192.0.2.1]", "o'neil@example.co.uk", "用户@例子.example"],
        &["", "Example User", "user", "@example.com", "user@", "a@b@example.com", "a user@example.com", "user@example .com", "user@.com", "mailto:user@exa/mple"]),

    (TextFormat::Url,
        &["https://www.example.com/", "HTTP://example.com", "file:///Users/me", "data:,text", "mailto:user@example.com", "prefs:root=General", "https://user@example.com:8443/a?b#c", "https://[::1]:80/", "tel:5550123", "https://url.example.com.jpg.3", "smb://server/share"],
        &["", "www.example.com", "not a url", "token endpoint", "probe the intranet", "https://", "https:///path", "https:", "https://exa mple.com", "example.com:8080", "C:\\file.txt", "://example.com", "1http://example.com", "https://example.com:99999/", "http://192.0.2.300/", "https://www.example.com/<id>"]),
    (TextFormat::HttpUrl,
        &["http://example.com", "https://idp.example.com/auth", "https://10.0.0.1:8443", "http://localhost/", "https://example.com?x=1", "https://%HOST%/x"],
        &["", "ldap://idp.example.com/auth", "ftp://probe.example.com/", "www.example.com", "http:", "http://", "http:example.com", "http:///x", "not a url", "https://:443/"]),
    (TextFormat::HttpsUrl,
        &["https://acme.example.com/directory", "HTTPS://example.com", "https://example.com:8443/a/b", "https://[2001:db8::1]/", "https://example.com#x"],
        &["", "http://acme.example.com/directory", "acme.example.com", "https://", "https:/example.com", "ftps://example.com", "https://a b.example.com/", "https://example.com:port/"]),
    (TextFormat::UrlTemplate,
        &["https://relay.example.com/masque", "https://relay.example.com/udp/{target_host}/{target_port}/", "https://dns.example.com/dns-query{?dns}", "https://{host}/x", "http://example.com"],
        &["", "relay.example.com", "https://relay.example.com/{", "https://relay.example.com/}", "https://relay.example.com/{}", "https://relay.example.com/{a{b}}", "/{target_host}"]),
    (TextFormat::HttpsUrlTemplate,
        &["https://dns.example.com/dns-query", "https://dns.example.com/dns-query{?dns}", "https://dns.example.com", "https://dns.example.com:8443/{x}/{+y}", "https://[::1]/q"],
        &["", "http://dns.example.com/dns-query", "dns.example.com", "https://dns.example.com/{dns", "https://dns.example.com/dns}", "https://dns.example.com/{}", "https://"]),
    (TextFormat::HostnameOrUrl,
        &["server.example.com", "10.0.0.1", "https://holidays.example.com/US.ics", "webcal://example.com/x", "localhost"],
        &["", "not a url", "server.example.com:8080", "server name", "https://", "server.example.com/path"]),
    (TextFormat::Uri,
        &["https://www.example.com/", "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301", "spiffe://x/y", "mailto:a@b", "x:y"],
        &["", "www.example.com", "https:", ":x", "https://a b", "1x:y", "//example.com"]),
    (TextFormat::UrlPath,
        &["/principals", "", "/EWS/Exchange.asmx", "principals/user", "/a/b:c?d=e", "/"],
        &["https://example.com/principals", "//example.com/principals", "/a b", "http:x", "/a\tb", " /a"]),
    (TextFormat::HttpHeaderName,
        &["Authorization", "X-Custom-Header", "DNT", "x_y", "Sec-CH-UA"],
        &["", "X Custom", "X-Custom:", "Größe", "X/Y", "\"X\"", "X\n"]),
    (TextFormat::MimeType,
        &["text/plain", "application/vnd.apple.installer+xml", "image/png", "text/plain; charset=utf-8", "*/*"],
        &["", "text", "text/", "/plain", "text/plain/x", "text plain", "text/plain;"]),

    (TextFormat::BundleId,
        &["com.example.app", "com.example.my-app", "com.example.my_app", "Example", "ABCDE12345.com.example.app", "com.apple.Safari"],
        &["", "/Applications/Example.app", "Example App (iPad)", "com.example.", ".com.example", "com..example", "com.example.app (ABCDE12345)", "com/example", "com.example:app", "com.example.*"]),
    (TextFormat::TeamId,
        &["ABCDE12345", "UBF8T346G9", "0123456789", "ABCDEFGHIJ", "9PTGMPNXZ2"],
        &["", "ABCD1234", "abcde12345", "ABCDE123456", "ABCDE 2345", "team-id", "ABCDE1234Ä"]),
    (TextFormat::ComposedId,
        &["com.example.app (ABCD1234)", "com.example.app (ABCDE12345)", "app (A)", "com.example.my_app (123)", "com.example.my-app (UBF8T346G9)"],
        &["", "com.example.app", "com.example.app (ABCD1234", "com.example.app(ABCD1234)", "com.example.app ()", "com.example.app (abcd1234)", "(ABCD1234)", "com.example.app  (ABCD1234)", "com.example.app (ABCD1234) "]),
    (TextFormat::BundleOrComposedId,
        &["com.example.app", "com.example.app (ABCD1234)", "com.example.app (ABCDE12345)", "Example", "com.example.my_app"],
        &["", "com.example.app (ABCD1234", "com.example.app ABCD1234", "com.example.app {anchor apple}", "/Applications/Example.app", "com.example.app ()"]),
    (TextFormat::BundleRequirement,
        &["com.example.app", "com.example.app {anchor apple generic}", "com.example.app {identifier \"a\" and anchor apple}", "Example", "com.example.my-app {x}"],
        &["", "com.example.app {anchor apple generic", "com.example.app {}", "com.example.app { }", "com.example.app{anchor apple}", "com.example.app (ABCD1234)", "{anchor apple}"]),
    (TextFormat::BundleTeamOrRequirementId,
        &["com.example.app", "com.example.app (ABCD1234)", "com.example.app {anchor apple generic}", "Example", "com.example.app (ABCDE12345)"],
        &["", "com.example.app (ABCD1234", "com.example.app {anchor apple", "com.example.app {}", "com.example.app ()", "My App"]),
    (TextFormat::ReverseDns,
        &["com.example.profile", "com.example", "com.example.manuals.training", "com.apple.sshd", "com.example.1B35E363-7127-4BD8-92DC-B1F88E2EEF19"],
        &["", "My Company Profile", "my service", "service", "com.example.", "com/example/service", "com..example"]),
    (TextFormat::Identifier,
        &["com.example.profile", "com.example.my profile", "service", "a/b", "3F2504E0-4F89-41D3-9A0C-0305E82C3301"],
        &["", "My Company Profile", "my service", "my company.example", " ", ". a"]),
    (TextFormat::ReverseDnsOrUuid,
        &["com.example.profile", "com.example", "com.example.my_profile", "3F2504E0-4F89-41D3-9A0C-0305E82C3301", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"],
        &["", "service", "com.example.my profile", "com..example", "3F2504E0-4F89-41D3-9A0C"]),
    (TextFormat::PlainIdentifier,
        &["com.example.my-app", ".GlobalPreferences", "a", "ü", "com.example.{x}"],
        &["", "com.example/app", "/", "my app", " a", "a\n", "\u{b}a"]),
    (TextFormat::Uti,
        &["public.data", "com.adobe.pdf", "public.utf8-plain-text", "dyn.ah62d4rv4ge8003dcta", "com.apple.application-bundle"],
        &["", "pdf", "public data", "public.", ".pdf", "text/plain"]),
    (TextFormat::StatusItem,
        &["device.identifier.serial-number", "passcode.is-compliant", "mdm.app", "device.operating-system.version", "test"],
        &["", "Device.Model", "device..model", "device model", ".device", "device/model", "device_model"]),
    (TextFormat::AssetIdentifier,
        &["com.example.asset", "3F2504E0-4F89-41D3-9A0C-0305E82C3301", "asset 1", "a", "作業"],
        &["", " ", "a\nb", "\t", "a\0"]),
    (TextFormat::OsBuild,
        &["20A242", "20A242a", "14F27", "22E5219e", "7A182", "18F132"],
        &["", "15.2", "A242", "20a242", "20A", "20A242aa", "20A242A", "20 A242", "20A242-a"]),
    (TextFormat::Version,
        &["15.2", "16", "16.1.2", "1.2.3.4", "13.3.1 (a)", "13.3.1(c)"],
        &["", "15.", ".2", "15.2.1.0.1", "macOS 15", "15.x", "v15", "13.3.1 (aa)", "15,2", "13.3.1 (a"]),
    (TextFormat::Udid,
        &["00008020-000915083C80012E", "0123456789abcdef0123456789abcdef01234567", "3F2504E0-4F89-41D3-9A0C-0305E82C3301", "00008103-001A2B3C4D5E6F70", "00008030-000a1111abcd802e"],
        &["", "C02ABCDEFGH1", "00008020-000915083C80012", "00008020000915083C80012E", "0123456789abcdef0123456789abcdef0123456", "my-device", "0000802G-000915083C80012E"]),

    (TextFormat::Uuid,
        &["3F2504E0-4F89-41D3-9A0C-0305E82C3301", "ef0250de-bfd4-4095-9ad3-34cf1281d5da", "00000000-0000-0000-0000-000000000000", "Ef0250de-BFD4-4095-9ad3-34cf1281d5da", "8DBA6415-6F70-47FE-B0D2-C70B3D35B7A3"],
        &["", "identity-certificate", "3F2504E04F8941D39A0C0305E82C3301", "{3F2504E0-4F89-41D3-9A0C-0305E82C3301}", "3F2504E0-4F89-41D3-9A0C-0305E82C330G", "3F2504E0-4F89-41D3-9A0C-0305E82C330", "'ef0250de-bfd4-4095-9ad3-34cf1281d5da"]),
    (TextFormat::Oid,
        &["1.3.6.1.5.5.7.3.2", "1.2.840.113635.100.6.99999.99999", "2.5.4.3", "0.9", "2.999"],
        &["", "clientAuth", "1", "3.1", "1.40", "1.3.", ".1.3", "1.3.06", "1..3", "1.3.6 "]),
    (TextFormat::X500Attribute,
        &["C", "L", "ST", "O", "OU", "CN", "2.5.4.3"],
        &["", "c", "Country", "CN=", "1", "2.5.4.x"]),
    (TextFormat::LdapDn,
        &["dc=example,dc=com", "", "ou=People, dc=example, dc=com", "cn=Doe\\, Jane,o=x", "2.5.4.3=a+o=b", "cn=\"a,b\",o=x", "o="],
        &["example.com", "dc=example,dc", "dc=example,", ",dc=com", "=example", "cn=a\\", "cn=\"a", "ldap://host/dc=com,dc"]),
    (TextFormat::Language,
        &["en", "en-US", "zh-Hans-CN", "pt_BR", "es-419", "haw"],
        &["", "English", "e", "en-", "en US", "en--US", "-US", "12-US"]),
    (TextFormat::LanguageOrDefault,
        &["default", "en", "en-US", "zh-Hant", "de_CH"],
        &["", "Default language", "English", "DEFAULT", "en-", "defaults"]),
    (TextFormat::Country,
        &["US", "DE", "jp", "GB", "CH"],
        &["", "USA", "U", "U1", "840", "Ü"]),

    (TextFormat::Numeric, &["361285480", "0", "007", "1", "99999999999999999999"], &["", "1.5", "-1", "1 000", "id361285480", "١"]),
    (TextFormat::Hex, &["0", "deadBEEF", "123", "A", "00ff"], &["", "0x1F", "xyz", "12 34", "-1", "g"]),
    (TextFormat::Sha256Hex,
        &[HASH, "2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824", "0000000000000000000000000000000000000000000000000000000000000000", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "1111111111111111111111111111111111111111111111111111111111111111"],
        &["", "5d41402abc4b2a76b9719d911017c592", "sha256", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b982", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b982g"]),
    (TextFormat::Base64,
        &["", "TQ==", "TWE=", "TWFu", "TW\n  Fu", "+/+/"],
        &["T", "TQ=", "TQ===", "T=Q=", "TW-_", "not base64!"]),
    (TextFormat::Iccid,
        &["8901410321111851070", "89310410106543789301", "890141032111185107", "8931041010654378930123", "8949020000000000000"],
        &["", "work-line", "89014103", "8901410321111851070F", "8901 4103 2111 1851 070", "89310410106543789301234"]),
    (TextFormat::E164,
        &["+14085550123", "+4930123456", "+123456789012345", "+12", "+819012345678"],
        &["", "14085550123", "+0408555", "+1 408 555 0123", "+1234567890123456", "+", "+1-408"]),

    (TextFormat::Rfc3339,
        &["2019-09-04T22:35:52Z", "2026-01-31T12:00:00+01:00", "2026-01-31T12:00:00.25-05:00", "2026-01-31t12:00:00z", "2016-12-31T23:59:60Z", "2023-09-21T12:00:00-0500"],
        &["", "2026-01-31", "2026-01-31T12:00:00", "2026-02-30T12:00:00Z", "2026-01-31 12:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T12:00:00.Z", "2026-01-31T12:00:00+1", "2026-01-31T12:00:00Zx", "26-01-31T12:00:00Z"]),
    (TextFormat::Timestamp,
        &["2023-09-21T12:00:00Z", "2023-09-21T12:00:00-0500", "2023-09-21T12:00:00-05:00", "2024-02-29T00:00:00+0000", "2023-12-31T23:59:59Z"],
        &["", "2023-09-21T12:00:00", "2023-09-21T12:00:00.5Z", "2023-02-29T12:00:00Z", "2023-09-21", "2023-13-01T12:00:00Z", "2023-09-21T12:00Z", "2023-09-21T12:00:00+99:00"]),
    (TextFormat::Localtime,
        &["2023-09-21T12:00:00", "2024-02-29T00:00:00", "2026-12-31T23:59:59", "2000-02-29T01:02:03", "2026-01-01T00:00:00"],
        &["", "2023-09-21T12:00:00Z", "2023-09-21T12:00:00.5", "2023-09-21", "2023-09-21T12:00", "2023-9-21T12:00:00", "1900-02-29T12:00:00"]),
    (TextFormat::LocalDatetime,
        &["2026-01-31T12:00:00", "2024-02-29T00:00:00", "2026-12-31T23:59:59", "2026-06-30T06:07:08", "2026-01-01T00:00:00"],
        &["", "2026-02-30T12:00:00", "2026-01-31T12:00:00Z", "2026-01-31T12:00:00+01:00", "2026-01-31 12:00:00", "2026-01-31T25:00:00", "2026-00-10T12:00:00", "2026-01-31T12:00:00 "]),
    (TextFormat::Timezone,
        &["America/Los_Angeles", "UTC", "GMT", "Etc/GMT+5", "America/Argentina/Buenos_Aires", "Asia/Ust-Nera", "Japan"],
        &["", "Pacific Standard Time", "PST", "Berlin", "Germany/Berlin", "America/", "/Berlin", "+01:00", "America/New York", "UTC+1"]),

    (TextFormat::AbsolutePath,
        &["/", "/Applications/Utilities", "/bin/zsh", "/Library/My Folder/x", "/ü"],
        &["", "Applications", "~/Documents", "file:///x", "./x", "C:\\x", " /x"]),
    (TextFormat::Path,
        &["/Users/me", "~/Documents", "Documents/Letters", "file.txt", "../x"],
        &["", "file:///Users/me", "a\0b", "https://example.com/x", "\0"]),
    (TextFormat::ShellPath,
        &["/bin/zsh", "/bin/bash", "/usr/local/bin/fish", "/bin/sh", "/usr/bin/false"],
        &["", "zsh", "bin/zsh", "/bin/", "/bin/zsh -l", "~/bin/zsh", "/"]),
    (TextFormat::FileName,
        &["Cert.cer", "TestServerCert.p12", "my certificate", ".hidden", "a..b"],
        &["", "certs/Cert.cer", "/Cert.cer", ".", "..", "a\nb", "\0"]),

    (TextFormat::Regex,
        &["^(?=.*[0-9]).{8,}$", "", "[a-z&&[^aeiou]]+", "[[:alpha:]]", "[]a]", "[^]]", "(?<!x)(?<name>a)\\k<name>", "(?i)a(?-i:b)", "\\p{Lu}{2}", "\\Q(*\\E", "a+?b*+c{2,5}?", "(?#(note)a|b|", "x{3}", "\\x{1F600}", "(a|b)?", "[\\]\\[]", "(?>a)", "é+"],
        &["^(?=.*[0-9].{8,}$", "a)", "[a-z", "*a", "(+a)", "a|?", "a\\", "a**", "a{5,2}", "a{x}", "a{2", "(?P<n>a)", "(?<n", "\\p{Lu", "[[:alpha:]", "[]", "a+?+"]),
    (TextFormat::Predicate,
        &["@status(device.model.family) == 'AppleTV'", "TRUEPREDICATE", "(@status(a.b) == \"x\") AND NOT (@key(y) IN {'a', 'b'})", "ANY @property(tags) CONTAINS[cd] 'it\\'s'", "!(a = 1) || b != 2 && c >= -1", "SUBQUERY(x, $y, $y.z == 1).@count > 0", "a BETWEEN {1, 5}", "a[0] LIKE 'x*'", "a <> b", "a + 1 == 2"],
        &["", "device.model.family", "@status(device.model.family) ==", "== 'AppleTV'", "a == 'b", "(a == 'b'", "a == 'b')", "this is no predicate", "a == b c", "a == == b", "a AND", "a & b == c", "{a == 'b'", "AND a == b"]),
    (TextFormat::CodeRequirement,
        &["anchor apple generic and identifier \"com.example.app\"", "identifier com.example.app and anchor apple", "anchor apple", "(anchor apple generic and certificate leaf[field.1.2.840.113635.100.6.1.9] /* exists */ or certificate 1[field.1.2.840.113635.100.6.2.6]) and certificate leaf[subject.OU] = ABCDE12345", "cdhash H\"0123456789abcdef0123456789abcdef01234567\"", "! info[CFBundleVersion] < \"5\""],
        &["", "com.example.app", "/Applications/Example.app", "identifier \"com.example.app", "(anchor apple", "anchor apple)", "anchor apple and", "identifier", "\"anchor apple\"", "ABCDE12345", "certificate leaf[subject.OU] ="]),
    (TextFormat::Pem,
        &["-----BEGIN CERTIFICATE-----\nTQ==\n-----END CERTIFICATE-----\n", "\n  -----BEGIN CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----", "-----BEGIN X509 CRL-----", "-----BEGIN RSA PRIVATE KEY-----"],
        &["", "MIIB", "BEGIN CERTIFICATE", "-----END CERTIFICATE-----", "----BEGIN CERTIFICATE----", "Subject: x\n-----BEGIN CERTIFICATE-----"]),
];

#[test]
fn each_format_accepts_what_has_it_and_nothing_else() {
    let mut wrong = Vec::new();
    for (format, good, bad) in CASES {
        let expected = good
            .iter()
            .map(|text| (text, true))
            .chain(bad.iter().map(|text| (text, false)));
        wrong.extend(
            expected
                .filter(|(text, expected)| format.matches(text) != *expected)
                .map(|(text, expected)| format!("{} {text:?}: not {expected}", format.name())),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn all_formats_have_five_good_and_five_bad_texts() {
    for format in TextFormat::ALL {
        let case = CASES.iter().find(|(known, ..)| known == format);
        let (_, good, bad) = case.unwrap_or_else(|| panic!("no texts for {}", format.name()));
        assert!(good.len() >= 5 && bad.len() >= 5, "{}", format.name());
    }
    assert_eq!(CASES.len(), TextFormat::ALL.len());
}

#[test]
fn names_are_those_of_the_rules_and_differ() {
    let variant = |name: &str| {
        name.split('-')
            .map(|part| part[..1].to_uppercase() + &part[1..])
            .collect::<String>()
    };
    for (index, format) in TextFormat::ALL.iter().enumerate() {
        assert_eq!(format!("{format:?}"), variant(format.name()));
        assert!(
            TextFormat::ALL[..index]
                .iter()
                .all(|other| other.name() != format.name())
        );
        assert!(!format.describe().is_empty() && !format.describe().ends_with('.'));
    }
}

#[test]
fn no_text_makes_a_format_panic() {
    let pieces = [
        "",
        "é",
        "\u{1F600}",
        "\\",
        "\"",
        "'",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "(?",
        "(?<",
        "[^",
        "\\p{",
        "\\Q",
        "\\é",
        ":",
        "::",
        "//",
        "%",
        "@",
        "*",
        ".",
        "-",
        "0",
        "a",
        "T",
        "2026-01-31T12:00:00",
        "2026-01-31T12:00:0é",
        " ",
        "\0",
        ",",
        "=",
        "/",
    ];
    for first in pieces {
        for second in pieces {
            for third in pieces {
                let text = [first, second, third].concat();
                for format in TextFormat::ALL {
                    let _ = format.matches(&text);
                }
            }
        }
    }
}

#[test]
fn long_texts_take_linear_time() {
    let pieces = [
        "(", "[", "{1}", "a{1}", "(?<", "(?<a>", "'", "\"", "a.", "a:", "{", "{a}", "\\", "a=,", "(?#", "[[", "a@",
        "1", "-", "*", "+",
    ];
    for piece in pieces {
        let text = piece.repeat(20_000);
        for format in TextFormat::ALL {
            let _ = format.matches(&text);
        }
    }
}
