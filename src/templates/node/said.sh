# shellcheck shell=bash
# What this node says of how a system trades, taken from the containers that run and never from what was written down.

declare -A said=()

# From here on the last line that is printed is what the node says, however this ends.
telling() {
  told=$1 told_how=${2:-whole}
  trap tell_at_end EXIT
  trap 'die "was ended from outside" 143' HUP INT TERM
}

tell_at_end() {
  local status=$?
  trap - EXIT
  tell_trading "$told" "$told_how" || true
  let_go
  rm -f "$run/why.$$"
  exit "$status"
}

# Prints it, and keeps it where status looks when it is another than before. "brief" asks nobody but the engine.
tell_trading() {
  local system=$1 json='' key clock
  gather "$system" "${2:-whole}"
  clock=${said[clock]}
  for key in node system epoch record mode trading latch marker trader gateways gateway readOnly account digest config limits healthy data credentials; do
    json+=",\"$key\":$(json_string "${said[$key]:-}")"
  done
  printf '{"clock":%s%s}\n' "$(json_string "$clock")" "$json"
  if [[ $json == "$(cat "$run/trading/$system.said" 2>/dev/null || true)" ]]; then return 0; fi
  if aws ssm put-parameter --name "$path/state/trading/$system" --type String --overwrite \
    --value "{\"wish\":\"\",\"phase\":\"ready\",\"at\":\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\",\"clock\":$(json_string "$clock")$json}" >/dev/null 2>&1; then
    printf '%s' "$json" | put_file "$run/trading/$system.said"
  else
    say "how $system trades could not be written to $path/state/trading/$system"
  fi
}

gather() {
  local system=$1 how=$2 version kind mode ordered trader may may_not
  version=$(version_at "$system" current)
  said=(["node"]=$INSTANCE ["system"]=$system ["clock"]=$(clock_offset) ["trader"]=no ["latch"]=no)
  if read_record; then
    look_up "$system"
    said["epoch"]=$epoch
    said["record"]=$mode/$ordered
    if [[ $trader == "$INSTANCE" ]]; then said["trader"]=yes; fi
  else
    mode=development
    said["record"]="unreadable: $unread"
  fi
  if is_halted_here "$system"; then said["latch"]=yes; fi
  said["marker"]=$(marker_of "$system")
  # What nobody made says nothing: only "clear" is a word that a system may trade.
  if [[ ${said[marker]} == none ]]; then said["marker"]=unknown; fi
  gather_containers "$system"
  gather_gateways
  kind=$(gateway_to_ask "$system")
  said["readOnly"]=$(gateway_read_only "$kind")
  said["healthy"]='no: nothing of it is on this node' said["data"]='no: nobody asked' said["credentials"]=no said["account"]=''
  if [[ -n $version && -d $version ]]; then
    said["digest"]=$(digest_of "$version" 2>/dev/null || true)
    said["config"]=$(sha256sum <"$version/setting" | cut -c 1-64)
    if [[ -z ${said[limits]:-} ]]; then said["limits"]=$(limits_in "$(cat "$version/setting")"); fi
    said["healthy"]='no: nobody asked'
  fi
  if [[ $how == whole ]]; then gather_outside "$system" "$version" "$kind"; fi
}

# Of the gateway that a system has to do with: the live one where it is on the way there.
gateway_to_ask() {
  if [[ -n $(marked "$1" prepared) || $(marked "$1" trades) == 'live '* ]]; then
    printf live
  else
    kind_of "$mode"
  fi
}

