# shellcheck shell=bash
# Sourced by the scripts that people run in an office: speaking two languages.

# Whether people here read Chinese, as the programs judge: LC_ALL, LC_MESSAGES, LANG.
chinese=''
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
zh_TW* | zh_HK* | zh_MO* | zh*[Hh]ant*) ;;
zh*) chinese=yes ;;
esac

# speak TAG: the language that --language asks for, as the programs take it.
speak() {
    case $1 in
    en | en[_-]*) chinese='' ;;
    zh_TW* | zh_HK* | zh_MO* | zh*[Hh]ant*) no_language "$1" ;;
    zh | zh[_-]*) chinese=yes ;;
    *) no_language "$1" ;;
    esac
}
no_language() { fail "there is no language $1" "没有语言 $1" "use en or zh" "请用 en 或 zh"; }

# take_language ARGUMENT…: speaks the language of `--language TAG`; the other arguments are left in `arguments`.
arguments=()
take_language() {
    arguments=()
    while [ $# -gt 0 ]; do
        case $1 in
        --language=*) speak "${1#--language=}" ;;
        --language)
            [ $# -gt 1 ] || fail "--language needs a value" "--language 需要一个值" "use en or zh" "请用 en 或 zh"
            speak "$2"
            shift
            ;;
        *) arguments+=("$1") ;;
        esac
        shift
    done
}

# say ENGLISH CHINESE: one line in that language.
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
