# shellcheck shell=bash
# Ends a system's trading, at once and until somebody resumes it.

# Waits for nobody: a release may be under way, and looks at the latch when it has started something.
run_halt() {
  local system=$1 now=${2:-no}
  check_system "$system"
  [[ $now == yes || $now == no ]] || die 'now is yes or no' 2
  load_node
  telling "$system" brief
  halt_system "$system" || die "$why"
  if [[ $now == yes ]]; then stop_gateways_of "$system" || die "$why"; fi
}

# The latch is first: whatever else fails, nothing starts to trade any more.
halt_system() {
  local system=$1 status=0
  mkdir -p "$state/trading"
  : >"$(latch_of "$system")"
  unmark "$system" prepared
  at_once "$system" end_or_keep "$system" || status=$?
  # Its epoch is one that was read after the halt: a start that was ordered before cannot take it away.
  fill_latch "$system"
  return "$status"
}

end_or_keep() { if halt_by_itself "$1"; then forget_trades "$1"; else end_trading "$1"; fi; }

# A system that knows how to halt goes on watching its positions. What the engine starts again knows of no halt, so
# that which containers may stay is kept.
halt_by_itself() {
  local system=$1 version line id
  version=$(version_at "$system" current)
  if [[ -z $version || ! -s $version/setting ]]; then return 1; fi
  line=$(setting "$(cat "$version/setting")" command.halt)
  if [[ -z $line ]]; then return 1; fi
  id=$(first_trading_container "$system" "$version")
  if [[ -z $id ]] || ! timeout -k 1 10 docker exec "$id" sh -c "$line" >/dev/null 2>&1 </dev/null; then
    say "$system could not halt by itself; its trading services are stopped"
    return 1
  fi
  lives_of "$system" | put_file "$(mark_of "$system" stays)"
}

first_trading_container() {
  docker ps -q --filter "label=com.docker.compose.project=$1" --filter "label=com.docker.compose.service=$(trading_of "$2" | head -n 1)" | head -n 1
}

# Each container that trades, and since when it runs.
lives_of() {
  local id
  for id in $(trading_containers "$1"); do docker inspect --format '{{.Id}} {{.State.StartedAt}}' "$id" 2>/dev/null || true; done
}

# The gateways that no other system has use of.
stop_gateways_of() {
  local system=$1 home other kind kinds=(live paper) mode ordered trader kept=''
  if read_record; then
    look_up "$system"
    kinds=("$(kind_of "$mode")")
    for home in "$state"/systems/*/; do
      other=$(basename "$home")
      if [[ $other == "$system" ]]; then continue; fi
      look_up "$other"
      if [[ $trader == "$INSTANCE" && $ordered == active ]]; then kept+=" $(kind_of "$mode")"; fi
    done
  fi
  if live_elsewhere "$system"; then kept+=' live'; fi
  for kind in "${kinds[@]}"; do
    if [[ " $kept " != *" $kind "* ]]; then with_gateways gateway_down "$kind" || return 1; fi
  done
}

# Of a system in development or testing. One that is live goes the whole way again.
run_resume() {
  local system=$1 number=${2:-}
  check_system "$system"
  [[ $number =~ ^[0-9]{1,10}$ ]] || die 'an epoch is up to 10 digits' 2
  load_node
  one_at_a_time "$system"
  telling "$system"
  need_epoch "$system" "$((10#$number))"
  [[ $mode != live ]] || die "$system is live: it is resumed by the same way as it went live"
  [[ $ordered == active ]] || die "the trading record says that $system is halted"
  [[ $(marker_of "$system") == clear ]] || die "the marker beside the trading record does not say that $system may trade"
  clear_latch "$system" "$epoch" || die "$system was halted under the epoch $epoch or later, and wants a newer resume"
  run_current "$system" || die "$why"
}
