# shellcheck shell=bash
# A command may reach a node twice, or be asked about when nobody knows whether it did. A run is done once: who asks
# again gets what was kept, or waits for the one that is at it.

run_once() {
  local id=$1 folder code
  shift
  [[ $id =~ ^[0-9a-f]{32}$ ]] || die "a run is 32 hexadecimal digits, and not \"$id\"" 2
  folder=$state/runs/$id
  mkdir -p "$state/runs"
  if mkdir "$folder" 2>/dev/null; then
    forget_old_runs
    do_run "$folder" "$@"
  else
    wait_for_run "$folder" "$@"
  fi
  cat "$folder/output"
  cat "$folder/problems" >&2
  code=$(cat "$folder/code")
  exit "$code"
}

do_run() {
  local folder=$1 code=0
  shift
  printf '%s\n' "$$" >"$folder/pid"
  "$here/node.sh" "$@" >"$folder/output" 2>"$folder/problems" </dev/null || code=$?
  printf '%s\n' "$code" >"$folder/code.new"
  mv "$folder/code.new" "$folder/code"
}

# The one that was at it may have ended with the machine; then it is done again, which every action bears.
wait_for_run() {
  local folder=$1 owner patience=0
  shift
  until [[ -s $folder/code ]]; do
    owner=$(cat "$folder/pid" 2>/dev/null || true)
    if [[ -z $owner ]] && ((patience < 5)); then
      patience=$((patience + 1))
    elif [[ -z $owner ]] || ! kill -0 "$owner" 2>/dev/null; then
      if [[ ! -s $folder/code ]]; then do_run "$folder" "$@"; fi
      return 0
    fi
    sleep 1
  done
}

forget_old_runs() {
  local old
  touch -d '7 days ago' "$state/runs.old"
  for old in "$state"/runs/*/; do
    if [[ $old -ot $state/runs.old ]]; then rm -rf "$old"; fi
  done
}
