# shellcheck shell=bash disable=SC2034 # used by the scripts that source it
# Sourced by the scripts that install, remove and package: where every file goes, and speaking two languages.
# Expects `root`, the top of the repository. PREFIX and DESTDIR are read from the environment.

prefix=${PREFIX:-/usr/local}
dest=${DESTDIR:-}
bin=$prefix/bin
sbin=$prefix/sbin
units=$prefix/lib/systemd/system
settings=/etc/carevault/carevaultd.json
data=/var/lib/carevault

# Every file that is installed, but the settings: what to remove again.
installed_files() {
    printf '%s\n' "$bin/carevault" "$sbin/carevaultd" "$units/carevaultd.service" "$units/carevaultd.socket" \
        "$prefix/lib/sysusers.d/carevault.conf" "$prefix/lib/tmpfiles.d/carevault.conf"
    local program
    for program in carevault carevaultd; do
        printf '%s\n' "$prefix/share/bash-completion/completions/$program" \
            "$prefix/share/zsh/site-functions/_$program" "$prefix/share/fish/vendor_completions.d/$program.fish" \
            "$prefix/share/man/man1/$program.1" "$prefix/share/man/man8/$program.8" \
            "$prefix/share/man/zh_CN/man1/$program.1" "$prefix/share/man/zh_CN/man8/$program.8"
    done
}

# Whether people here read Chinese, as the programs judge: LC_ALL, LC_MESSAGES, LANG.
chinese=''
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
zh_TW* | zh_HK* | zh_MO* | zh*[Hh]ant*) ;;
zh*) chinese=yes ;;
esac

# say ENGLISH CHINESE: one line in the language of the locale.
say() { if [ -n "$chinese" ]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi; }

# fail ENGLISH CHINESE [HINT HINT]: says what went wrong and what to do, and ends.
fail() {
    if [ -n "$chinese" ]; then
        printf '错误：%s\n' "$2" >&2
        [ $# -lt 4 ] || printf '提示：%s\n' "$4" >&2
    else
        printf 'error: %s\n' "$1" >&2
        [ $# -lt 4 ] || printf 'hint: %s\n' "$3" >&2
    fi
    exit 1
}
