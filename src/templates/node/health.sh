# shellcheck shell=bash
# How the services of a system are: their containers run, and those with a port answer as they should.

declare -A service_health=()

# Waits until every service is well, each with its own patience; if one is not, $why has its last lines.
await_health() {
  local system=$1 version=$2 text patience waited=0 steady=0 service
  text=$(cat "$version/setting")
  patience=$(setting "$text" patience)
  while :; do
    ask_services "$system" "$version" "$text"
    service=$(worst_service)
    if [[ -z $service ]]; then
      # One that ends a moment after its start was well for that moment.
      steady=$((steady + 1))
      if ((steady >= 3)); then return 0; fi
    else
      steady=0
      if [[ ${service_health[$service]} == gone* ]] || ((waited >= ${patience:-240})); then break; fi
    fi
    sleep 2
    waited=$((waited + 2))
  done
  why=$(last_words "$system" "$service")
  return 1
}

# A service, how it is, and what it said last.
last_words() {
  local id
  id=$(container_of "$1" "$2")
  printf '%s: %s\n' "$2" "${service_health[$2]#*: }"
  redact "$(docker logs --tail 12 "${id:-none}" 2>&1 | LC_ALL=C tail -c 1000)"
}

# Fills service_health: "healthy", "halted", "starting: ..." or "gone: ...".
ask_services() {
  local system=$1 version=$2 text=$3 service resting
  service_health=()
  resting=$'\n'
  if [[ $may == no ]]; then resting+=$(trading_of "$version")$'\n'; fi
  for service in $(services_of "$version"); do
    service_health[$service]=$(ask_container "$system" "$service")
    # What may not trade is as it should be when it does not run.
    if [[ $resting == *$'\n'"$service"$'\n'* && ${service_health[$service]} != healthy ]]; then service_health[$service]=halted; fi
    if [[ ${service_health[$service]} == healthy ]]; then
      service_health[$service]=$(ask_port "$(setting "$text" "health.$service")")
    fi
  done
}

# Compose itself takes longer for this than all the rest together.
container_of() {
  docker ps -a -q --filter "label=com.docker.compose.project=$1" --filter "label=com.docker.compose.service=$2" 2>/dev/null | head -n 1
}

ask_container() {
  local id status restarts
  id=$(container_of "$1" "$2")
  if [[ -z $id ]]; then
    printf 'starting: there is no container'
    return 0
  fi
  read -r status restarts _ < <(docker inspect --format '{{.State.Status}} {{.RestartCount}} {{.State.ExitCode}}' "$id" 2>/dev/null || printf 'unknown 0 0\n')
  if [[ $status == exited || $status == dead ]] || ((restarts >= 5)); then
    printf 'gone: its container ends again and again'
  elif [[ $status == running ]]; then
    printf 'healthy'
  else
    printf 'starting: its container is %s' "$status"
  fi
}

# "8000/readyz 200-399": where to ask, and which answers are well.
ask_port() {
  local where codes code
  if [[ -z $1 ]]; then
    printf 'healthy'
    return 0
  fi
  read -r where codes <<<"$1"
  code=$(curl -s -o /dev/null --max-time 5 -w '%{http_code}' "http://$ADDRESS:$where" 2>/dev/null || true)
  if among "${code:-000}" "$codes"; then
    printf 'healthy'
  elif [[ ${code:-000} == 000 ]]; then
    printf 'starting: nothing answers at %s' "$where"
  else
    printf 'starting: it answers %s at %s, and not %s' "$code" "$where" "$codes"
  fi
}

among() {
  local range
  for range in ${2//,/ }; do
    if (($1 >= ${range%-*} && $1 <= ${range#*-})); then return 0; fi
  done
  return 1
}

# The service to speak of: one that is gone before one that is slow, and of those the first by name.
worst_service() {
  local service
  for service in $(printf '%s\n' "${!service_health[@]}" | sort); do
    if [[ ${service_health[$service]} == gone* ]]; then
      printf '%s' "$service"
      return 0
    fi
  done
  for service in $(printf '%s\n' "${!service_health[@]}" | sort); do
    if [[ ${service_health[$service]} != healthy && ${service_health[$service]} != halted ]]; then
      printf '%s' "$service"
      return 0
    fi
  done
}

services_json() {
  local service json=''
  for service in $(printf '%s\n' "${!service_health[@]}" | sort); do
    json+=",$(json_string "$service"):$(json_string "$(healthy_or_not "${service_health[$service]}")")"
  done
  printf '{%s}' "${json#,}"
}

healthy_or_not() { if [[ $1 == healthy || $1 == halted ]]; then printf '%s' "$1"; else printf unhealthy; fi; }

# Each minute: a heartbeat for the alarm, and a report where the health is another than a minute ago.
watch_health() {
  local home system version health seen
  count RecordUnreadable "$(if read_record; then printf 0; else printf 1; fi)" "Scope=$SCOPE"
  for home in "$state"/systems/*/; do
    system=$(basename "$home")
    version=$(version_at "$system" current)
    if [[ -z $version || ! -d $version ]]; then continue; fi
    judge "$system"
    ask_services "$system" "$version" "$(cat "$version/setting")"
    health=$(if [[ -z $(worst_service) ]]; then printf healthy; else printf unhealthy; fi)
    count Healthy "$(if [[ $health == healthy ]]; then printf 1; else printf 0; fi)" "Scope=$SCOPE,System=$system"
    count Halted "$(if [[ " ${service_health[*]} " == *' halted '* ]]; then printf 1; else printf 0; fi)" "Scope=$SCOPE,System=$system"
    seen="\"health\":\"$health\",\"services\":$(services_json)"
    if [[ $seen == "$(cat "$run/$system.health" 2>/dev/null || true)" ]]; then continue; fi
    aws ssm put-parameter --name "$path/state/health/$system" --type String --overwrite \
      --value "{$seen,\"node\":\"$INSTANCE\",\"at\":\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\"}" >/dev/null
    printf '%s' "$seen" >"$run/$system.health"
  done
}

count() {
  aws cloudwatch put-metric-data --namespace smart0dte --metric-name "$1" --unit Count --value "$2" --dimensions "$3" || say "the metric $1 was not taken"
}
