#!/bin/sh
# Regenerates the messages and certificates in this folder. Discards the keys, except those of the identities that sign and decrypt
# in tests. Needs OpenSSL 3.
set -eu
cd "$(dirname "$0")"
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >plain.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
	<key>PayloadType</key>
	<string>Configuration</string>
	<key>PayloadVersion</key>
	<integer>1</integer>
	<key>PayloadIdentifier</key>
	<string>com.example.passcode</string>
	<key>PayloadUUID</key>
	<string>3F2504E0-4F89-41D3-9A0C-0305E82C3301</string>
	<key>PayloadContent</key>
	<array/>
</dict>
</plist>
XML

cat >ca.cnf <<'CNF'
[ca]
default_ca = any
[any]
new_certs_dir = .
database = index.txt
default_md = sha256
rand_serial = yes
policy = policy
unique_subject = no
[policy]
commonName = supplied
organizationName = optional
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[authority]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[constrained]
basicConstraints = critical,CA:TRUE
nameConstraints = critical,permitted;email:example.com
[non-critically-constrained]
basicConstraints = critical,CA:TRUE
nameConstraints = permitted;email:example.com,permitted;DNS:example.com,excluded;DNS:bad.example.com
[email]
subjectAltName = email:jane@example.com,DNS:profiles.example.com
[other-email]
subjectAltName = email:jane@example.org
[excluded-host]
subjectAltName = DNS:host.bad.example.com
[signer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
subjectKeyIdentifier = hash
[encipherment]
keyUsage = critical,keyEncipherment
[marked]
1.2.840.113635.100.6.1.13 = critical,DER:0500
[critical]
1.3.6.1.4.1.55555.1 = critical,DER:0500
CNF
: >index.txt

key() { # name algorithm options…
	name=$1 algorithm=$2
	shift 2
	openssl genpkey -quiet -algorithm "$algorithm" "$@" -out "$name.key" 2>/dev/null ||
		openssl genpkey -algorithm "$algorithm" "$@" -out "$name.key" 2>/dev/null
}
rsa() { key "$1" RSA -pkeyopt rsa_keygen_bits:"$2"; }
ec() { key "$1" EC -pkeyopt ec_paramgen_curve:"$2"; }

# name issuer extensions first-day last-day [common-name [digest]]: issues a certificate for the key, self-signed if the issuer is `self`
certificate() {
	openssl req -new -key "$1.key" -subj "/O=Example/CN=${6:-$1}" -out "$1.csr"
	issuer="-cert $2.pem -keyfile $2.key"
	if [ "$2" = self ]; then issuer="-selfsign -keyfile $1.key"; fi
	openssl ca -batch -notext -config ca.cnf -preserveDN -extfile ca.cnf -extensions "$3" \
		-startdate "${4}000000Z" -enddate "${5}235959Z" -md "${7:-sha256}" \
		$issuer -in "$1.csr" -out "$1.pem" 2>ca.log || {
		cat ca.log
		exit 1
	}
}
leaf() { certificate "$1" "${2:-intermediate}" "${3:-signer}" "${4:-20260101}" "${5:-20351231}"; }

ec root P-384
certificate root self root 20200101 20491231 'Example Root' sha384
cp root.pem "$here/root.pem"
ec other P-256
certificate other self root 20200101 20491231 'Other Root'
cp other.pem "$here/other-root.pem"
rsa intermediate 2048
certificate intermediate root authority 20200101 20401231 'Example Intermediate'

# file signer: signs the profile; further options go to openssl cms
sign() {
	name=$1 signer=$2
	shift 2
	openssl cms -sign -binary -nodetach -nosmimecap -in plain.xml -signer "$signer.pem" -inkey "$signer.key" \
		-outform DER "$@" -out "$here/$name"
}
chain="-certfile intermediate.pem"

rsa rsa 2048; leaf rsa
sign rsa.mobileconfig rsa $chain
sign rsa-sha512.mobileconfig rsa $chain -md sha512
sign rsa-no-attributes.mobileconfig rsa $chain -noattr
sign rsa-pss.mobileconfig rsa $chain -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:digest
sign rsa-sha1.mobileconfig rsa $chain -md sha1
sign rsa-md5.mobileconfig rsa $chain -md md5
sign rsa-sha224.mobileconfig rsa $chain -md sha224

ec p256 P-256; leaf p256
sign p256.mobileconfig p256 $chain
sign p256-no-attributes.mobileconfig p256 $chain -noattr
sign key-identifier.mobileconfig p256 $chain -keyid
sign streamed.mobileconfig p256 $chain -stream
sign no-intermediate.mobileconfig p256
sign no-certificates.mobileconfig p256 -nocerts
openssl cms -sign -binary -nodetach -nosmimecap -in plain.xml -signer p256.pem -inkey p256.key $chain -outform PEM -out "$here/armoured.mobileconfig"
openssl cms -sign -binary -nosmimecap -in plain.xml -signer p256.pem -inkey p256.key $chain -outform DER -out "$here/detached.p7s"
cp plain.xml "$here/plain.mobileconfig"

ec p384 P-384; leaf p384
sign p384.mobileconfig p384 $chain -md sha384
sign p384-no-attributes.mobileconfig p384 $chain -noattr -md sha256
ec p521 P-521; leaf p521
sign p521.mobileconfig p521 $chain -md sha512

openssl cms -resign -binary -inform DER -in "$here/p256.mobileconfig" -signer rsa.pem -inkey rsa.key -nosmimecap -outform DER -out "$here/two-signers.mobileconfig"
openssl crl2pkcs7 -nocrl -certfile p256.pem -outform DER -out "$here/certificates-only.p7c"

# Chains that must not be trusted, and some that must.
ec expired P-256; leaf expired intermediate signer 20200101 20210101
sign expired.mobileconfig expired $chain
rsa short 1024; leaf short
sign short-key.mobileconfig short $chain
ec selfsigned P-256; certificate selfsigned self signer 20260101 20351231
sign self-signed.mobileconfig selfsigned
openssl x509 -in selfsigned.pem -out "$here/self-signed.pem"
ec below P-256; leaf below p256
cat intermediate.pem p256.pem >no-authority.pem
sign issued-by-no-authority.mobileconfig below -certfile no-authority.pem
ec second P-256; certificate second intermediate authority 20200101 20401231 'Second Intermediate'
ec deep P-256; leaf deep second
cat intermediate.pem second.pem >two.pem
sign path-too-long.mobileconfig deep -certfile two.pem
ec constrained P-256; certificate constrained root constrained 20200101 20401231 'Constrained Intermediate'
ec constrained2 P-256; certificate constrained2 root non-critically-constrained 20200101 20401231 'Constrained Intermediate'
for names in email other-email excluded-host; do
	ec "$names" P-256; leaf "$names" constrained "$names"
	sign "name-constraints-critical-$names.mobileconfig" "$names" -certfile constrained.pem
	ec "$names" P-256; leaf "$names" constrained2 "$names"
	sign "name-constraints-$names.mobileconfig" "$names" -certfile constrained2.pem
done
# The common name is a host name.
ec host P-256; certificate host constrained2 signer 20260101 20351231 host.example.org
sign name-constraints-common-name.mobileconfig host -certfile constrained2.pem
ec encipherment P-256; leaf encipherment intermediate encipherment
sign not-for-signing.mobileconfig encipherment $chain
ec critical P-256; leaf critical intermediate critical
sign critical-extension.mobileconfig critical $chain
ec marked P-256; leaf marked intermediate marked
sign marked-by-apple.mobileconfig marked $chain
# An intermediate with the same name but another key.
ec false P-256; certificate false other authority 20200101 20401231 'Example Intermediate'
cat false.pem intermediate.pem >both.pem
sign same-name.mobileconfig p256 -certfile both.pem
sign false-issuer.mobileconfig p256 -certfile false.pem

# A root of version 1, which has no extensions.
ec old P-256
openssl req -new -key old.key -subj '/O=Example/CN=Old Root' -out old.csr
openssl ca -batch -notext -config ca.cnf -preserveDN -startdate 20200101000000Z -enddate 20491231235959Z \
	-selfsign -keyfile old.key -in old.csr -out old.pem 2>ca.log
cp old.pem "$here/v1-root.pem"
ec below-old P-256; leaf below-old old
sign v1-root.mobileconfig below-old
# A root that is included but not trusted, with an intermediate below it.
rsa unknown-intermediate 2048; certificate unknown-intermediate other authority 20200101 20401231 'Unknown Intermediate'
ec below-unknown P-256; leaf below-unknown unknown-intermediate
cat unknown-intermediate.pem other.pem >unknown.pem
sign untrusted-root.mobileconfig below-unknown -certfile unknown.pem
# Two intermediates with the same name and key: one below an unknown root, and an expired one below the trusted root.
rsa cross 2048
certificate cross root authority 20200101 20210101 'Cross Intermediate'; mv cross.pem cross-expired.pem
certificate cross other authority 20200101 20401231 'Cross Intermediate'
ec below-cross P-256; leaf below-cross cross
cat cross.pem cross-expired.pem >crosses.pem
sign expired-or-unknown.mobileconfig below-cross -certfile crosses.pem
sign expired-intermediate.mobileconfig below-cross -certfile cross-expired.pem

# A key that is kept, to sign and decrypt in tests. It protects nothing.
rsa identity 2048; leaf identity
cat identity.pem intermediate.pem identity.key >"$here/identity.pem"
# Encrypted for it, in other ways than this crate encrypts.
encrypt() { # file options...
	name=$1
	shift
	openssl cms -encrypt -binary -in plain.xml -outform DER -out "$here/encrypted-$name.p7m" "$@"
}
encrypt aes128 -aes-128-cbc identity.pem
encrypt aes192-streamed -stream -aes-192-cbc identity.pem
encrypt aes256-key-identifier -aes-256-cbc -keyid identity.pem
encrypt 3des -des3 identity.pem
encrypt several -aes-256-cbc rsa.pem p256.pem identity.pem
encrypt ec -aes-256-cbc p256.pem
encrypt oaep -aes-256-cbc -recip identity.pem -keyopt rsa_padding_mode:oaep
encrypt gcm -aes-256-gcm identity.pem
for names in ec-key:P-256 ec-384-key:P-384; do
	name=${names%:*}
	ec "$name" "${names#*:}"; leaf "$name"
	cat "$name.pem" intermediate.pem "$name.key" >"$here/$name.pem"
done
openssl pkey -in identity.key -traditional -out "$here/identity-pkcs1.key"
openssl pkey -in ec-key.key -traditional -out "$here/ec-key-sec1.key"
openssl pkey -in identity.key -aes256 -passout pass:secret -out "$here/identity-password.key"
openssl pkey -in identity.key -traditional -aes256 -passout pass:secret -out "$here/identity-password-pkcs1.key"

# What devices send: RSA with SHA-1.
rsa device 2048; leaf device
openssl cms -sign -binary -md sha1 -in plain.xml -signer device.pem -inkey device.key $chain -outform DER -out device.der
openssl base64 -A -in device.der -out "$here/mdm-signature.txt"
openssl cms -sign -binary -nodetach -md sha1 -in plain.xml -signer device.pem -inkey device.key $chain -outform DER -out device.der
openssl base64 -A -in device.der -out "$here/mdm-signature-attached.txt"
sign p384-sha1.mobileconfig p384 $chain -md sha1
sign p256-sha1.mobileconfig p256 $chain -md sha1 -noattr
sign rsa-pss-sha1.mobileconfig rsa $chain -md sha1 -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:digest
# An authority whose certificates are signed with SHA-1.
rsa weak 2048; certificate weak root authority 20200101 20401231 'Weak Intermediate' sha1
ec below-weak P-256; leaf below-weak weak
sign sha1-certificate.mobileconfig below-weak -certfile weak.pem

# The payloads of encrypted.mobileconfig, which is not signed itself.
printf '<plist version="1.0"><array/></plist>' >payloads.xml
openssl cms -encrypt -binary -aes-256-cbc -in payloads.xml -outform DER -out enveloped.der rsa.pem
cat >"$here/encrypted.mobileconfig" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
	<key>PayloadType</key>
	<string>Configuration</string>
	<key>PayloadVersion</key>
	<integer>1</integer>
	<key>PayloadIdentifier</key>
	<string>com.example.encrypted</string>
	<key>PayloadUUID</key>
	<string>65A1E5B6-6A09-4A66-92A0-9A9A4BD23E43</string>
	<key>EncryptedPayloadContent</key>
	<data>$(openssl base64 -A -in enveloped.der)</data>
</dict>
</plist>
XML
cp enveloped.der "$here/enveloped.p7m"
openssl cms -data_create -in plain.xml -outform DER -out "$here/data.p7"
