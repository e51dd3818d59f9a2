# shellcheck shell=bash
# A version is what a system runs or ran: its override, and the setting that it was told then. It is a folder named
# after both. Two links say which one runs and which one ran before.

home_of() { printf '%s/systems/%s' "$state" "$1"; }

# Brings a system's setting and override here, and puts the version's folder into $version.
prepare_version() {
  local system=$1 home text key file
  home=$(home_of "$system")
  text=$(system_setting "$system")
  key=$(setting "$text" override)
  if [[ -z $key ]]; then key=$(parameter "overrides/$system"); fi
  [[ -n $key ]] || die "$system has no override yet: deploy makes it once the source is here"
  mkdir -p "$home/versions"
  file=$(mktemp "$home/versions/.new.XXXXXX")
  why="the override s3://$BUCKET/$key could not be fetched"
  aws s3 cp --only-show-errors "s3://$BUCKET/$key" "$file.got"
  why=''
  # In a sandbox everything of a node stands below a folder.
  sed -e "s#/run/smart0dte/#$run/#g" -e "s#\${ADDRESS}#$ADDRESS#g" "$file.got" >"$file"
  version=$home/versions/$(printf '%s\n' "$text" | cat "$file" - | sha256sum | cut -c 1-16)
  mkdir -p "$version"
  mv "$file" "$version/override.yaml"
  printf '%s\n' "$text" >"$version/setting"
  printf '%s\n' "$key" >"$version/key"
  rm -f "$file.got"
}

# What the override says of itself at its head: "# service NAME built|pulled IMAGE" and "# commit COMMIT".
services_of() { sed -n 's/^# service \([^ ]*\) .*/\1/p' "$1/override.yaml"; }
images_of() { sed -n "s/^# service \([^ ]*\) $2 /\1 /p" "$1/override.yaml"; }
commit_of() { sed -n 's/^# commit //p' "$1/override.yaml"; }

# Docker Compose on a version of a system, in the mode that was looked up last.
compose_on() {
  local system=$1 folder=$2
  shift 2
  GATEWAY_NETWORK=$(gateway_network "$(kind_of "$mode")" "$system") docker compose -p "$system" --project-directory "$(home_of "$system")/source" -f "$folder/override.yaml" "$@"
}

version_at() { readlink "$(home_of "$1")/$2" 2>/dev/null || true; }

point() { ln -sfn "$3" "$(home_of "$1")/$2"; }

# The images of a version as one digest: the same images, the same digest, on whatever node.
digest_of() {
  local name image id lines=''
  while read -r name image; do
    id=$(docker image inspect --format '{{.Id}}' "$image") || return 1
    lines+="$name $id"$'\n'
  done < <({
    images_of "$1" built
    images_of "$1" pulled
  } | sort)
  printf '%s' "$lines" | sha256sum | cut -c 1-64
}

# The tree that images are built from and that Compose calls its project follows the version.
tree_at() {
  local source
  source=$(home_of "$1")/source
  git -C "$source" checkout --quiet --force --detach "$2" && git -C "$source" clean -ffdxq
}

# What neither runs nor ran before goes, with its images.
forget_versions() {
  local system=$1 home folder current former name image
  home=$(home_of "$system")
  current=$(version_at "$system" current)
  former=$(version_at "$system" former)
  for folder in "$home"/versions/*/; do
    folder=${folder%/}
    if [[ ! -d $folder || $folder == "$current" || $folder == "$former" ]]; then continue; fi
    while read -r name image; do
      if grep -qsxF "# service $name built $image" "$current/override.yaml" "$former/override.yaml"; then continue; fi
      docker image rm "$image" >/dev/null 2>&1 || true
    done < <(images_of "$folder" built)
    rm -rf "$folder"
  done
}
