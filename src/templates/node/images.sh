# shellcheck shell=bash
# Builds a system's images, each tagged with the commit that it was made from, and fetches those that it only names.

make_images() {
  local system=$1 version='' name image
  prepare_version "$system"
  fields["commit"]=$(commit_of "$version")
  fields["override"]=$(cat "$version/key")
  why="the commit ${fields["commit"]} is not on this node"
  tree_at "$system" "${fields["commit"]}"
  why=''
  check_override "$system" "$version"
  while read -r name image; do
    if ! docker image inspect --format '{{.Id}}' "$image" >/dev/null 2>&1; then
      logged "the image of $name could not be built" compose_on "$system" "$version" build "$name"
    fi
    without_reload "$image"
  done < <(images_of "$version" built)
  while read -r name image; do
    if docker image inspect --format '{{.Id}}' "$image" >/dev/null 2>&1; then continue; fi
    logged "the image $image of $name could not be fetched" docker pull --quiet "$image"
  done < <(images_of "$version" pulled)
  why='an image that was just made is gone'
  fields["digest"]=$(digest_of "$version")
  why=''
}

# The override must be a file that Compose takes, before anything is done with it.
check_override() {
  local service
  mkdir -p "$run/$1"
  for service in $(services_of "$2"); do
    if [[ ! -f $run/$1/$service.env ]]; then : >"$run/$1/$service.env"; fi
  done
  logged "Docker Compose does not take the override of $1" compose_on "$1" "$2" config -q
}

# Runs a command; where it fails, its last lines say why.
logged() {
  local what=$1 output
  shift
  output=$(mktemp)
  if "$@" </dev/null >"$output" 2>&1; then
    rm -f "$output"
    return 0
  fi
  what="$what: $(in_words "$output")"$'\n'"$(last_lines "$output")"
  rm -f "$output"
  die "$what"
}

# A server that starts again whenever a file changes is for those who write it. Where the image itself asks for it, the
# image gets a command without it.
without_reload() {
  local command
  command=$(docker image inspect --format '{{json .Config.Cmd}}' "$1" 2>/dev/null || true)
  if [[ $command != '['*--reload* ]]; then return 0; fi
  command=${command//,\"--reload\"/}
  command=${command// --reload/}
  printf 'FROM %s\nCMD %s\n' "$1" "$command" | docker build --quiet -t "$1" - >/dev/null
}
