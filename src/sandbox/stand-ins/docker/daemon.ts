import { type Context, Fault } from "../context.ts"
import { readSystemd, stateOf } from "../systemd/state.ts"

export function needsDaemon(on: Context): void {
  if (stateOf(readSystemd(on.paths.records), "docker.service", on.facts.booted) === "active") return
  throw new Fault("Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?")
}
