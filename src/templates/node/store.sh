# shellcheck shell=bash
# Objects of the state bucket, read with curl and the role's own credentials: what is looked at every two seconds may
# not cost the start of the aws program each time.

# Prints an object. Fails with 4 where there is none, and with 1 where nobody can say.
state_object() {
  local key=$1 file status
  if ! have_credentials; then return 1; fi
  file=$(mktemp)
  # The options come from a file of root: arguments can be read by everybody on the node.
  status=$(curl -s --max-time 5 --aws-sigv4 "aws:amz:$REGION:s3" -K - -o "$file" -w '%{http_code}' \
    "https://$BUCKET.s3.$REGION.amazonaws.com/${key//+/%2B}" < <(tail -n +2 "$run/credentials")) || status=000
  if [[ $status == 200 ]]; then cat "$file"; fi
  rm -f "$file"
  case $status in
    200) return 0 ;;
    404) return 4 ;;
    401 | 403) rm -f "$run/credentials" ;;
  esac
  return 1
}

# Keeps the credentials of the node's role until shortly before they end; the first line says when that is, the others
# are curl's options.
have_credentials() {
  local file=$run/credentials until='' role answer id key session
  if [[ -s $file ]]; then read -r until <"$file" || true; fi
  if [[ $until =~ ^[0-9]+$ ]] && ((until - 120 > $(date +%s))); then return 0; fi
  role=$(ask_metadata iam/security-credentials/) && answer=$(ask_metadata "iam/security-credentials/${role%%[!A-Za-z0-9+=,.@_-]*}") || return 1
  id=$(json_field "$answer" AccessKeyId) && key=$(json_field "$answer" SecretAccessKey) && session=$(json_field "$answer" Token) || return 1
  until=$(json_field "$answer" Expiration) && until=$(date -d "$until" +%s) || return 1
  for answer in "$id" "$key" "$session"; do [[ $answer =~ ^[A-Za-z0-9+/=_-]+$ ]] || return 1; done
  printf '%s\nuser = "%s:%s"\nheader = "x-amz-security-token: %s"\n' "$until" "$id" "$key" "$session" | put_file "$file"
}

ask_metadata() {
  local token
  token=$(curl -sf --max-time 2 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token) || return 1
  printf 'header = "X-aws-ec2-metadata-token: %s"\n' "$token" | curl -sf --max-time 2 -K - "http://169.254.169.254/latest/meta-data/$1"
}
