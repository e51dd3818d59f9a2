# shellcheck shell=bash
# Brings a system's source to the commit that its setting names, and its Compose file to where the CLI can read it.

check_out() {
  local system=$1 home source text repository ref commit file
  home=$(home_of "$system")
  source=$home/source
  text=$(system_setting "$system")
  repository=$(setting "$text" repository)
  ref=$(setting "$text" ref)
  fields["repository"]=$repository
  fields["ref"]=$ref
  [[ $repository =~ ^(https|ssh)://[A-Za-z0-9.-]+(:[0-9]+)?/[^[:space:]]+$ ]] || die "\"$repository\" is no repository that a node fetches from: https://host/path, and a token as a secret"
  [[ $ref =~ ^[A-Za-z0-9][A-Za-z0-9._/@+-]*$ ]] || die "\"$ref\" is no branch, tag or commit"
  mkdir -p "$home"
  ask_with "$(setting "$text" token)"
  fetch_source "$repository" "$source"
  commit=$(commit_at "$source" "$ref") || die "$repository has no branch, tag or commit \"$ref\""
  why="the tree of $commit could not be checked out"
  tree_at "$system" "$commit"
  why=''
  file=$(compose_file "$source" "$(setting "$text" compose)")
  fields["commit"]=$commit
  fields["compose"]=$(sha256sum <"$file" | cut -c 1-64)
  why="the Compose file of $system could not be put into the state bucket"
  aws s3 cp --only-show-errors "$file" "$store/compose/$system/${fields["compose"]}.yaml"
  why=''
}

# Git asks this program for the token, which reads it from a file of root: it is in no address and no argument.
ask_with() {
  export GIT_TERMINAL_PROMPT=0
  if [[ -z $1 ]]; then return 0; fi
  read_secret "$1" || die "$why"
  # Then the repository is public.
  if [[ $secret == unset ]]; then return 0; fi
  export SMART0DTE_TOKEN_FILE=$run/git-token.$$
  printf '%s' "$secret" >"$SMART0DTE_TOKEN_FILE"
  export GIT_ASKPASS=$here/askpass.sh
}

fetch_source() {
  local repository=$1 source=$2 problem
  problem=$(mktemp)
  if [[ -d $source/.git && $(git -C "$source" remote get-url origin 2>/dev/null) == "$repository" ]]; then
    git -C "$source" fetch --quiet --force --prune --tags origin '+refs/heads/*:refs/remotes/origin/*' 2>"$problem" || no_source "$repository" "$problem"
  else
    rm -rf "$source.new"
    git clone --quiet --no-checkout "$repository" "$source.new" 2>"$problem" || no_source "$repository" "$problem"
    rm -rf "$source"
    mv "$source.new" "$source"
  fi
  rm -f "$problem" "${SMART0DTE_TOKEN_FILE:-}"
}

no_source() {
  local what
  what="$1 could not be fetched: $(in_words "$2")"
  if grep -qiE 'authentication failed|could not read (username|password)|not found|403' "$2"; then
    what+=$'it is private or not there: name the secret with its token, or look at its address\n'
  fi
  what+=$(redact "$(last_lines "$2" 4)")
  rm -f "$2" "${SMART0DTE_TOKEN_FILE:-}"
  die "$what"
}

commit_at() {
  local candidate
  for candidate in "refs/remotes/origin/$2" "refs/tags/$2" "$2"; do
    if git -C "$1" rev-parse --verify --quiet "$candidate^{commit}" 2>/dev/null; then return 0; fi
  done
  return 1
}

compose_file() {
  local name
  for name in ${2:-docker-compose.yml docker-compose.yaml compose.yaml compose.yml}; do
    if [[ -f $1/$name ]]; then
      printf '%s' "$1/$name"
      return 0
    fi
  done
  die "there is no ${2:-docker-compose.yml} in the repository"
}
