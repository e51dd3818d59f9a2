# shellcheck shell=bash
# The time series: a volume that outlives the machine, one InfluxDB on it, and in it an organisation, a bucket and a
# token for every system. Repeatable.

influx=http://127.0.0.1:8086
recreate=()

run_influx() {
  local text volume system
  text=$(parameter settings/node)
  volume=$(setting "$text" influxVolume)
  [[ $volume == vol-* ]] || die "the volume of InfluxDB is not there yet: $path/settings/node does not name it"
  have_volume "$volume"
  start_influx
  mkdir -p "$state/influx/tokens"
  unlock_influx "$volume"
  while IFS='=' read -r system _; do
    if [[ -n $system ]]; then have_organisation "$system"; fi
  done < <(settings_below "$text" database.)
  fields["volume"]=$volume
}

# An empty volume is given a file system; one that has any, or that cannot be read, is left as it is.
have_volume() {
  local device='' mounted='' name serial where tries=0 type status=0 uuid
  while :; do
    while read -r name serial where; do
      if [[ ${serial/-/} == "${1/-/}" ]]; then device=/dev/$name mounted=${where:-}; fi
    done < <(lsblk -dn -o NAME,SERIAL,MOUNTPOINT)
    if [[ -n $device ]]; then break; fi
    tries=$((tries + 1))
    if ((tries >= 60)); then die "the volume $1 was not attached within five minutes"; fi
    if ((tries % 6 == 1)); then report pending "waiting for the volume $1"; fi
    sleep 5
  done
  if [[ $mounted == "$state/influx" ]]; then return 0; fi
  type=$(blkid -p -o value -s TYPE "$device") || status=$?
  # Two is blkid's word for: nothing was found. All else is a disk that somebody uses, or a doubt.
  if [[ -z $type && $status == 2 ]]; then
    logged "the volume $1 could not be given a file system" mkfs.xfs -q -L s0dte-influx "$device"
  elif [[ $type != xfs ]]; then
    die "the volume $1 holds something that is not ours (${type:-blkid ended with $status}), and nothing was changed"
  fi
  uuid=$(blkid -o value -s UUID "$device")
  mkdir -p "$state/influx" "$root/etc"
  touch "$root/etc/fstab"
  if ! grep -q "^UUID=$uuid " "$root/etc/fstab"; then
    # One that stood here before is gone: no start is to wait for it.
    sed -i "\\# $state/influx xfs #d" "$root/etc/fstab"
    printf 'UUID=%s %s xfs defaults,nofail,x-systemd.before=docker.service 0 2\n' "$uuid" "$state/influx" >>"$root/etc/fstab"
  fi
  logged "the volume $1 could not be mounted" mount "UUID=$uuid" "$state/influx"
  # One that runs already has what was below the mount, and would go on there.
  recreate=(--force-recreate)
}

start_influx() {
  local system tries=0 password
  # shellcheck source=src/templates/node/pinned.env
  source "$here/pinned.env"
  read_secret 'node/generated#INFLUXDB_ADMIN_PASSWORD' || die "$why"
  password=$secret
  read_secret 'node/generated#INFLUXDB_ADMIN_TOKEN' || die "$why"
  mkdir -p "$run/influx"
  printf '%s\n' DOCKER_INFLUXDB_INIT_MODE=setup DOCKER_INFLUXDB_INIT_USERNAME=admin DOCKER_INFLUXDB_INIT_ORG=smart0dte \
    DOCKER_INFLUXDB_INIT_BUCKET=smart0dte "DOCKER_INFLUXDB_INIT_PASSWORD=$password" "DOCKER_INFLUXDB_INIT_ADMIN_TOKEN=$secret" |
    put_file "$run/influx/influxdb.env"
  export INFLUX_IMAGE INFLUX_ENVIRONMENT=$run/influx/influxdb.env INFLUX_DATA=$state/influx
  for system in smart-0dte mag7-7dte; do
    have_network "$system" || die "$why"
  done
  logged "InfluxDB could not be started" docker compose -p smart0dte-influx -f "$here/influx.compose.yaml" up -d "${recreate[@]}"
  until curl -sf -o /dev/null --max-time 5 "$influx/health"; do
    tries=$((tries + 1))
    if ((tries >= 60)); then die "InfluxDB did not get well: $(docker compose -p smart0dte-influx -f "$here/influx.compose.yaml" logs --no-color --tail 10 influxdb 2>&1 | tail -c 800)"; fi
    sleep 2
  done
}

# A volume that comes out of a snapshot may be older than the secret: the token of its own time lies on it.
unlock_influx() {
  local file=$state/influx/tokens/admin
  if ask_influx "$secret" GET /api/v2/orgs >/dev/null; then
    printf '%s' "$secret" | put_file "$file"
  elif [[ -s $file ]] && ask_influx "$(cat "$file")" GET /api/v2/orgs >/dev/null; then
    secret=$(cat "$file")
  else
    die "InfluxDB on the volume $1 takes neither the token of $folder/node/generated nor one that lies on it"
  fi
}

# InfluxDB makes its tokens itself. One that it no longer knows is replaced.
have_organisation() {
  local system=$1 organisation bucket answer file=$state/influx/tokens/$1 token
  organisation=$(asked_id GET "/api/v2/orgs?org=$system") || organisation=$(asked_id POST /api/v2/orgs "{\"name\":\"$system\"}") || die "InfluxDB made no organisation $system: $answer"
  bucket=$(asked_id GET "/api/v2/buckets?orgID=$organisation&name=market_data") ||
    bucket=$(asked_id POST /api/v2/buckets "{\"orgID\":\"$organisation\",\"name\":\"market_data\",\"retentionRules\":[]}") || die "InfluxDB made no bucket for $system"
  if [[ -s $file ]] && ask_influx "$(cat "$file")" GET "/api/v2/buckets?orgID=$organisation" >/dev/null; then return 0; fi
  answer=$(ask_influx "$secret" POST /api/v2/authorizations "{\"orgID\":\"$organisation\",\"description\":\"$system\",\"permissions\":[{\"action\":\"read\",\"resource\":{\"type\":\"orgs\",\"id\":\"$organisation\"}},{\"action\":\"read\",\"resource\":{\"type\":\"buckets\",\"orgID\":\"$organisation\"}},{\"action\":\"write\",\"resource\":{\"type\":\"buckets\",\"orgID\":\"$organisation\",\"id\":\"$bucket\"}}]}") || die "InfluxDB made no token for $system"
  token=$(json_field "$answer" token) || die "InfluxDB made no token for $system"
  printf '%s' "$token" | put_file "$file"
}

# The id in an answer of InfluxDB; fails where there is none.
asked_id() {
  local answer
  answer=$(ask_influx "$secret" "$@") || return 1
  json_field "$answer" id
}

# Asks InfluxDB with a token, which curl reads from its input.
ask_influx() {
  printf 'header = "Authorization: Token %s"\n' "$1" |
    curl -sf --max-time 20 -K - -X "$2" -H 'Content-Type: application/json' ${4:+--data "$4"} "$influx$3"
}
