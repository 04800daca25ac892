# shellcheck shell=bash disable=SC2154
# Sourced by the scripts beside it: an office of people who work with a vault of their own in a temporary directory.
# Expects `programs` (see build.sh). Makes, and at the end removes:
#
#   $work/bin            the programs, where every account can reach them
#   $work/vault          the daemon's: data and socket
#   $work/home/NAME      a person's own: key files
#   $work/desk           what is handed over between people: codes, words read out
#   $work/page           the printed page with the words of the vault
#   $memory/NAME         a person's own, in memory: the token of the login
#
# As root every person and the daemon have an account of their own, by number only, so that nothing is left behind in
# the system. As anybody else they share the account that runs this.

work='' memory='' mounted='' daemon='' shared=''
declare -A uid=()
group= # of all who may connect
office_locale=C.UTF-8 # in whose language the programs answer

# Makes the office for the daemon (`vault`) and the people named.
open_office() {
    work=$(mktemp -d "${TMPDIR:-/tmp}/carevault.XXXXXX")
    choose_accounts vault "$@"
    choose_memory
    mkdir -m 0711 "$work/home"
    mkdir -m 0755 "$work/bin" "$work/page"
    mkdir -m 0700 "$work/desk" "$work/vault" "$work/vault/data"
    cp "$programs/carevaultd" "$programs/carevault" "$work/bin/"
    chmod 0755 "$work/bin/"*
    local name
    for name in vault "$@"; do
        mkdir -m 0700 "$work/home/$name" "$memory/$name"
        own "$name" "$work/home/$name" "$memory/$name"
    done
    # The socket's directory lets in whoever is of the group; the data is the daemon's alone.
    mkdir -m 0750 "$work/socket"
    own vault "$work/socket" "$work/vault" "$work/vault/data"
}

