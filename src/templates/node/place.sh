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

# What is done to one system waits for what is being done to it. A lock whose owner is gone is nobody's.
one_at_a_time() {
  local lock=$run/$1.lock owner
  mkdir -p "$run"
  until mkdir "$lock" 2>/dev/null; do
    owner=$(cat "$lock/pid" 2>/dev/null || true)
    if [[ -n $owner ]] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "$lock"
    else
      sleep 1
    fi
  done
  printf '%s\n' "$$" >"$lock/pid"
  held=$lock
  trap let_go EXIT
}

# Whether another process is at a system now.
is_someone_at() {
  local owner
  owner=$(cat "$run/$1.lock/pid" 2>/dev/null || true)
  [[ -n $owner && $owner != "$$" ]] && kill -0 "$owner" 2>/dev/null
}

let_go() {
  if [[ -n ${held:-} ]]; then rm -rf "$held"; fi
}

# A file is there whole or not at all, also when two write it at once.
put_file() {
  local file=$1 mode=${2:-600} new=$1.$BASHPID.new
  mkdir -p "$(dirname "$file")"
  cat >"$new" && chmod "$mode" "$new" && mv -f "$new" "$file"
}
