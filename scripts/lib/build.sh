# shellcheck shell=bash disable=SC2154
# Sourced by the scripts beside it: messages, and the release programs. Expects `root`, the top of the repository.

# Where the programs are; set by `provide_programs`.
programs=''

# Says what went wrong, and what to do about it where there is something, and ends.
die() {
    printf 'error: %s\n' "$1" >&2
    [ $# -lt 2 ] || printf 'hint: %s\n' "$2" >&2
    exit 1
}

# Needs a Swift toolchain.
need_swift() {
    command -v swift >/dev/null || die "no swift on the PATH" \
        "CareVault needs a Swift 6.2 or later toolchain: https://www.swift.org/install/linux/debian/12/"
}

# Builds both programs with the Swift runtime inside, so that they run without a toolchain and under any account, or
# takes those in the directory CAREVAULT_BIN. Installs what building needs.
provide_programs() {
    if [ -n "${CAREVAULT_BIN:-}" ]; then
        programs=$(cd "$CAREVAULT_BIN" && pwd) || die "CAREVAULT_BIN: there is no directory $CAREVAULT_BIN"
        if [ ! -x "$programs/carevaultd" ] || [ ! -x "$programs/carevault" ]; then
            die "CAREVAULT_BIN: $programs holds no carevaultd and carevault"
        fi
        echo "    taking the programs in $programs, building nothing"
        return
    fi
    "$root/scripts/setup" build-essential libsodium-dev libsqlite3-dev python3
    need_swift
    local scratch=$root/.build-release log started=$SECONDS product
    log=$(mktemp)
    if [ -x "$scratch/release/carevaultd" ]; then
        echo "    building what changed since the last time …"
    else
        echo "    building the release programs; the first time takes about three to eight minutes …"
    fi
    for product in carevaultd carevault; do
        if ! (cd "$root" && swift build -c release --static-swift-stdlib --scratch-path "$scratch" \
            --product "$product") >"$log" 2>&1; then
            grep -E 'error:' "$log" >&2 || tail -n 20 "$log" >&2
            die "$product could not be built" "the whole output is in $log"
        fi
    done
    rm -f "$log"
    programs=$scratch/release
    echo "    built in $((SECONDS - started)) s"
}