# Finds numbers that no account, group or process has, or leaves `shared` set.
choose_accounts() {
    local name next
    shared=yes
    group=$(id -g)
    for name in "$@"; do uid[$name]=$(id -u); done
    [ "$(id -u)" -eq 0 ] || return 0
    for ((next = 64100; next < 65000; next += 20)); do
        numbers_are_free "$next" $((next + $#)) && break
    done
    setpriv --reuid "$next" --regid "$next" --clear-groups true 2>/dev/null || return 0
    shared=''
    group=$next
    for name in "$@"; do uid[$name]=$((++next)); done
    chmod 0711 "$work"
}

numbers_are_free() {
    local number
    for ((number = $1; number <= $2; number++)); do
        if getent passwd "$number" >/dev/null || getent group "$number" >/dev/null; then return 1; fi
        if [ -n "$(find /proc -maxdepth 1 -uid "$number" -print -quit 2>/dev/null)" ]; then return 1; fi
    done
}

# Tokens of logins are kept in memory, never on a disk.
choose_memory() {
    local base
    for base in /dev/shm "${XDG_RUNTIME_DIR:-}"; do
        if [ -z "$base" ] || [ ! -w "$base" ] || [ "$(stat -f -c %T "$base")" != tmpfs ]; then continue; fi
        memory=$(mktemp -d "$base/carevault.XXXXXX")
        chmod 0711 "$memory"
        return
    done
    memory=$work/memory
    mkdir -m 0711 "$memory"
    if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o mode=0711,size=16m tmpfs "$memory" 2>/dev/null; then
        mounted=yes
    else
        fail "there is no directory in memory to keep logins in" "没有可保存登录的内存目录" \
            "mount a tmpfs on /dev/shm, or set XDG_RUNTIME_DIR to one" \
            "请在 /dev/shm 挂载 tmpfs，或将 XDG_RUNTIME_DIR 设为其一"
    fi
}

# own NAME FILE…: makes files a person's own.
own() {
    local name=$1
    shift
    [ -n "$shared" ] || chown "${uid[$name]}:$group" "$@"
}

# become NAME: sets `become` to the words that run a command as that person, with nothing else in its environment.
become() {
    become=(env -i "PATH=$PATH" "HOME=$work/home/$1" "XDG_RUNTIME_DIR=$memory/$1" "CAREVAULT_SOCKET=$work/socket/s"
        "LC_ALL=$office_locale" TERM=dumb SWIFT_BACKTRACE=enable=no)
    [ -n "$shared" ] || become=(setpriv --reuid "${uid[$1]}" --regid "$group" --clear-groups "${become[@]}")
}

# as NAME ARGUMENT…: the client, run by that person.
as() {
    local become name=$1 login=()
    shift
    become "$name"
    # Only people who share an account have to say who they are.
    [ -z "$shared" ] || login=(--login "$name")
    (cd "$work" && exec "${become[@]}" "$work/bin/carevault" "${login[@]}" "$@")
}

# text KEY: the text, or the words, under a key of the JSON object on standard input.
text() {
    python3 -c 'import json, sys
value = json.load(sys.stdin)[sys.argv[1]]
print(" ".join(value) if isinstance(value, list) else value)' "$1"
}

# start_daemon: starts it and waits until it answers.
start_daemon() {
    local become try
    become vault
    (cd "$work" && exec "${become[@]}" "$work/bin/carevaultd" run --data "$work/vault/data" \
        --socket "$work/socket/s") >>"$work/daemon.log" 2>&1 &
    daemon=$!
    for ((try = 0; try < 100; try++)); do
        as vault status --json >/dev/null 2>&1 && return
        kill -0 "$daemon" 2>/dev/null || break
        sleep 0.1
    done
    tail -n 5 "$work/daemon.log" >&2
    fail "the daemon did not start; the last lines of its log stand above" "守护进程未能启动；以上是其日志的最后几行"
}

stop_daemon() {
    [ -n "$daemon" ] || return 0
    kill "$daemon" 2>/dev/null || true
    wait "$daemon" 2>/dev/null || true
    daemon=''
}

# Makes a vault whose first operator is NAME, starts the daemon and unseals.
make_vault() {
    local name=$1 become options=()
    become vault
    if [ -n "$shared" ]; then options=(--shared-uid); fi
    (cd "$work" && exec "${become[@]}" "$work/bin/carevaultd" init --data "$work/vault/data" --operator "$name" \
        --operator-uid "${uid[$name]}" "${options[@]}" --seal-key-file "$work/home/vault/seal.key" \
        --operator-key-file "$work/home/vault/operator.key" --json) >"$work/page/init.json"
    # The two secrets go to the operator's own drawer.
    mv "$work/home/vault/seal.key" "$work/home/$name/seal.key"
    mv "$work/home/vault/operator.key" "$work/home/$name/own.key"
    own "$name" "$work/home/$name/seal.key" "$work/home/$name/own.key"
    start_daemon
    as "$name" unseal --key-file "$work/home/$name/seal.key" >/dev/null
    as "$name" login --key-file "$work/home/$name/own.key" >/dev/null
}

# enlist OPERATOR NAME: the operator enlists a person and hands over the one-time code.
enlist() {
    as "$1" principal enlist "$2" --uid "${uid[$2]}" --json | text code >"$work/desk/$2.code"
}

# enrol NAME OPTION…: the person makes a secret of their own and reads twelve words out.
enrol() {
    local name=$1
    shift
    as "$name" enrol --code-file - --new-key-file "$work/home/$name/own.key" --json "$@" \
        <"$work/desk/$name.code" | text fingerprint_words >"$work/desk/$name.words"
    rm -f "$work/desk/$name.code"
}

# login NAME OPTION…
login() {
    local name=$1
    shift
    as "$name" login --key-file "$work/home/$name/own.key" "$@" >/dev/null
}

# found_vault OPERATOR CUSTODIAN AUDITOR: the three sign the founding, and the vault's words are printed.
found_vault() {
    enlist "$1" "$2"
    enlist "$1" "$3"
    enrol "$2" --as custodian
    enrol "$3" --as auditor
    login "$2"
    login "$3"
    as "$2" found --other-words-file - <"$work/desk/$3.words" >/dev/null 2>&1
    as "$3" found --other-words-file - --json <"$work/desk/$2.words" 2>/dev/null |
        text vault_fingerprint >"$work/page/vault.words"
    chmod 0644 "$work/page/vault.words"
    # Their first logins knew no compartments and no audit key yet.
    login "$2"
    login "$3"
}

# admit OPERATOR CUSTODIAN NAME ROLE…: enlists, enrols and grants.
admit() {
    local custodian=$2 name=$3 role roles=()
    enlist "$1" "$name"
    shift 3
    for role in "$@"; do roles+=(--role "$role"); done
    enrol "$name" --vault-words-file "$work/page/vault.words"
    as "$custodian" grant "$name" "${roles[@]}" --words-file - <"$work/desk/$name.words" >/dev/null
}

# Stops what runs and removes everything.
close_office() {
    stop_daemon
    [ -z "$mounted" ] || umount "$memory" 2>/dev/null || true
    [ -z "$memory" ] || rm -rf "$memory"
    [ -z "$work" ] || rm -rf "$work"
    work='' memory=''
}
