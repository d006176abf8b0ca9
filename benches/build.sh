#!/usr/bin/env bash
# How long builds of the crate take, as a table in Markdown: from nothing, and after changes. Everything is built in a folder of
# its own, which is removed at the end; dependencies must have been downloaded (`cargo fetch`). Nothing else should run meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."

export CARGO_TARGET_DIR
CARGO_TARGET_DIR=$(mktemp -d)
trap 'rm -rf "$CARGO_TARGET_DIR"' EXIT

# seconds COMMAND...: how long it takes, as the shell's clock has it.
seconds() {
    local start=$EPOCHREALTIME
    "$@" >/dev/null 2>&1
    awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f s", b - a }'
}

# The greatest memory of a process of the build, in MB, where GNU time is there.
peak() {
    if [ -x /usr/bin/time ]; then
        /usr/bin/time -f %M -o "$CARGO_TARGET_DIR/peak" "$@" >/dev/null 2>&1
        awk '{ printf "%d MB", $1 / 1024 }' "$CARGO_TARGET_DIR/peak"
    else
        "$@" >/dev/null 2>&1
        printf 'not measured'
    fi
}

echo "| build | time |"
echo "| --- | --- |"
echo "| from nothing, default features | $(seconds cargo build --lib) |"
# A comment changes no output, but the crate is compiled again.
touch src/lib.rs
echo "| the crate alone | $(CARGO_INCREMENTAL=0 seconds cargo build --lib) |"
touch src/lib.rs
echo "| the greatest memory of that | $(CARGO_INCREMENTAL=0 peak cargo build --lib) |"
yaml=schemas/mdm/commands/passcode.clear.yaml
cp -p "$yaml" "$CARGO_TARGET_DIR/yaml"
cargo build --lib >/dev/null 2>&1
sed -i 's/^title: .*/&s/' "$yaml"
time=$(seconds cargo build --lib)
cp -p "$CARGO_TARGET_DIR/yaml" "$yaml"
echo "| after a change to one YAML file | $time |"
mkdir "$CARGO_TARGET_DIR/out"
script=("$CARGO_TARGET_DIR"/debug/build/apple-mdm-*/build-script-build)
echo "| of that, generation (the build script, unoptimized) | $(OUT_DIR="$CARGO_TARGET_DIR/out" seconds "${script[0]}") |"
rm -rf "$CARGO_TARGET_DIR"/*
echo "| from nothing, \`commands\` alone | $(seconds cargo build --lib --no-default-features --features commands) |"
rm -rf "$CARGO_TARGET_DIR"/*
echo "| from nothing, optimized | $(seconds cargo build --lib --release) |"
