# shellcheck shell=bash
# Takes a system off this node: its containers, networks and volumes, its images, its source. Its databases stay.

remove_system() {
  local system=$1 home version
  not_while_live "$system"
  home=$(home_of "$system")
  systemctl disable "smart0dte-system@$system.service" >/dev/null 2>&1 || true
  for version in "$(version_at "$system" current)" "$home"/versions/*; do
    if [[ ! -f $version/override.yaml ]]; then continue; fi
    logged "the containers of $system could not be removed" compose_on "$system" "$version" down --volumes --remove-orphans
    break
  done
  rm -f "$home/current" "$home/former"
  forget_versions "$system"
  rm -rf "$home" "${run:?}/$system" "$run/$system.health"
  rm -f "$(latch_of "$system")" "$run/trading/$system".*
  if read_record; then with_gateways tend_gateways; fi
  docker network rm "smart0dte-$system" >/dev/null 2>&1 || true
  fields["removed"]=$system
}
