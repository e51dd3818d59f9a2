#!/bin/bash
# Runs once, as root, at the node's first start. Everybody on the node can read this: no secret belongs here.
# shellcheck disable=SC2016
set -euo pipefail
root=${SMART0DTE_ROOT:-}
region='${region}' scope='${scope}' bucket='${bucket}' files='${files}'
export AWS_DEFAULT_REGION="$region"

say() { printf 'smart0dte: %s\n' "$*" >&2; }

again() {
  until "$@"; do
    say "$1 did not work yet; again in 5 s"
    sleep 5
  done
}

# The image brings the agent. Started where there was no network yet, it may have gone to sleep for an hour.
network() {
  until curl -s --max-time 5 -o /dev/null "https://ssm.$region.amazonaws.com/"; do
    say "waiting for the network"
    sleep 5
  done
  systemctl enable amazon-ssm-agent
  systemctl restart amazon-ssm-agent
}

# Packages come from the region's own store, which is there before the way to the internet.
packages() { dnf install -y -q docker git postgresql15 amazon-cloudwatch-agent; }

# The node's files, as their fingerprint says they are: nothing else is ever run.
fetch() {
  local to="$root/opt/smart0dte/files/$files"
  install -d -m 0755 "$to"
  aws s3 cp --only-show-errors --recursive "s3://$bucket/environments/$scope/node/$files/" "$to" || return 1
  [[ "$(sha256sum <"$to/manifest")" == "$files  -" ]] || return 1
  (cd "$to" && sha256sum -c --quiet manifest) || return 1
  chmod 755 "$to"/*.sh
  ln -sfn "$to" "$root/opt/smart0dte/bin"
}

about() {
  local token
  token=$(curl -sf -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 300' http://169.254.169.254/latest/api/token) || return 1
  curl -sf -H "X-aws-ec2-metadata-token: $token" "http://169.254.169.254/latest/meta-data/$1"
}

node_env() {
  local address instance
  address=$(about local-ipv4) && instance=$(about instance-id) || return 1
  install -d -m 0755 "$root/etc/smart0dte"
  printf '%s\n' "SCOPE=$scope" "REGION=$region" "BUCKET=$bucket" "FILES=$files" \
    "ADDRESS=$address" "INSTANCE=$instance" >"$root/etc/smart0dte/node.env.new"
  mv -f "$root/etc/smart0dte/node.env.new" "$root/etc/smart0dte/node.env"
}

network &
again packages
again fetch
again node_env
wait
"$root/opt/smart0dte/bin/node.sh" setup
