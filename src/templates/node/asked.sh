# shellcheck shell=bash
# What an operator may ask of how a system trades.

ask_trading() {
  case $2 in
    mode) ;;
    gateway-status) show_gateways ;;
    gateway-restart) restart_gateway "$1" ;;
  esac
}

# A line for each: kind, state, whether it takes no orders, account, the port of its screen on the node's loopback.
show_gateways() {
  local kind id state account screen=5901
  for kind in live paper; do
    id=$(gateway_container "$kind")
    if [[ -z $id ]]; then
      printf '%s\tnone\t-\t-\t-\n' "$kind"
    else
      state=$(docker inspect --format '{{.State.Status}}' "$id")
      account=$(gateway_account "$kind")
      printf '%s\t%s\t%s\t%s\t%s\n' "$kind" "$state" "$(gateway_read_only "$kind")" "${account:--}" "$screen"
    fi
    screen=5902
  done
}

# The gateway of the system's mode, with the credentials as they are now. It takes orders only where they were allowed.
restart_gateway() {
  local system=$1 kind read_only=no
  read_record || die "the trading record cannot be read: $unread; nothing was changed"
  look_up "$system"
  [[ $trader == "$INSTANCE" ]] || die "the trading record names ${trader:-nobody} as the trader of $system, and this node is $INSTANCE"
  kind=$(kind_of "$mode")
  if [[ $kind == live && $(marked "$system" trades) != "live $epoch" ]]; then read_only=yes; fi
  if [[ $read_only == yes ]] && live_elsewhere "$system"; then die "another system trades live through the same gateway"; fi
  with_gateways gateway_up "$kind" "$read_only" --force-recreate || die "${why:-the $kind gateway could not be started}"
}

# A system's own command for its positions or its working orders.
ask_system() {
  local line id
  line=$(setting "$(cat "$2/setting")" "command.$3")
  [[ -n $line ]] || die "$1 has no command $3: name it in the config, systems.$1.commands.$3" 2
  id=$(first_trading_container "$1" "$2")
  [[ -n $id ]] || die "no service of $1 that trades is running"
  { timeout 30 docker exec "$id" sh -c "$line" </dev/null 2>&1 >&3 3>&- | mask "$1" >&2; } 3>&1 | mask "$1"
}
