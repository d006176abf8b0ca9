#!/bin/sh
# Regenerates the certificates in this folder: an authority, three devices and the signer of profiles below it, and a device below
# another authority. The keys of the authorities are discarded. Trust none of these certificates outside tests: their keys are public.
set -eu
cd "$(dirname "$0")"
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >ca.cnf <<'CNF'
[ca]
default_ca = any
[any]
new_certs_dir = .
database = index.txt
default_md = sha256
default_startdate = 20240101000000Z
default_enddate = 21240101000000Z
rand_serial = yes
unique_subject = no
policy = policy
[policy]
organizationName = supplied
commonName = supplied
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[device]
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
CNF
: >index.txt

# authority NAME COMMON-NAME
authority() {
    openssl req -new -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/O=Example/CN=$2"
    openssl ca -config ca.cnf -batch -notext -selfsign -keyfile "$1.key" -in "$1.csr" -out "$1.pem" -extensions authority
}

# device NAME AUTHORITY KIND-OF-KEY
device() {
    openssl req -new -newkey "$3" -nodes -keyout "$1.key" -out "$1.csr" -subj "/O=Example/CN=$1"
    openssl ca -config ca.cnf -batch -notext -cert "$2.pem" -keyfile "$2.key" -in "$1.csr" -out "$1.crt" -extensions device
    cat "$1.crt" "$1.key" >"$here/$1.pem"
}

openssl ecparam -name prime256v1 -out p256
authority authority "Example Device Authority"
authority other "Another Authority"
device device-1 authority rsa:2048
device device-2 authority ec:p256
device device-3 authority ec:p256
device profiles authority rsa:2048
device foreign other ec:p256
cp authority.pem "$here/authority.pem"
