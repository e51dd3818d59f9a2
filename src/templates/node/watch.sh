# shellcheck shell=bash
# Every two seconds: what the marker and the record say now, of what trades now. This is the way that works when
# nobody can send a command.

run_watch() {
  local home system
  for home in "$state"/systems/*/; do
    if [[ ! -d $home ]]; then continue; fi
    system=$(basename "$home")
    if watch_system "$system"; then continue; fi
    say "$system: ${why:-could not be looked at}"
    why=''
  done
}

watch_system() {
  local system=$1 trades
  if ! is_halted_here "$system" && [[ $(marker_of "$system") == halt ]]; then
    say "$system: the marker says halt"
    halt_system "$system" || return 1
    tell_trading "$system" brief >/dev/null
  fi
  watch_latch "$system" || return 1
  # Looked at before the record: what is started meanwhile was started by a newer one.
  trades=$(marked "$system" trades)
  if [[ -n $trades ]]; then watch_trades "$system" "$trades" || return 1; fi
  if [[ -e $(mark_of "$system" unread) ]]; then start_again "$system" || return 1; fi
  if is_long_prepared "$system"; then give_up "$system" || return 1; fi
}

watch_latch() {
  local system=$1 line
  if ! is_halted_here "$system"; then return 0; fi
  fill_latch "$system"
  if [[ -n $(marked "$system" trades) ]]; then
    say "$system: it is halted, and something of it that trades was being started"
    stop_trading "$system" || return 1
    tell_trading "$system" brief >/dev/null
  fi
  if [[ ! -e $(mark_of "$system" stays) ]]; then return 0; fi
  while read -r line; do
    if [[ -n $line ]] && ! grep -qxF -- "$line" "$(mark_of "$system" stays)"; then
      say "$system: a trading service was started again while it is halted, and is stopped"
      stop_trading "$system" || return 1
      tell_trading "$system" brief >/dev/null
      return 0
    fi
  done < <(lives_of "$system")
}

# A record that cannot be read changes nothing of what runs.
watch_trades() {
  local system=$1 was=$2
  if ! read_record; then return 0; fi
  look_up "$system"
  if [[ ${was% *} == "$mode" && $ordered == active && $trader == "$INSTANCE" ]]; then return 0; fi
  at_once "$system" stop_outdated "$system" "$was"
}

stop_outdated() {
  local system=$1 was=$2
  if [[ $(marked "$system" trades) != "$was" ]]; then return 0; fi
  say "$system: it trades in the mode ${was% *}, and the trading record says $mode/$ordered for ${trader:-nobody}"
  stop_trading "$system" || return 1
  if [[ ${was% *} == live ]] && ! live_elsewhere "$system"; then with_gateways gateway_down live || say "$why"; fi
  # What went back to paper is started there by whoever brought it back.
  if [[ ${was% *} == live && ( $mode == live || $ordered == halted ) ]]; then latch "$system"; fi
  tell_trading "$system" brief >/dev/null
}

# In the background: nothing may hold up the next look.
start_again() {
  if ! read_record || [[ $(marker_of "$1") == unknown ]]; then return 0; fi
  unmark "$1" unread
  systemctl start --no-block "smart0dte-again@$1.service"
}

# Whoever went before to the commit has not come back.
give_up() {
  if ! read_record; then return 0; fi
  look_up "$1"
  if [[ $mode != live || $ordered != active ]]; then at_once "$1" undo_preparation "$1"; fi
}

undo_preparation() {
  local system=$1
  # Who is at the system decides what becomes of it.
  if [[ -z $held ]] || ! is_long_prepared "$system"; then return 0; fi
  say "$system: it was prepared to go live under the epoch $(marked "$system" prepared), and nobody went on"
  stop_trading "$system" || return 1
  if ! live_elsewhere "$system"; then with_gateways gateway_down live || return 1; fi
  let_go
  systemctl start --no-block "smart0dte-again@$system.service"
}

is_long_prepared() { [[ -n $(find "$(mark_of "$1" prepared)" -mmin +20 2>/dev/null) ]]; }
