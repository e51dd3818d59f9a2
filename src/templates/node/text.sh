# shellcheck shell=bash
# The little of JSON and of texts that is needed where neither jq nor Python is.

# A text as a JSON string with its quotes. What is neither printable nor a line break is left out.
json_string() {
  local LC_ALL=C text=$1
  text=${text//[^$'\t\n'\ -~]/}
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\t'/ }
  printf '"%s"' "${text//$'\n'/\\n}"
}

# The string that a flat JSON object has under a key, its escapes resolved; fails where there is none.
json_field() {
  local text=$1 rest value='' letter
  rest=$(printf '%s' "$text" | tr -d '\n')
  [[ $rest == *"\"$2\""* ]] || return 1
  rest=${rest#*"\"$2\""}
  [[ $rest =~ ^[[:space:]]*:[[:space:]]*\" ]] || return 1
  rest=${rest#*\"}
  while [[ -n $rest ]]; do
    letter=${rest:0:1}
    rest=${rest:1}
    case $letter in
      '"')
        printf '%s' "$value"
        return 0
        ;;
      \\)
        letter=${rest:0:1}
        rest=${rest:1}
        case $letter in
          u)
            printf -v letter '%b' "\\u${rest:0:4}"
            rest=${rest:4}
            ;;
          n) letter=$'\n' ;;
          t) letter=$'\t' ;;
        esac
        ;;
    esac
    value+=$letter
  done
  return 1
}

# The end of a file, as much as a report holds.
last_lines() { LC_ALL=C tail -n "${2:-20}" "$1" 2>/dev/null | tail -c 1200; }

# What a full disk or a missing network look like, in words that say what to do.
in_words() {
  local file=$1
  if grep -qiE 'no space left on device|disk quota exceeded' "$file"; then
    printf 'the disk of this node is full: make diskGb larger, or remove what fills it\n'
  elif grep -qiE 'could not resolve|name resolution|network is unreachable|no route to host|i/o timeout|connection timed out|TLS handshake timeout|no such host' "$file"; then
    printf 'this node found no way to the network: look at the NAT gateway and the route of its subnet\n'
  elif grep -qiE 'toomanyrequests|pull rate limit' "$file"; then
    printf 'Docker Hub lets no more images through for now: it may be asked again in some hours\n'
  fi
}
