# shellcheck shell=bash
# Brings a system to the mode that the trading record says. An order is followed only where the record that this node
# reads itself agrees with it.

run_switch() {
  local verb=$1 system=$2 phase=paper number digest=''
  if [[ $verb == live ]]; then
    phase=$3
    shift
    digest=${4:-}
  fi
  number=${3:-}
  [[ $verb == paper || $verb == live ]] || die "\"$verb\" is no way to switch: paper or live" 2
  check_system "$system"
  [[ $number =~ ^[0-9]{1,10}$ ]] || die 'an epoch is up to 10 digits' 2
  [[ $digest =~ ^([0-9a-f]{16,64})?$ ]] || die 'a digest is 16 to 64 hexadecimal digits' 2
  load_node
  case $phase in
    paper | prepare | activate | deactivate)
      one_at_a_time "$system"
      telling "$system"
      "switch_$phase" "$system" "$((10#$number))" "$digest"
      ;;
    verify | prove) telling "$system" ;;
    *) die "\"$phase\" is none of prepare, verify, activate, prove, deactivate" 2 ;;
  esac
}

# The record must be the one that whoever ordered has seen.
need_epoch() {
  read_record || die "the trading record cannot be read: $unread; nothing was changed"
  ((epoch == $2)) || die "the trading record has the epoch $epoch, and this order is of $2; nothing was changed"
  look_up "$1"
}

switch_paper() {
  local system=$1
  need_epoch "$system" "$2"
  [[ $mode != live ]] || die "the trading record says that $system is live; switch-live leads there"
  unmark "$system" prepared
  run_current "$system" || die "$why"
}

# Whoever is to trade live has its gateway up and read-only, and nobody trades meanwhile.
switch_prepare() {
  local system=$1
  need_epoch "$system" "$2"
  [[ $mode != live || $ordered == halted ]] || die "$system is live already"
  fill_latch "$system"
  if is_halted_here "$system" && [[ $mode != live ]]; then die "$system was halted on this node: it wants resume before it goes live"; fi
  stop_trading "$system" || die "$why"
  # Before it takes its time: a halt that comes meanwhile takes this away, and with it the way on.
  mark "$system" prepared "$2"
  if ! have_live_gateway "$system"; then
    unmark "$system" prepared
    die "${why:-the live gateway could not be started}"
  fi
  [[ $(marked "$system" prepared) == "$2" ]] || die "$system was halted meanwhile"
}

# Read-only, but where another system trades through it.
have_live_gateway() {
  if is_halted_here "$1" && [[ $mode != live ]]; then
    why="$1 was halted meanwhile"
    return 1
  fi
  if [[ $trader != "$INSTANCE" ]]; then return 0; fi
  if ! live_elsewhere "$1"; then with_gateways gateway_up live yes || return 1; fi
  await_account live 240
}

# After the commit. Whatever is not exactly as it was prepared trades nothing.
switch_activate() {
  local system=$1 digest=$3 prepared own account reason
  prepared=$(marked "$system" prepared)
  unmark "$system" prepared
  [[ $prepared == $(($2 - 1)) ]] || die "$system was not prepared under the epoch $(($2 - 1)) on this node, or was halted since"
  agrees_to_live "$system" "$2" || die "$why"
  own=$(digest_of "$(version_at "$system" current)") || die "an image of $system is gone"
  [[ -n $digest && $digest == "$own" && $digest == "$(setting "$record" "$system.digest")" ]] ||
    die "the images of $system are not those that were confirmed: $own runs here"
  account=$(setting "$record" "$system.account")
  [[ -n $account ]] || die "the trading record names no account for $system"
  if [[ $(gateway_read_only live) != no ]]; then
    with_gateways gateway_up live no || die "${why:-the live gateway could not be started}"
  fi
  await_account live 240 || die "$why"
  [[ $(gateway_account live) == "$account" ]] || die "the live gateway is logged in to another account than the one that was confirmed"
  # The second factor may have taken minutes.
  agrees_to_live "$system" "$2" || die "$why"
  clear_latch "$system" "$2" || die "$system was halted meanwhile"
  if run_current "$system" activate; then return 0; fi
  reason=$why
  stop_trading "$system" || reason+=$'\n'$why
  die "$reason"
}

agrees_to_live() {
  local system=$1 file
  need_epoch "$system" "$2"
  file=$(latch_of "$system")
  if [[ $mode != live || $ordered != active ]]; then
    why="the trading record says that $system is $mode/$ordered"
  elif [[ $trader != "$INSTANCE" ]]; then
    why="the trading record names ${trader:-nobody} as the trader of $system, and this node is $INSTANCE"
  elif [[ $(marker_of "$system") != clear ]]; then
    why="the marker beside the trading record does not say that $system may trade"
  elif [[ -e $file && ! ($(cat "$file") =~ ^[1-9][0-9]{0,9}$ && $(cat "$file") -lt $2) ]]; then
    why="$system was halted on this node"
  else
    return 0
  fi
  return 1
}

# Takes back a way to live that was not gone to its end, and never what went live since.
switch_deactivate() {
  local system=$1 trades
  trades=$(marked "$system" trades)
  if [[ $trades == 'live '* ]] && ((${trades#live } > $2)); then
    die "$system went live under the epoch ${trades#live }, and this order is of $2; nothing was changed"
  fi
  stop_trading "$system" || die "$why"
  if ! live_elsewhere "$system"; then with_gateways gateway_down live || die "$why"; fi
  if read_record && look_up "$system" && [[ $mode != live && $ordered == active ]]; then
    run_current "$system" || die "$why"
  else
    latch "$system"
  fi
}

# What runs runs again, as the record now says.
run_current() {
  local current
  current=$(version_at "$1" current)
  [[ -n $current && -d $current ]] || die "$1 has no version that ever ran well"
  run_version "$1" "$current" "${2:-start}"
}
