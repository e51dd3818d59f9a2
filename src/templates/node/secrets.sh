# shellcheck shell=bash
# Secrets are read from Secrets Manager into variables of this shell and into files of root. They are never an argument
# or in the environment of a process, where everybody on the node could read them.

declare -A secret_values=()

# Puts the value of the secret smart0dte/<scope>/<name> into $secret.
read_secret() {
  local name=$1 problem kept=$state/influx/tokens
  if [[ -n ${secret_values[$name]+known} ]]; then
    secret=${secret_values[$name]}
    return 0
  fi
  # InfluxDB makes its tokens itself; they stay beside its data.
  if [[ $name == influx/* && -r $kept/${name#influx/} ]]; then
    secret=$(cat "$kept/${name#influx/}")
  else
    problem=$(mktemp)
    if ! secret=$(aws secretsmanager get-secret-value --secret-id "$folder/$name" --query SecretString --output text 2>"$problem" </dev/null); then
      why="the secret $folder/$name could not be read: $(last_lines "$problem" 3)"
      rm -f "$problem"
      say "$why"
      return 1
    fi
    rm -f "$problem"
  fi
  secret_values[$name]=$secret
}

# Puts a text into $filled, with its {secret:<name>} replaced. A secret that is still "unset" leaves $filled empty and
# says so with its status 2: then the application's own default holds.
fill_secrets() {
  local text=$1 name
  filled=''
  while [[ $text =~ \{(secret|influx):([A-Za-z0-9/_.@+-]+)\} ]]; do
    name=${BASH_REMATCH[2]}
    if [[ ${BASH_REMATCH[1]} == influx ]]; then name=influx/$name; fi
    filled+=${text%%"${BASH_REMATCH[0]}"*}
    text=${text#*"${BASH_REMATCH[0]}"}
    read_secret "$name" || return 1
    if [[ $secret == unset ]]; then
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

# Writes one file per service with what it is told, from a setting and the list of services.
render_environment() {
  local system=$1 text=$2 service status line key
  shift 2
  mkdir -p "$run/$system"
  for service in "$@"; do
    {
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
      done < <(settings_below "$text" variable. && settings_below "$text" "variable@$service.")
    } >"$run/$system/$service.env.new"
    mv -f "$run/$system/$service.env.new" "$run/$system/$service.env"
  done
}
