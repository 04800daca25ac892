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

zsh=$prefix/share/zsh/site-functions
[ "$prefix" != /usr ] || zsh=/usr/share/zsh/vendor-completions # where Debian's zsh looks for those of packages

# Every file that is installed and is there, but the settings: what to remove again. Without DESTDIR.
installed_files() {
    local file
    for file in "$bin/carevault" "$sbin/carevaultd" "$units"/carevaultd.{service,socket} \
        "$prefix/lib/sysusers.d/carevault.conf" "$prefix/lib/tmpfiles.d/carevault.conf" \
        "$prefix/share/bash-completion/completions"/carevault{,d} "$zsh"/_carevault{,d} \
        "$prefix/share/fish/vendor_completions.d"/carevault{,d}.fish \
        "$dest$prefix"/share/man/{,zh_CN/}man[158]/carevault*.[158]; do
        file=${file#"$dest"}
        [ ! -e "$dest$file" ] || printf '%s\n' "$file"
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
