# shellcheck shell=bash
# Builds a system's images, each tagged with the commit that it was made from, and fetches those that it only names.

make_images() {
  local system=$1 version='' name image missing=()
  prepare_version "$system"
  fields["commit"]=$(commit_of "$version")
  fields["override"]=$(cat "$version/key")
  why="the commit ${fields["commit"]} is not on this node"
  tree_at "$system" "${fields["commit"]}"
  why=''
  have_environment_files "$system" "$version"
  while read -r name image; do
    if ! docker image inspect --format '{{.Id}}' "$image" >/dev/null 2>&1; then missing+=("$name"); fi
  done < <(images_of "$version" built)
  if ((${#missing[@]} > 0)); then build_images "$system" "$version" "${missing[@]}"; fi
  while read -r name image; do
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

# Compose reads them whatever it is to do, and a build needs nothing of what is in them.
have_environment_files() {
  local service
  mkdir -p "$run/$1"
  for service in $(services_of "$2"); do
    if [[ ! -f $run/$1/$service.env ]]; then : >"$run/$1/$service.env"; fi
  done
}

# All at once, which is as fast as the slowest of them.
build_images() {
  local system=$1 version=$2 output name
  shift 2
  output=$(mktemp)
  if compose_on "$system" "$version" build "$@" </dev/null >"$output" 2>&1; then
    rm -f "$output"
    return 0
  fi
  name=$(sed -nE "s/.*Service '([^']+)' failed to build.*/\1/p; s/^target ([a-z0-9_.-]+): failed.*/\1/p" "$output" | head -n 1)
  why="the image of ${name:-$(first_missing "$version")} could not be built: $(in_words "$output")"$'\n'"$(last_lines "$output")"
  rm -f "$output"
  die "$why"
}

first_missing() {
  local name image
  while read -r name image; do
    if ! docker image inspect --format '{{.Id}}' "$image" >/dev/null 2>&1; then
      printf '%s' "$name"
      return 0
    fi
  done < <(images_of "$1" built)
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
