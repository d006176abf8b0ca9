#!/usr/bin/env bash
# What builds of the crate cost the one who depends on it, as a table in Markdown. A program of three lines is made that depends on
# this crate with cargo's own profiles, and built from nothing and after changes, in a folder that is removed at the end.
# Dependencies must have been downloaded (`cargo fetch`). Nothing else should run meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."
crate=$PWD

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CARGO_TARGET_DIR=$work/target

# program NAME DEPENDENCY: a program that depends on the crate so.
program() {
    mkdir -p "$work/$1/src"
    printf '[package]\nname = "program"\nedition = "2024"\n[dependencies]\napple-mdm = { path = "%s"%s }\n[workspace]\n' \
        "$crate" "$2" >"$work/$1/Cargo.toml"
    printf 'fn main() {\n    println!("{}", apple_mdm::schema::items().count());\n}\n' >"$work/$1/src/main.rs"
    cp "$crate/Cargo.lock" "$work/$1/Cargo.lock"
}
program default ''
program commands ', default-features = false, features = ["commands"]'
program profiles ', default-features = false, features = ["profiles"]'
program lint ', features = ["lint"]'

# row NAME COMMAND...: how long it takes, as the shell's clock has it.
row() {
    local name=$1 start=$EPOCHREALTIME
    shift
    "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    awk -v name="$name" -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "| %s | %.1f s |\n", name, b - a }'
}

# build DIR [ARGUMENT...]: cargo in one of the programs, as a registry's dependency is built: whole.
build() {
    local dir=$1
    shift
    (cd "$work/$dir" && CARGO_INCREMENTAL=0 cargo "$@" --offline)
}

echo '| build | time |'
echo '| --- | --- |'
row 'from nothing, default features' build default build
touch src/lib.rs
row 'of that, the crate alone' build default build
touch src/lib.rs
if [ -x /usr/bin/time ]; then
    (cd "$work/default" && CARGO_INCREMENTAL=0 /usr/bin/time -f %M -o "$work/peak" cargo build --offline >/dev/null 2>&1)
    awk '{ printf "| the most memory of a compiler of that | %d MB |\n", $1 / 1024 }' "$work/peak"
fi
yaml=schemas/mdm/commands/passcode.clear.yaml
cp -p "$yaml" "$work/yaml"
trap 'cp -p "$work/yaml" "$crate/$yaml"; rm -rf "$work"' EXIT
sed -i 's/^title: .*/&s/' "$yaml"
(cd "$work/default" && cargo build --offline >/dev/null 2>&1)
cp -p "$work/yaml" "$yaml"
touch "$yaml"
row 'after a change to one YAML file' env -C "$work/default" cargo build --offline
script=$(ls -t "$CARGO_TARGET_DIR"/debug/build/apple-mdm-*/build-script-build | head -1)
mkdir "$work/out"
row 'of that, generation in the build script' env OUT_DIR="$work/out" CARGO_FEATURE_COMMANDS=1 CARGO_FEATURE_PROFILES=1 \
    CARGO_FEATURE_DECLARATIONS=1 CARGO_FEATURE_CHECKIN=1 "$script"
for name in commands profiles lint; do
    rm -rf "$CARGO_TARGET_DIR"
    row "from nothing, \`$name\`" build "$name" build
done
rm -rf "$CARGO_TARGET_DIR"
row 'from nothing, `cargo check`' build default check
rm -rf "$CARGO_TARGET_DIR"
row 'from nothing, `cargo doc --no-deps` of the crate' cargo doc --no-deps --offline -p apple-mdm
rm -rf "$CARGO_TARGET_DIR"
row 'from nothing, optimized' build default build --release

echo
echo '| generated for | lines | KB |'
echo '| --- | --- | --- |'
wc -lc "$work"/out/*.rs | awk '{ name = $3; sub(/.*\//, "", name); sub(/\.rs$/, "", name); printf "| %s | %d | %d |\n", name, $1, $2 / 1000 }'
