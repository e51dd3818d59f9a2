# shellcheck shell=bash
# Where things are on a node, and who it is. In the sandbox all of it stands below a folder.
root=${SMART0DTE_ROOT:-}
etc=$root/etc/smart0dte
state=$root/var/lib/smart0dte
run=$root/run/smart0dte
plugins=$root/usr/local/lib/docker/cli-plugins
units=$root/etc/systemd/system
certificates=$root/etc/smart0dte/rds.pem

say() { printf '%s\n' "$*" >&2; }

# The reason is kept in a file, because this may be said in a subshell.
die() {
  say "$1"
  mkdir -p "$run"
  printf '%s' "$1" >"$run/why.$$"
  exit "${2:-1}"
}

# What this instance is, as its first start has found it: SCOPE REGION BUCKET FILES ADDRESS INSTANCE.
load_node() {
  [[ -r $etc/node.env ]] || die "this node has not finished its first start: $etc/node.env is not there yet"
  # shellcheck source=/dev/null
  source "$etc/node.env"
  : "${SCOPE:?}" "${REGION:?}" "${BUCKET:?}" "${FILES:?}" "${ADDRESS:?}" "${INSTANCE:?}"
  export AWS_DEFAULT_REGION=$REGION
  path=/smart0dte/${SCOPE//+/-}
  folder=smart0dte/${SCOPE//+/-}
  store=s3://$BUCKET/environments/$SCOPE
}

check_system() {
  [[ $1 == smart-0dte || $1 == mag7-7dte ]] || die "\"$1\" is no system: smart-0dte or mag7-7dte" 2
}

# The lock of a system, as long as this process has it.
held=''

# What is done to one system waits for what is being done to it. The lock ends with whoever has it.
one_at_a_time() {
  open_lock "$1"
  flock "$held"
}

# For who waits for nobody: with the lock where that is free, and else without it.
at_once() {
  local system=$1 own='' status=0
  shift
  if [[ -z $held ]] && have_if_free "$system"; then own=yes; fi
  "$@" || status=$?
  if [[ -n $own ]]; then let_go; fi
  return "$status"
}

have_if_free() {
  if open_lock "$1" && flock -n "$held"; then return 0; fi
  let_go
  return 1
}

open_lock() {
  mkdir -p "$run"
  exec {held}>"$run/$1.lock"
}

let_go() {
  if [[ -n $held ]]; then exec {held}>&-; fi
  held=''
}

# For what no system has for itself. Not to be asked for again by who has it.
with_lock() {
  local lock status=0
  mkdir -p "$run"
  exec {lock}>"$run/$1.lock"
  flock "$lock"
  "${@:2}" || status=$?
  exec {lock}>&-
  return "$status"
}

# A file is there whole or not at all, also when two write it at once.
put_file() {
  local file=$1 mode=${2:-600} new=$1.$BASHPID.new
  mkdir -p "$(dirname "$file")"
  cat >"$new" && chmod "$mode" "$new" && mv -f "$new" "$file"
}
