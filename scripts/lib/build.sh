# shellcheck shell=bash disable=SC2154
# Sourced by the scripts beside it: messages, and the release programs. Expects `root`, the top of the repository.

# shellcheck source=SCRIPTDIR/language.sh
source "$root/scripts/lib/language.sh"

# Where the programs are; set by `provide_programs`.
programs=''

# For the tools of developers: says what went wrong, and what to do where there is something, and ends.
die() {
    printf 'error: %s\n' "$1" >&2
    [ $# -lt 2 ] || printf 'hint: %s\n' "$2" >&2
    exit 1
}

# Needs a Swift toolchain.
need_swift() {
    command -v swift >/dev/null || fail "no swift on the PATH" "PATH 中没有 swift" \
        "CareVault needs a Swift 6.2 or later toolchain: https://www.swift.org/install/linux/debian/12/" \
        "CareVault 需要 Swift 6.2 或更高版本的工具链：https://www.swift.org/install/linux/debian/12/"
}

# Builds both programs with the Swift runtime inside, so that they run without a toolchain and under any account, or
# takes those in the directory CAREVAULT_BIN. Installs what building needs.
provide_programs() {
    if [ -n "${CAREVAULT_BIN:-}" ]; then
        programs=$(cd "$CAREVAULT_BIN" && pwd) ||
            fail "CAREVAULT_BIN: there is no directory $CAREVAULT_BIN" "CAREVAULT_BIN：没有目录 $CAREVAULT_BIN"
        if [ ! -x "$programs/carevaultd" ] || [ ! -x "$programs/carevault" ]; then
            fail "CAREVAULT_BIN: $programs holds no carevaultd and carevault" \
                "CAREVAULT_BIN：$programs 中没有 carevaultd 和 carevault"
        fi
        say "    taking the programs in $programs, building nothing" "    使用 $programs 中的程序，不进行构建"
        return
    fi
    "$root/scripts/setup" build-essential libsodium-dev libsqlite3-dev python3
    need_swift
    local scratch=$root/.build-release log started=$SECONDS product
    log=$(mktemp)
    if [ -x "$scratch/release/carevaultd" ]; then
        say "    building what changed since the last time …" "    正在构建上次之后的改动……"
    else
        say "    building the release programs; the first time takes about three to eight minutes …" \
            "    正在构建发行版程序；首次约需三到八分钟……"
    fi
    for product in carevaultd carevault; do
        if ! (cd "$root" && swift build -c release --static-swift-stdlib --scratch-path "$scratch" \
            --product "$product") >"$log" 2>&1; then
            grep -E 'error:' "$log" >&2 || tail -n 20 "$log" >&2
            fail "$product could not be built" "$product 构建失败" "the whole output is in $log" "完整输出在 $log"
        fi
    done
    rm -f "$log"
    programs=$scratch/release
    say "    built in $((SECONDS - started)) s" "    构建用时 $((SECONDS - started)) 秒"
}
