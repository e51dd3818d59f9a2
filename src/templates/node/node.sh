#!/bin/bash
# The only way in for documents and units: node.sh ACTION [ARGUMENTS]
set -euo pipefail
# What this writes is for root alone, unless it says otherwise.
umask 077
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=src/templates/node/place.sh
source "$here/place.sh"
# shellcheck source=src/templates/node/text.sh
source "$here/text.sh"
# shellcheck source=src/templates/node/settings.sh
source "$here/settings.sh"
# shellcheck source=src/templates/node/secrets.sh
source "$here/secrets.sh"
# shellcheck source=src/templates/node/report.sh
source "$here/report.sh"
# shellcheck source=src/templates/node/once.sh
source "$here/once.sh"
# shellcheck source=src/templates/node/setup.sh
source "$here/setup.sh"
# shellcheck source=src/templates/node/versions.sh
source "$here/versions.sh"
# shellcheck source=src/templates/node/checkout.sh
source "$here/checkout.sh"
# shellcheck source=src/templates/node/images.sh
source "$here/images.sh"
# shellcheck source=src/templates/node/system.sh
source "$here/system.sh"
# shellcheck source=src/templates/node/remove.sh
source "$here/remove.sh"
# shellcheck source=src/templates/node/compose.sh
source "$here/compose.sh"
# shellcheck source=src/templates/node/health.sh
source "$here/health.sh"
# shellcheck source=src/templates/node/store.sh
source "$here/store.sh"
# shellcheck source=src/templates/node/trading.sh
source "$here/trading.sh"
# shellcheck source=src/templates/node/gateway.sh
source "$here/gateway.sh"
# shellcheck source=src/templates/node/said.sh
source "$here/said.sh"
# shellcheck source=src/templates/node/switch.sh
source "$here/switch.sh"
# shellcheck source=src/templates/node/asked.sh
source "$here/asked.sh"
# shellcheck source=src/templates/node/halt.sh
source "$here/halt.sh"
# shellcheck source=src/templates/node/watch.sh
source "$here/watch.sh"
# shellcheck source=src/templates/node/databases.sh
source "$here/databases.sh"
# shellcheck source=src/templates/node/influx.sh
source "$here/influx.sh"

usage="once RUN ACTION SYSTEM WISH | setup | files|databases|influx none WISH | checkout|images|system|rollback|remove SYSTEM WISH | compose SYSTEM ACTION SERVICE LINES SINCE COMMAND | start|stop SYSTEM | switch paper SYSTEM EPOCH | switch live SYSTEM PHASE EPOCH DIGEST | halt SYSTEM NOW | resume SYSTEM EPOCH | health | watch"

main() {
  local verb=${1:-} system=${2:-none} wish=${3:-}
  if (($# > 0)); then shift; fi
  case $verb in
    once)
      run_once "$@"
      ;;
    setup)
      load_node
      reporting node main "${FILES:0:16}"
      set_up
      ;;
    files)
      reporting node main "$wish"
      set_up
      ;;
    databases | influx)
      one_at_a_time "$verb"
      reporting "$verb" main "$wish"
      "run_$verb"
      ;;
    checkout | images | system | rollback | remove)
      check_system "$system"
      [[ $wish =~ ^[0-9a-f]{16}$ ]] || die "a wish is 16 hexadecimal digits, and not \"$wish\"" 2
      one_at_a_time "$system"
      act_on "$verb" "$system" "$wish"
      ;;
    compose)
      check_system "$system"
      load_node
      run_compose "$@"
      ;;
    start | stop)
      check_system "$system"
      one_at_a_time "$system"
      load_node
      "${verb}_system" "$system"
      ;;
    switch | halt | resume)
      "run_$verb" "$@"
      ;;
    watch)
      load_node
      run_watch
      ;;
    health)
      load_node
      watch_health
      ;;
    *) die "\"$verb\" is no action of this node: $usage" 2 ;;
  esac
}

act_on() {
  local verb=$1 system=$2 kind=$1
  # A rollback ends in a system that runs, as a release does, and so does what is left when one is removed.
  if [[ $verb == rollback || $verb == remove ]]; then kind=system; fi
  reporting "$kind" "$system" "$3"
  case $verb in
    checkout) check_out "$system" ;;
    images) make_images "$system" ;;
    system) start_wanted "$system" ;;
    rollback) start_former "$system" ;;
    remove) remove_system "$system" ;;
  esac
}

main "$@"
finished=yes
