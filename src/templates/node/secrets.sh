# shellcheck shell=bash
# Secrets are read from Secrets Manager into variables of this shell and into files of root. They are never an argument
# or in the environment of a process, where everybody on the node could read them.

declare -A secret_texts=()
declare -A secret_values=()

# Puts a line of a secret into $secret: "smart-0dte/keys#POLYGON_API_KEY" is the line POLYGON_API_KEY of the secret
# smart0dte/<scope>/smart-0dte/keys, whose text is NAME=value lines.
read_secret() {
  local name=${1%%#*} line=${1#*#} problem
  if [[ -n ${secret_values[$1]+known} ]]; then
    secret=${secret_values[$1]}
    return 0
  fi
  if [[ -z ${secret_texts[$name]+known} ]]; then
    problem=$(mktemp)
    if ! secret_texts[$name]=$(aws secretsmanager get-secret-value --secret-id "$folder/$name" --query SecretString --output text 2>"$problem" </dev/null); then
      unset 'secret_texts[$name]'
      why="the secret $folder/$name could not be read: $(last_lines "$problem" 3)"
      rm -f "$problem"
      say "$why"
      return 1
    fi
    rm -f "$problem"
  fi
  secret=$(setting "${secret_texts[$name]}" "$line")
  if [[ -z $secret ]]; then
    why="the secret $folder/$name has no line $line"
    say "$why"
    return 1
  fi
  secret_values[$1]=$secret
}

# InfluxDB makes its tokens itself; they stay beside its data.
read_token() {
  local file=$state/influx/tokens/$1
  if [[ ! -s $file ]]; then
    why="InfluxDB has made no token for $1 yet"
    say "$why"
    return 1
  fi
  secret=$(cat "$file")
  secret_values["influx:$1"]=$secret
}

# Puts a text into $filled, with what stands in braces replaced: {secret:<name>#<line>}, {influx:<system>} and
# {data:<key>} of the settings that say where the data is. A secret that is still "unset" leaves $filled empty and says
# so with its status 2: then the application's own default holds.
fill_secrets() {
  local text=$1 kind name place
  filled=''
  while [[ $text =~ \{(secret|influx|data):([A-Za-z0-9/_.@+#-]+)\} ]]; do
    place=${BASH_REMATCH[0]} kind=${BASH_REMATCH[1]} name=${BASH_REMATCH[2]}
    filled+=${text%%"$place"*}
    text=${text#*"$place"}
    case $kind in
      secret) read_secret "$name" || return 1 ;;
      influx) read_token "$name" || return 1 ;;
      data)
        secret=$(setting "${data_setting:-}" "$name")
        if [[ -z $secret ]]; then
          why="neither $path/settings/data nor $path/settings/cache says $name yet"
          return 1
        fi
        ;;
    esac
    if [[ $kind == secret && $secret == unset ]]; then
      filled=''
      return 2
    fi
    filled+=$secret
  done
  filled+=$text
}

# A text without the secrets that were read meanwhile: applications print what they were given.
redact() {
  local text=$1 name
  for name in "${!secret_values[@]}"; do
    if ((${#secret_values[$name]} >= 6)); then text=${text//"${secret_values[$name]}"/***}; fi
  done
  printf '%s' "$text"
}

# What comes in, without the secrets that a system was given last: what a command prints is kept by AWS.
mask() {
  local known=$run/$1.secrets
  if [[ ! -s $known ]]; then
    cat
    return 0
  fi
  # shellcheck disable=SC2016
  awk 'NR == FNR { if (length($0) >= 6) known[++count] = $0; next }
    {
      for (i = 1; i <= count; i++)
        while ((at = index($0, known[i])) > 0) $0 = substr($0, 1, at - 1) "***" substr($0, at + length(known[i]))
      print
    }' "$known" -
}

# A line of an env_file. The versions of Compose read these files differently; a text in single quotes they read alike,
# but for what is refused here.
env_line() {
  local text=$2
  if [[ ! $text =~ ^[A-Za-z0-9_./:@%+,=?\&~*!^-]*$ ]]; then
    if [[ $text == *$'\n'* || $text == *'\\'* || $text == *"\\'"* || $text == *'\' ]]; then
      why="the value of $1 has a line break, or a backslash at its end, before a quote or before another one: Compose would change it"
      say "$why"
      return 1
    fi
    text="'${text//\'/\\\'}'"
  fi
  printf '%s=%s\n' "$1" "$text"
}

# What a service is told: what all are, in every mode and in this one, and then what it is alone, which wins.
settings_for() {
  settings_below "$1" variable.
  settings_below "$1" "mode.$mode.variable."
  settings_below "$1" "variable@$2."
  settings_below "$1" "mode.$mode.variable@$2."
}

# Writes one file per service with what it is told, from a setting and the list of services.
render_environment() {
  local system=$1 text=$2 service
  shift 2
  mkdir -p "$run/$system"
  data_setting=$(parameter settings/data && parameter settings/cache) || return 1
  for service in "$@"; do
    if ! environment_for "$system" "$text" "$service" >"$run/$system/$service.env.new"; then
      rm -f "$run/$system/$service.env.new"
      return 1
    fi
    mv -f "$run/$system/$service.env.new" "$run/$system/$service.env"
  done
  printf '%s\n' "${secret_values[@]}" | put_file "$run/$system.secrets"
}

environment_for() {
  local system=$1 text=$2 service=$3 status line key
  while IFS= read -r line; do
    if [[ -z $line ]]; then continue; fi
    key=${line%%=*}
    status=0
    fill_secrets "${line#*=}" || status=$?
    case $status in
      0) env_line "$key" "$filled" || return 1 ;;
      2) say "$system: $key is still a placeholder, so $service runs without it" ;;
      *) return 1 ;;
    esac
  done < <(settings_for "$text" "$service")
}
