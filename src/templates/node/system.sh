# shellcheck shell=bash
# Starts a version of a system and waits until it is well. What does not get well is taken back: the version that ran
# before runs again, and the report says what the failing container said last.

start_wanted() {
  local system=$1 version='' current
  not_while_live "$system"
  prepare_version "$system"
  current=$(version_at "$system" current)
  if run_version "$system" "$version"; then
    settle "$system" "$version" "$current"
    return 0
  fi
  take_back "$system" "$version" "$current"
}

start_former() {
  local system=$1 current target
  not_while_live "$system"
  current=$(version_at "$system" current)
  target=$(version_before "$system" "$current")
  if [[ -z $target || ! -d $target ]]; then stay_at "$system" "$current"; fi
  if run_version "$system" "$target"; then
    recall_reports "$system" "$target"
    settle "$system" "$target" "$current"
    return 0
  fi
  take_back "$system" "$target" "$current"
}

# What was confirmed trades live, and nothing else takes its place.
not_while_live() {
  if [[ $(marked "$1" trades) == 'live '* ]]; then die "$1 trades live on this node: halt it first"; fi
}

# There is nothing to go back to. What runs is as well as before, and is reported so; who asked hears why.
stay_at() {
  local tries
  if [[ -n $2 && -s $2/wish ]]; then
    # One answer that did not come is no sickness yet.
    for tries in 1 2 3; do
      ask_services "$1" "$2" "$(cat "$2/setting")"
      if ((tries == 3)) || [[ -z $(worst_service) ]]; then break; fi
      sleep 2
    done
    tell_version "$1" "$2"
    asked=$(cat "$2/wish")
    unchanged=yes
  fi
  die "no former version of $1 is kept on this node"
}

# What was fetched last may never have got well, or not be there at all: then the way back is to what runs.
version_before() {
  local fetched
  fetched=$(json_field "$(parameter "state/checkout/$1")" commit || true)
  if [[ -n $2 && -d $2 && $fetched != "$(commit_of "$2")" ]]; then
    printf '%s' "$2"
  else
    version_at "$1" former
  fi
}

# From now on this version is the one that runs, also after a reboot.
settle() {
  local system=$1 version=$2 current=$3
  if [[ -n $current && $current != "$version" ]]; then point "$system" former "$current"; fi
  point "$system" current "$version"
  systemctl enable "smart0dte-system@$system.service" >/dev/null 2>&1
  keep_reports "$system" "$version"
  forget_versions "$system"
  tell_version "$system" "$version"
}

# What a version was made from and asked for by stays with it: who goes back to it wants nothing newer.
keep_reports() {
  local kind text
  for kind in checkout images; do
    text=$(parameter "state/$kind/$1")
    if [[ -n $text ]]; then printf '%s\n' "$text" >"$2/$kind.report"; fi
  done
  printf '%s\n' "$wish" >"$2/wish"
}

recall_reports() {
  local kind
  for kind in checkout images; do
    if [[ ! -s $2/$kind.report ]]; then continue; fi
    aws ssm put-parameter --name "$path/state/$kind/$1" --type String --overwrite --value "$(cat "$2/$kind.report")" >/dev/null
  done
  if [[ -s $2/wish ]]; then wish=$(cat "$2/wish"); fi
}

tell_version() {
  fields["commit"]=$(commit_of "$2")
  fields["override"]=$(cat "$2/key")
  fields["digest"]=$(digest_of "$2")
  fields["health"]=$(services_json)
}

take_back() {
  local system=$1 failed=$2 current=$3 reason=$why
  fields["tried"]=$(commit_of "$failed")
  fields["health"]=$(services_json)
  if [[ -n $current && $current != "$failed" && -d $current ]]; then
    if run_version "$system" "$current"; then
      tell_version "$system" "$current"
      die "$reason"$'\n'"the former version runs again: ${fields["commit"]}"
    fi
    die "$reason"$'\n'"and the former version did not start again: $why"
  fi
  # What starts again and again, and never well, only takes the other system's time.
  compose_on "$system" "$failed" stop >/dev/null 2>&1 || true
  die "$reason"
}

# Answers whether the version runs and is well; if not, $why says why. What may not trade runs without the services
# that would.
run_version() {
  local system=$1 version=$2 output
  may_trade "$system" "${3:-start}"
  # After a change of the repository a former version has its images alone, and needs no more.
  tree_at "$system" "$(commit_of "$version")" 2>/dev/null || say "$system: the source of $(commit_of "$version") is not here any more"
  # shellcheck disable=SC2046
  render_environment "$system" "$(cat "$version/setting")" $(services_of "$version") || return 1
  have_network "$system" || return 1
  # One at a time, for the same reason.
  with_gateways have_gateway_networks "$(kind_of "$mode")" || return 1
  with_gateways tend_gateways "$(if [[ $may == yes ]]; then kind_of "$mode"; fi)"
  output=$(mktemp)
  if ! compose_on "$system" "$version" config -q >"$output" 2>&1; then
    why="Docker Compose does not take the override of $system: $(last_lines "$output" 6)"
    rm -f "$output"
    return 1
  fi
  if [[ $may == no && -z $unread ]] && ! stop_trading "$system"; then
    rm -f "$output"
    return 1
  fi
  if ! bring_up "$system" "$version" >"$output" 2>&1; then
    ask_services "$system" "$version" "$(cat "$version/setting")"
    why=$(start_problem "$system" "$output")
    rm -f "$output"
    return 1
  fi
  rm -f "$output"
  still_may "$system" && await_health "$system" "$version"
}

# Another that a service waits for is not started for it where that one trades and may not.
bring_up() {
  local system=$1 version=$2 names=()
  shift 2
  if [[ $may == yes ]]; then
    mark "$system" trades "$mode $epoch"
  else
    mapfile -t names < <(others_of "$version")
    if ((${#names[@]} == 0)); then return 0; fi
    names=(--no-deps "${names[@]}")
  fi
  compose_on "$system" "$version" up -d --no-build --remove-orphans "$@" "${names[@]}" </dev/null
}

# A halt waits for nobody, so that it may have come while the containers were started.
still_may() {
  if [[ $may == no ]] || ! is_halted_here "$1"; then return 0; fi
  stop_trading "$1" || return 1
  why="$1 was halted meanwhile"
  return 1
}

# A container that does not get well holds up those that wait for it; then it is the one to speak of.
start_problem() {
  local service
  service=$(worst_service)
  if [[ -n $service && ${service_health[$service]} != *'no container' ]]; then last_words "$1" "$service"; fi
  printf '%s could not be started: %s\n%s\n' "$1" "$(in_words "$2")" "$(redact "$(LC_ALL=C tail -n 5 "$2" | tail -c 500)")"
}

# The network that a system shares with what serves both: on one of all systems, their services' names would mix. Who
# starts the system and who starts InfluxDB may want it at once, and of two under one name Docker lets none be used.
have_network() { with_lock networks make_network "smart0dte-$1"; }

make_network() {
  if docker network inspect "$1" >/dev/null 2>&1 || docker network create "$1" >/dev/null; then return 0; fi
  why="the network $1 could not be made"
  return 1
}

# At boot, or when the unit is started: what ran runs again, with the secrets as they are now.
start_system() {
  local system=$1 current
  current=$(version_at "$system" current)
  [[ -n $current && -d $current ]] || die "$system has no version that ever ran well"
  run_version "$system" "$current" || die "$why"
}

stop_system() {
  local current
  current=$(version_at "$1" current)
  if [[ -n $current ]]; then compose_on "$1" "$current" stop; fi
}
