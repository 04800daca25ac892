# shellcheck shell=bash disable=SC2034 # used by the scripts that source it
# Sourced by the scripts that install, remove and package: where every file goes.
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
