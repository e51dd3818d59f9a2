# shellcheck shell=bash
# Makes a fresh machine a node: what it needs beside its packages, its units, its agent. Safe to run again, which is
# also how a node gets newer files.

set_up() {
  install -d -m 0755 "$plugins" "$units" "$state"
  # shellcheck source=src/templates/node/pinned.env
  source "$here/pinned.env"
  fields["files"]=$FILES
  systemctl enable --now docker
  have_tool docker-compose COMPOSE
  have_tool docker-buildx BUILDX
  have_certificates
  have_units
  have_agent
}

# A plugin of Docker, from the state bucket, or from its maker and then into the bucket, for the next node.
have_tool() {
  local name=$1 version=$2_VERSION machine url sum file=$plugins/$1 kept problem
  machine=$(uname -m)
  url=$2_URL_$machine sum=$2_SHA256_$machine
  [[ -n ${!url:-} ]] || die "there is no $name for a machine of the kind $machine"
  if right_sum "${!sum}" "$file"; then return 0; fi
  kept=s3://$BUCKET/tools/$name-${!version}-$machine
  problem=$(mktemp)
  if aws s3 cp --only-show-errors "$kept" "$file.new" 2>"$problem" && right_sum "${!sum}" "$file.new"; then
    say "$name ${!version} from the state bucket"
  else
    fetch "${!url}" "$file.new"
    right_sum "${!sum}" "$file.new" || die "what ${!url} gave is not $name ${!version}: its sha256 is another one. Nothing was installed"
    aws s3 cp --only-show-errors "$file.new" "$kept" 2>"$problem" || say "$name could not be kept in the state bucket: $(last_lines "$problem" 2)"
  fi
  rm -f "$problem"
  chmod 755 "$file.new"
  mv -f "$file.new" "$file"
}

right_sum() { [[ -f $2 ]] && printf '%s  %s\n' "$1" "$2" | sha256sum -c --status - 2>/dev/null; }

fetch() {
  local problem
  problem=$(mktemp)
  if ! curl -fsSL --retry 5 --retry-delay 5 --max-time 600 -o "$2" "$1" 2>"$problem"; then
    why="$1 could not be fetched: $(in_words "$problem")$(last_lines "$problem" 2)"
    rm -f "$problem"
    die "$why"
  fi
  rm -f "$problem"
}

# With these the node makes sure that it speaks to its own database.
have_certificates() {
  if [[ -s $certificates ]]; then return 0; fi
  fetch "$RDS_CERTIFICATES" "$certificates.new"
  chmod 644 "$certificates.new"
  mv -f "$certificates.new" "$certificates"
}

have_units() {
  local unit
  for unit in smart0dte-system@.service smart0dte-again@.service smart0dte-{health,watch}.{service,timer}; do
    put_file "$units/$unit" 644 <"$here/$unit"
  done
  systemctl daemon-reload
  systemctl enable --now smart0dte-health.timer
  systemctl enable --now smart0dte-watch.timer
}

# The agent translates its configuration whenever it starts.
have_agent() {
  local config=$root/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.json
  put_file "$config" 644 <"$here/cloudwatch-agent.json"
  systemctl enable amazon-cloudwatch-agent
  systemctl restart amazon-cloudwatch-agent
}
