# shellcheck shell=bash
# What the node says of itself, in parameters that plan and status read: a phase, what was wished, and why it failed.

reported=''
asked=''
finished=''
unchanged=''
why=''
declare -A fields=()

# From here on, however this ends is reported.
reporting() {
  reported=state/$1/$2
  asked=$3
  load_node
  trap finish EXIT
  trap 'die "was ended from outside" 143' HUP INT TERM
  report pending "${4:-}"
}

report() {
  local phase=$1 text=$2 key json
  text=$(redact "$text" | LC_ALL=C tail -c 1400)
  json="{\"wish\":$(json_string "$asked"),\"phase\":\"$phase\",\"node\":$(json_string "$INSTANCE"),\"at\":\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\""
  for key in $(printf '%s\n' "${!fields[@]}" | sort); do
    # What is JSON already begins with a brace.
    if [[ ${fields[$key]} == '{'* ]]; then json+=",\"$key\":${fields[$key]}"; else json+=",\"$key\":$(json_string "${fields[$key]}")"; fi
  done
  if [[ -n $text ]]; then json+=",\"why\":$(json_string "$text")"; fi
  aws ssm put-parameter --name "$path/$reported" --type String --overwrite --value "$json}" >/dev/null
}

finish() {
  local status=$?
  trap - EXIT
  let_go
  if [[ -s $run/why.$$ ]]; then why=$(cat "$run/why.$$"); fi
  rm -f "$run/why.$$"
  # Whoever is ended from outside may leave with the status of what went well before.
  if [[ -n $unchanged ]] || { ((status == 0)) && [[ -n $finished ]]; }; then
    report ready ''
  else
    report failed "${why:-ended with status $status, and gave no reason}"
    if ((status == 0)); then status=1; fi
  fi
  exit "$status"
}
