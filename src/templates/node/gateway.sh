# shellcheck shell=bash
# The gateways to the broker, "paper" and "live": at most one of each, on a network of its own for every system. Which of
# them a system finds decides how it trades, whatever its variables say.

kind_of() { if [[ $1 == live ]]; then printf live; else printf paper; fi; }

gateway_network() { printf 'smart0dte-gateway-%s-%s' "$1" "$2"; }

have_gateway_networks() {
  local system name
  for system in smart-0dte mag7-7dte; do
    name=$(gateway_network "$1" "$system")
    if docker network inspect "$name" >/dev/null 2>&1; then continue; fi
    docker network create "$name" >/dev/null 2>&1 || docker network inspect "$name" >/dev/null || return 1
  done
}

gateway_container() { container_of "smart0dte-gateway-$1" gateway; }

gateway_says() {
  if [[ -z ${gateway_setting:-} ]]; then gateway_setting=$(parameter settings/gateway) || return 1; fi
  setting "$gateway_setting" "$1"
}

# Starts a gateway, or makes it anew where it is to take orders and took none, or the other way round. The credentials
# are forgotten again at once: what a system prints is masked by a file that outlives them.
gateway_up() {
  local kind=$1 status=0
  shift
  start_gateway "$kind" "$@" || status=$?
  unset "secret_texts[broker-$kind/keys]" "secret_values[broker-$kind/keys#IBKR_USERNAME]" "secret_values[broker-$kind/keys#IBKR_PASSWORD]"
  secret=''
  return "$status"
}

start_gateway() {
  local kind=$1 read_only=$2 image user password output place=$run/gateway/$1
  shift 2
  image=$(gateway_says image) || return 1
  if [[ ! $image =~ ^[a-z0-9][A-Za-z0-9./:_-]*@sha256:[0-9a-f]{64}$ ]]; then
    why="$path/settings/gateway names no image of the gateway by its digest"
    return 1
  fi
  read_secret "broker-$kind/keys#IBKR_USERNAME" && user=$secret && read_secret "broker-$kind/keys#IBKR_PASSWORD" && password=$secret || return 1
  if [[ $user == unset || $password == unset ]]; then
    why="the broker's $kind credentials are still placeholders: $folder/broker-$kind/keys"
    return 1
  fi
  read_secret node/generated#GATEWAY_SCREEN_PASSWORD || return 1
  # The gateway's own user reads them; on the node nobody but root comes as far as this folder.
  install -d -m 0700 "$run/gateway" && install -d -m 0755 "$place"
  # The image takes a file for the password alone; arguments and environments of processes can be read by others.
  if ! env_line TWS_USERID "$user" | put_file "$place.env"; then
    why="the broker's $kind user name cannot be handed to Docker Compose"
    return 1
  fi
  printf '%s' "$password" | put_file "$place/password" 444
  printf '%s' "$secret" | put_file "$place/screen" 444
  have_gateway_networks "$kind" || return 1
  output=$(mktemp)
  if ! GATEWAY_READ_ONLY=$read_only on_gateway "$kind" "$image" up -d "$@" </dev/null >"$output" 2>&1; then
    why="the $kind gateway could not be started: $(in_words "$output")$(last_lines "$output" 5)"
    rm -f "$output"
    return 1
  fi
  rm -f "$output"
}

# Docker Compose on a gateway.
on_gateway() {
  local kind=$1 image=$2 screen=5902
  shift 2
  if [[ $kind == live ]]; then screen=5901; fi
  GATEWAY_IMAGE=$image GATEWAY_KIND=$kind GATEWAY_SCREEN=$screen GATEWAY_FOLDER=$run/gateway/$kind \
    docker compose -p "smart0dte-gateway-$kind" -f "$here/gateway.compose.yaml" "$@"
}

# Without its container there is nothing that could trade, and without the files nothing to start it with.
gateway_down() {
  local id
  rm -rf "${run:?}/gateway/$1" "$run/gateway/$1.env"
  id=$(gateway_container "$1")
  if [[ -z $id ]]; then return 0; fi
  if ! docker stop -t 10 "$id" >/dev/null 2>&1 || ! docker rm -f "$id" >/dev/null 2>&1; then
    why="the $1 gateway could not be removed"
    return 1
  fi
}

# Two systems may start at once.
with_gateways() { with_lock gateways "$@"; }

# The gateways that are left are those that systems here have use of, and the one that is wanted now. Where the record
# cannot be read, all stay.
tend_gateways() {
  local home system paper='' live='' mode ordered trader
  if [[ ${1:-} == live ]]; then live=yes; fi
  if [[ -z $record ]]; then return 0; fi
  for home in "$state"/systems/*/; do
    system=$(basename "$home")
    if [[ ! -d $home ]]; then continue; fi
    look_up "$system"
    if [[ $trader == "$INSTANCE" && $mode != live ]]; then paper=yes; fi
    if [[ -n $(marked "$system" prepared) || ( $mode == live && $(marked "$system" trades) == 'live '* ) ]]; then live=yes; fi
  done
  if [[ -z $live ]]; then gateway_down live || say "$why"; fi
  if [[ -z $paper ]]; then
    gateway_down paper || say "$why"
  elif [[ -n $(gateway_says image) ]]; then
    gateway_up paper no || say "${why:-the paper gateway could not be started}"
  fi
  why=''
}

# Another system trades live through it: it is not to be touched for this one.
live_elsewhere() {
  local file
  for file in "$run"/trading/*.trades; do
    if [[ $file != "$run/trading/$1.trades" && $(cat "$file" 2>/dev/null || true) == 'live '* ]]; then return 0; fi
  done
  return 1
}

# The accounts that a gateway is logged in to, as the broker's interface says; nothing where it is not.
gateway_account() {
  local id address port
  id=$(gateway_container "$1")
  if [[ -z $id ]]; then return 0; fi
  address=$(json_field "$(docker inspect --format '{{json .NetworkSettings.Networks}}' "$id" 2>/dev/null)" IPAddress) || return 0
  port=$(gateway_says "$1Port") || return 0
  if [[ -z $port ]]; then port=$(if [[ $1 == live ]]; then printf 4003; else printf 4004; fi); fi
  timeout 10 python3 "$here/probe.py" account "$address" "$port" 990 2>/dev/null </dev/null || true
}

await_account() {
  local waited=0 account
  until account=$(gateway_account "$1") && [[ -n $account ]]; do
    if ((waited >= ${2:-240})); then
      why="the $1 gateway is not logged in after $waited s: confirm the second factor, or look at its screen with: smart0dte gateway login"
      return 1
    fi
    sleep 4
    waited=$((waited + 4))
  done
}

# Whether the container of a gateway takes no orders: yes, no, or unknown.
gateway_read_only() {
  local id
  id=$(gateway_container "$1")
  case $(variable_in "$id" READ_ONLY_API) in
    yes) printf yes ;;
    no) printf no ;;
    *) printf unknown ;;
  esac
}

# A variable of a container, as it was made with it.
variable_in() {
  local variables pattern="[[,]\"$2=(([^\"\\\\]|\\\\.)*)\""
  if [[ -z $1 ]]; then return 0; fi
  variables=$(docker inspect --format '{{json .Config.Env}}' "$1" 2>/dev/null || true)
  if [[ $variables =~ $pattern ]]; then printf '%s' "${BASH_REMATCH[1]}"; fi
}
