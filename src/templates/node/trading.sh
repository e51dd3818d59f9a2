# shellcheck shell=bash
# Whether a system may trade on this node, and in which mode. The record in the state bucket decides, as this node reads
# it itself; a halt on the node, or a marker beside the record, only ever takes away what the record gives.

record='' epoch='' unread=''
mode=development ordered=halted trader=''
may=no may_not=''

# What is kept of a system: over a reboot that it was halted; since the boot in which mode its trading services were
# started ("MODE EPOCH"), that it was prepared to go live, that it was started at all, that a start found no record.
latch_of() { printf '%s/trading/%s.halted' "$state" "$1"; }
mark_of() { printf '%s/trading/%s.%s' "$run" "$1" "$2"; }
marked() { cat "$(mark_of "$1" "$2")" 2>/dev/null || true; }
mark() { printf '%s\n' "${3:-yes}" | put_file "$(mark_of "$1" "$2")"; }
unmark() { rm -f "$(mark_of "$1" "$2")"; }
is_halted_here() { [[ -e $(latch_of "$1") ]]; }

# Puts the trading record into $record and its epoch into $epoch; where nobody can read it whole, $unread says why.
read_record() {
  local text status=0
  record='' epoch='' unread=''
  text=$(state_object "trading/$SCOPE/record") || status=$?
  if ((status == 4)); then
    unread='there is none'
  elif ((status != 0)); then
    unread='it could not be fetched'
  elif ! is_record "$text"; then
    unread='what is there is no such record'
  else
    record=$text
    epoch=$(setting "$text" epoch)
    return 0
  fi
  return 1
}

# A key that is there twice would say two things.
is_record() {
  local LC_ALL=C text=$1 line key seen=$'\n'
  ((${#text} <= 16384)) || return 1
  while IFS= read -r line; do
    [[ $line =~ ^[A-Za-z0-9.-]+=[[:print:]]*$ ]] || return 1
    key=${line%%=*}
    [[ $seen != *$'\n'"$key"$'\n'* ]] || return 1
    seen+=$key$'\n'
    case $key in
      *.mode) [[ ${line#*=} =~ ^(development|testing|live)$ ]] || return 1 ;;
      *.trading) [[ ${line#*=} =~ ^(active|halted)$ ]] || return 1 ;;
    esac
  done <<<"$text"
  [[ $(setting "$text" schema) == 1 && $(setting "$text" scope) == "$SCOPE" ]] &&
    [[ $(setting "$text" epoch) =~ ^[1-9][0-9]{0,9}$ ]]
}

# How the record says that a system trades; what it does not know trades nothing.
look_up() {
  mode=$(setting "$record" "$1.mode")
  ordered=$(setting "$record" "$1.trading")
  trader=$(setting "$record" "$1.trader")
  mode=${mode:-development} ordered=${ordered:-halted}
}

# "halt", "clear", "none" where nobody ever made one, or "unknown". A halt may have to be believed before it can be read
# to its end.
marker_of() {
  local text status=0
  text=$(state_object "trading/$SCOPE/halt/$1") || status=$?
  case $status:$text in
    4:*) printf none ;;
    0:halt*) printf halt ;;
    0:clear | 0:clear$'\n'*) printf clear ;;
    *) printf unknown ;;
  esac
}

# Answers with $may, $may_not and $mode. Nothing is changed by asking.
judge() {
  local system=$1 caller=${2:-start} marker
  may=no may_not='' mode=development ordered=halted trader=''
  if ! read_record; then
    may_not="the trading record cannot be read: $unread"
    return 0
  fi
  look_up "$system"
  marker=$(marker_of "$system")
  if [[ $marker == unknown ]]; then
    # A halt that could not write the record may stand there.
    unread='the marker beside it could not be fetched'
    may_not="the trading record is not to be believed: $unread"
  elif [[ $trader != "$INSTANCE" ]]; then
    may_not="the trading record names ${trader:-nobody} as its trader, and this node is $INSTANCE"
  elif [[ $ordered != active ]]; then
    may_not='the trading record says that it is halted'
  elif is_halted_here "$system"; then
    may_not='it was halted on this node, and wants resume'
  elif [[ $marker == halt ]]; then
    may_not='the marker beside the trading record says halt'
  elif [[ $mode == live && $caller != activate && $(marked "$system" trades) != "live $epoch" ]]; then
    may_not="it was not activated on this node under the epoch $epoch"
  else
    may=yes
  fi
}

# The same before a start. A live system is halted by a boot: somebody is to look at its positions first.
may_trade() {
  local system=$1 caller=${2:-start}
  judge "$system" "$caller"
  if [[ -n $unread ]]; then
    mark "$system" unread
    return 0
  fi
  unmark "$system" unread
  if [[ -z $(marked "$system" booted) ]]; then
    if [[ $mode == live && $caller != activate ]]; then
      latch "$system"
      may=no may_not='it was live when this node started, and wants resume'
    fi
    mark "$system" booted
  fi
}

# An empty latch can be cleared by nobody: an epoch is written into it once one is read after the halt.
latch() {
  mkdir -p "$state/trading"
  : >"$(latch_of "$1")"
  sync -d "$(latch_of "$1")" 2>/dev/null || true
  fill_latch "$1"
}

fill_latch() {
  local file
  file=$(latch_of "$1")
  if [[ ! -e $file || -s $file ]]; then return 0; fi
  if read_record; then printf '%s\n' "$epoch" | put_file "$file"; fi
}

# Takes the latch away if it is of an epoch before the one given. One that is set meanwhile stays.
clear_latch() {
  local file taken was
  file=$(latch_of "$1") taken=$file.taken
  if [[ ! -e $file ]]; then return 0; fi
  mv -f "$file" "$taken"
  was=$(cat "$taken")
  if [[ $was =~ ^[1-9][0-9]{0,9}$ ]] && ((was < $2)); then
    rm -f "$taken"
    return 0
  fi
  mv -f "$taken" "$file"
  return 1
}

# The services of a version that trade. One that does not say it has none that surely do not.
trading_of() {
  local text named
  text=$(cat "$1/setting")
  named=$(setting "$text" trading)
  if [[ -n $named ]]; then
    printf '%s\n' "${named// /$'\n'}"
  else
    services_of "$1"
  fi
}

others_of() { services_of "$1" | grep -vxF -f <(trading_of "$1") || true; }

# Containers that trade and run now, of whatever version.
trading_containers() {
  local version service
  for version in "$(home_of "$1")"/versions/*/; do
    if [[ -f ${version}setting && -f ${version}override.yaml ]]; then trading_of "${version%/}"; fi
  done | sort -u | while read -r service; do
    docker ps -q --filter "label=com.docker.compose.project=$1" --filter "label=com.docker.compose.service=$service" </dev/null
  done
}

# Ends what trades of a system, and makes sure of it.
stop_trading() {
  unmark "$1" prepared
  at_once "$1" end_trading "$1"
}

end_trading() {
  local ids
  mapfile -t ids < <(trading_containers "$1")
  if ((${#ids[@]} > 0)); then docker stop -t 5 "${ids[@]}" >/dev/null 2>&1 || true; fi
  mapfile -t ids < <(trading_containers "$1")
  if ((${#ids[@]} > 0)); then
    why="the trading services of $1 could not be stopped: ${ids[*]}"
    return 1
  fi
  unmark "$1" stays
  forget_trades "$1"
}

# Whoever has the lock may be just about to start something: then this stays, and the watch looks again.
forget_trades() { if [[ -n $held ]]; then unmark "$1" trades; fi; }
