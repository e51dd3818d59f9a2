# shellcheck shell=bash
# What an operator may do with the containers of a system: a few verbs, and arguments that were checked twice.

run_compose() {
  local system=$1 verb=$2 service=${3:-} lines=${4:-} since=${5:-} command=${6:-} version
  if [[ $service == none ]]; then service=''; fi
  [[ -z $service || $service =~ ^[a-z0-9][a-z0-9_.-]{0,62}$ ]] || die "\"$service\" is no name of a service" 2
  [[ -z $lines || $lines =~ ^[0-9]{1,5}$ ]] || die "\"$lines\" is no number of lines" 2
  [[ -z $since || $since =~ ^[0-9TZ:.+-]{1,40}$ ]] || die "\"$since\" is no time" 2
  case $verb in
    mode | gateway-status | gateway-restart)
      telling "$system"
      ask_trading "$system" "$verb"
      return 0
      ;;
  esac
  version=$(version_to_ask "$system")
  if [[ -n $service ]] && ! services_of "$version" | grep -qxF -- "$service"; then
    die "$system has no service \"$service\": it has $(services_of "$version" | tr '\n' ' ')" 2
  fi
  case $verb in
    ps) show_containers "$system" "$version" "$service" ;;
    logs) show_logs "$system" "$version" "$service" "${lines:-100}" "$since" ;;
    restart) restart_services "$system" "$version" "$service" ;;
    stop) compose_on "$system" "$version" stop ${service:+"$service"} ;;
    start) start_services "$system" "$version" "$service" ;;
    positions | orders)
      telling "$system"
      ask_system "$system" "$version" "$verb"
      ;;
    exec)
      [[ -n $service ]] || die "exec wants the name of a service" 2
      command=$(printf '%s' "$command" | base64 -d) || die "the command is not base64" 2
      [[ -n $command ]] || die "exec wants a command" 2
      run_in_service "$system" "$service" "$command"
      ;;
    *) die "\"$verb\" is none of ps, logs, restart, stop, start, exec, positions, orders, mode, gateway-status, gateway-restart" 2 ;;
  esac
}

# A line for each: service, state, health, ports.
show_containers() {
  local name id state health ports
  for name in ${3:-$(services_of "$2")}; do
    id=$(container_of "$1" "$name")
    if [[ -z $id ]]; then
      printf '%s\tnone\t-\t-\n' "$name"
      continue
    fi
    state=$(docker inspect --format '{{.State.Status}}' "$id")
    health=$(ask_container "$1" "$name")
    if [[ $health == healthy ]]; then health=$(ask_port "$(setting "$(cat "$2/setting")" "health.$name")"); fi
    ports=$(sed -n "/^  $name:/,/^  [a-z0-9]/s/^ *- \\(.*:[0-9]*:[0-9]*\\)$/\\1/p" "$2/override.yaml" | head -n 1)
    printf '%s\t%s\t%s\t%s\n' "$name" "$state" "$(healthy_or_not "$health")" "${ports:--}"
  done
}

# Oldest first, each line with its service and its time, and with no secret that an application may have printed.
show_logs() {
  local name id
  for name in ${3:-$(services_of "$2")}; do
    id=$(container_of "$1" "$name")
    if [[ -n $id ]]; then docker logs --timestamps --tail "$4" ${5:+--since "$5"} "$id" 2>&1 | sed "s/^/$name | /"; fi
  done | sort -s -t '|' -k 2,2 | mask "$1"
}

# Whoever is in a container beside the live gateway can place orders, also after a halt by the system's own command. What
# was looked at is what the command runs in: a container that is made anew meanwhile has another id.
run_in_service() {
  local system=$1 service=$2 command=$3 id networks
  not_while_live "$system"
  [[ -z $(marked "$system" prepared) ]] || die "$system is on its way to live on this node: wait for its end, or halt it first"
  id=$(docker ps -q --filter "label=com.docker.compose.project=$system" --filter "label=com.docker.compose.service=$service" | head -n 1)
  [[ -n $id ]] || die "no container of $service of $system is running"
  networks=$(docker inspect --format '{{json .NetworkSettings.Networks}}' "$id") || die "nobody knows which gateway $service of $system reaches"
  [[ $networks != *'"smart0dte-gateway-live-'* ]] || die "$service of $system still reaches the live gateway: bring it back to paper first"
  # Both outputs are kept by AWS; they stay apart, and the code is the command's own.
  { docker exec "$id" sh -c "$command" </dev/null 2>&1 >&3 3>&- | mask "$system" >&2; } 3>&1 | mask "$system"
}

# Made anew, since a container that is only restarted keeps the secrets that it was made with.
restart_services() {
  local system=$1 version=$2 service=$3
  one_at_a_time "$system"
  may_begin "$system" "$version" "$service"
  # shellcheck disable=SC2046
  render_environment "$system" "$(cat "$version/setting")" $(services_of "$version") || die "${why:-the environment of $system could not be written}"
  if [[ -z $service ]]; then
    bring_up "$system" "$version" --force-recreate
  else
    compose_on "$system" "$version" up -d --no-build --no-deps --force-recreate "$service" </dev/null
  fi
  still_may "$system" || die "$why"
}

# As they were made.
start_services() {
  local system=$1 version=$2 service=$3 names=()
  one_at_a_time "$system"
  may_begin "$system" "$version" "$service"
  if [[ -n $service ]]; then
    names=("$service")
  elif [[ $may == no ]]; then
    mapfile -t names < <(others_of "$version")
    if ((${#names[@]} == 0)); then die "$system has no service but those that trade: $may_not"; fi
  fi
  if [[ $may == yes ]]; then
    compose_on "$system" "$version" start "${names[@]}"
  else
    # Compose starts what a service depends on together with it, and that may be what trades.
    compose_on "$system" "$version" up -d --no-build --no-deps --no-recreate "${names[@]}" </dev/null
  fi
  still_may "$system" || die "$why"
}

# A service that trades is begun only where the system may; of all of them, only the others.
may_begin() {
  local system=$1 version=$2 service=$3
  may_trade "$system"
  if [[ $may == yes ]]; then
    mark "$system" trades "$mode $epoch"
  elif [[ -z $service ]]; then
    say "$system trades nothing: $may_not"
  elif trading_of "$version" | grep -qxF -- "$service"; then
    die "$service of $system trades, and may not: $may_not"
  fi
}

# The version that runs, or else the last one that was tried: its logs say why it does not.
version_to_ask() {
  local version newest=''
  version=$(version_at "$1" current)
  if [[ -n $version && -d $version ]]; then
    printf '%s' "$version"
    return 0
  fi
  for version in "$(home_of "$1")"/versions/*; do
    if [[ -f $version/override.yaml && ( -z $newest || $version -nt $newest ) ]]; then newest=$version; fi
  done
  [[ -n $newest ]] || die "$1 is not on this node"
  printf '%s' "$newest"
}
