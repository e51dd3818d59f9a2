# shellcheck shell=bash
# Settings are parameters of "key=value" lines: split at the first "=", the rest as it is.

# The text of a parameter below the scope's path; nothing where there is none.
parameter() {
  local name=$path/$1 text problem
  problem=$(mktemp)
  if text=$(aws ssm get-parameter --name "$name" --query Parameter.Value --output text 2>"$problem"); then
    rm -f "$problem"
    printf '%s\n' "$text"
    return 0
  fi
  if grep -q ParameterNotFound "$problem"; then
    rm -f "$problem"
    return 0
  fi
  say "the parameter $name could not be read: $(last_lines "$problem" 3)"
  rm -f "$problem"
  return 1
}

# The value of one key.
setting() {
  local key value
  while IFS='=' read -r key value; do
    if [[ $key == "$2" ]]; then
      printf '%s' "$value"
      return 0
    fi
  done <<<"$1"
}

# What stands behind a prefix, as "rest=value" lines.
settings_below() {
  local line
  while IFS= read -r line; do
    if [[ $line == "$2"* ]]; then printf '%s\n' "${line#"$2"}"; fi
  done <<<"$1"
}

# What a system is to be. It may stand in a parameter, or be kept beside the version that was made from it.
system_setting() {
  local text
  text=$(parameter "systems/$1")
  [[ -n $text ]] || die "nothing is said of $1: the parameter $path/systems/$1 is not there. deploy writes it"
  printf '%s\n' "$text"
}
