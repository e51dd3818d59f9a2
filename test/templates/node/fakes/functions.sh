# shellcheck shell=bash
# Every bash reads this before its script: what stands for a program is then a function, and so are the smallest of the
# real ones in the way in which a node uses them. To start programs took most of the time.
fakes=$(cd "${BASH_SOURCE[0]%/*}" && pwd)

# shellcheck source=/dev/null
{
  aws() ( source "$fakes/../../../docker/aws" )
  chronyc() ( source "$fakes/chronyc" )
  curl() ( source "$fakes/curl" )
  docker() ( source "$fakes/docker" )
  python3() ( source "$fakes/python3" )
  systemctl() ( source "$fakes/systemctl" )
}

# What is waited for here has happened, or never will: whoever counts how long it waited has soon waited long enough.
sleep() { if [[ -n ${waited:-} ]]; then waited=$((waited + $1 * 14)); fi; }

timeout() {
  if [[ $1 == -k ]]; then shift 2; fi
  "${@:2}"
}

cat() {
  local text=''
  if (($# > 1)) || [[ ${1:-} == -* || ( $# == 1 && ! -f $1 ) ]]; then
    command cat "$@"
  else
    IFS= read -rd '' text <"${1:-/dev/stdin}" || true
    printf '%s' "$text"
  fi
}

dirname() { printf '%s\n' "${1%/*}"; }

mkdir() {
  if [[ $1 == -p && $# == 2 && -d $2 ]]; then return 0; fi
  command mkdir "$@"
}


rm() {
  if [[ $1 == -f && $# == 2 && ! -e $2 ]]; then return 0; fi
  command rm "$@"
}

mktemp() {
  if (($# > 0)); then
    command mktemp "$@"
  else
    local name=${TMPDIR:-/tmp}/smart0dte.$$.$BASHPID.$RANDOM
    : >"$name" && printf '%s\n' "$name"
  fi
}

head() {
  local line=''
  if [[ $* != '-n 1' ]]; then
    command head "$@"
  elif IFS= read -r line || [[ -n $line ]]; then
    printf '%s\n' "$line"
  fi
}

date() { if [[ $* == +%s ]]; then printf '%s\n' "$EPOCHSECONDS"; else command date "$@"; fi; }
