#!/usr/bin/env bash
# Measures how long builds with this crate as a dependency take, and prints a Markdown table: `benches/build.sh [TURNS]`. It creates a
# program of three lines that depends on the crate, and builds it from scratch and after changes, in a temporary folder. Each turn
# measures everything once, and the fastest turn counts. The default is 2 turns.
# Run `cargo fetch` first, and nothing else meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."
crate=$PWD
turns=${1:-2}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CARGO_TARGET_DIR=$work/target
unset APPLE_MDM_ITEMS APPLE_MDM_SCHEMAS

# program NAME OPTIONS: creates a program that depends on the crate with these options.
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

# The rows and their shortest times.
rows=()
declare -A shortest

# row NAME COMMAND...: measures the command.
row() {
    local name=$1 start=$EPOCHREALTIME time
    shift
    "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    time=$(awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')
    if [ -z "${shortest[$name]-}" ]; then
        rows+=("$name")
        shortest[$name]=$time
    fi
    shortest[$name]=$(printf '%s\n' "$time" "${shortest[$name]}" | sort -g | head -1)
}

# build DIR [ARGUMENT...]: runs cargo in one of the programs, without incremental compilation, as for dependencies from a registry.
build() {
    local dir=$1
    shift
    (cd "$work/$dir" && CARGO_INCREMENTAL=0 cargo "$@" --offline)
}

# clean NAME COMMAND...: measures the command after deleting all build results.
clean() {
    rm -rf "$CARGO_TARGET_DIR"
    row "from scratch, $1" "${@:2}"
}

yaml=schemas/mdm/commands/passcode.clear.yaml
cp -p "$yaml" "$work/yaml"
trap 'cp -p "$work/yaml" "$crate/$yaml"; rm -rf "$work"' EXIT
for _ in $(seq "$turns"); do
    clean 'default features' build default build
    touch src/lib.rs
    row 'of that, the crate alone' build default build
    if [ -x /usr/bin/time ] && [ ! -e "$work/peak" ]; then
        touch src/lib.rs
        (cd "$work/default" && CARGO_INCREMENTAL=0 /usr/bin/time -f %M -o "$work/peak" cargo build --offline >/dev/null 2>&1)
    fi
    sed -i 's/^title: .*/&s/' "$yaml"
    (cd "$work/default" && cargo build --offline >/dev/null 2>&1)
    cp -p "$work/yaml" "$yaml"
    touch "$yaml"
    row 'after a change to one YAML file' env -C "$work/default" cargo build --offline
    script=$(ls -t "$CARGO_TARGET_DIR"/debug/build/apple-mdm-*/build-script-build | head -1)
    mkdir -p "$work/out"
    row 'of that, generation in the build script' env OUT_DIR="$work/out" CARGO_FEATURE_COMMANDS=1 CARGO_FEATURE_PROFILES=1 \
        CARGO_FEATURE_DECLARATIONS=1 CARGO_FEATURE_CHECKIN=1 "$script"
    for name in commands profiles lint; do
        clean "\`$name\`" build "$name" build
    done
    export APPLE_MDM_ITEMS=Passcode,WiFi,Restrictions
    clean '`profiles`, three payloads by `APPLE_MDM_ITEMS`' build profiles build
    touch src/lib.rs
    row 'of that, the crate alone with three payloads' build profiles build
    unset APPLE_MDM_ITEMS
    clean '`cargo check`' build default check
    clean '`cargo doc --no-deps` of the crate' cargo doc --no-deps --offline -p apple-mdm
    clean 'optimized' build default build --release
done

echo '| build | time |'
echo '| --- | --- |'
for name in "${rows[@]}"; do
    echo "| $name | ${shortest[$name]} s |"
done
if [ -e "$work/peak" ]; then
    awk '{ printf "| peak memory of the compiler | %d MB |\n", $1 / 1024 }' "$work/peak"
fi
echo
echo '| generated for | lines | KB |'
echo '| --- | --- | --- |'
wc -lc "$work"/out/*.rs | awk '{ name = $3; sub(/.*\//, "", name); sub(/\.rs$/, "", name); printf "| %s | %d | %d |\n", name, $1, $2 / 1000 }'