# The gateway that a container of a system reaches by its networks. It has no business in those of another system.
gateway_in() {
  local system=$1 rest=$2 own kind found=none
  for kind in paper live; do
    own=$(gateway_network "$kind" "$system")\"
    if [[ $rest == *"$own"* ]]; then found=$(same_or "$found" "$kind" mixed); fi
    rest=${rest//"$own"/}
  done
  if [[ $rest == *smart0dte-gateway-* ]]; then found=mixed; fi
  printf '%s' "$found"
}

# The mode, the network and the limits that the processes were given.
gather_containers() {
  local id one networks
  said["mode"]=none said["trading"]=stopped said["gateway"]=none
  for id in $(trading_containers "$1"); do
    said["trading"]=active
    case $(variable_in "$id" TRADING_MODE) in
      development) one=development ;;
      testing) one=testing ;;
      production) one=live ;;
      *) one=unknown ;;
    esac
    said["mode"]=$(same_or "${said[mode]}" "$one" mixed)
    networks=$(docker inspect --format '{{json .NetworkSettings.Networks}}' "$id" 2>/dev/null || true)
    said["gateway"]=$(same_or "${said[gateway]}" "$(gateway_in "$1" "$networks")" mixed)
    one=$(variable_in "$id" DAILY_LOSS_LIMIT)/$(variable_in "$id" DEFAULT_POSITION_SIZE)/$(variable_in "$id" MAX_POSITIONS_PER_USER)
    said["limits"]=$(same_or "${said[limits]:-none}" "$one" mixed)
  done
  # It halted by its own command, and goes on watching its positions.
  if [[ ${said[trading]} == active && -e $(mark_of "$1" stays) ]]; then said["trading"]=kept; fi
}

# The second text where the first is none or the same, else the third.
same_or() { if [[ $1 == none || $1 == "$2" ]]; then printf '%s' "$2"; else printf '%s' "$3"; fi; }

gather_gateways() {
  local kind
  said["gateways"]=''
  for kind in live paper; do
    if [[ -n $(gateway_container "$kind") ]]; then said["gateways"]+="${said[gateways]:+ }$kind"; fi
  done
}

limits_in() {
  local name text=''
  for name in DAILY_LOSS_LIMIT DEFAULT_POSITION_SIZE MAX_POSITIONS_PER_USER; do text+=/$(setting "$1" "variable.$name"); done
  printf '%s' "${text#/}"
}

# What is asked over a network, and takes its time.
gather_outside() {
  local system=$1 version=$2 kind=$3 service
  said["account"]=$(gateway_account "$kind")
  said["data"]=$(data_answers)
  if aws secretsmanager get-secret-value --secret-id "$folder/broker-live/keys" --query ARN --output text >/dev/null 2>&1 </dev/null; then said["credentials"]=yes; fi
  if [[ -z $version || ! -d $version ]]; then return 0; fi
  judge "$system"
  # What was stopped to go live is as it should be.
  if [[ -n $(marked "$system" prepared) ]]; then may=no; fi
  ask_services "$system" "$version" "$(cat "$version/setting")"
  service=$(worst_service)
  said["healthy"]=$(if [[ -z $service ]]; then printf yes; else printf 'no: %s: %s' "$service" "${service_health[$service]#*: }"; fi)
}

data_answers() {
  local text name host port
  if ! text=$(parameter settings/data && parameter settings/cache); then
    printf 'no: where they are could not be read'
    return 0
  fi
  for name in database cache; do
    host=$(setting "$text" "${name}Host") port=$(setting "$text" "${name}Port")
    if [[ -z $host ]]; then continue; fi
    if ! timeout 10 python3 "$here/probe.py" reach "$host" "${port:-0}" >/dev/null 2>&1 </dev/null; then
      printf 'no: the %s does not answer' "$name"
      return 0
    fi
  done
  printf yes
}

# Seconds; nothing where the clock follows no server, and so says nothing of itself.
clock_offset() {
  local line fields
  line=$(chronyc -c tracking 2>/dev/null || true)
  IFS=, read -r -a fields <<<"$line"
  if [[ ${fields[4]:-} =~ ^[-+]?[0-9.]+$ && $line != *'Not synchronised'* ]]; then printf '%s' "${fields[4]}"; fi
}
