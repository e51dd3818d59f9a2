import { type Context, Fault } from "../context.ts"
import { flag, type Parsed, parseFlags } from "../flags.ts"
import { isUp, lifeOf } from "./life.ts"
import { type ContainerRecord, changeEngine, containerNamed, readEngine } from "./records.ts"

type Verb = (on: Context, args: readonly string[]) => number

/** What is done to containers one by one, each under the name that it was given; one that fails does not stop the others. */
export const HANDLING: Readonly<Record<string, Verb>> = {
  stop: (on, args) => {
    const { rest } = parseFlags("docker stop", args, { values: [["-t", "--time", "--timeout"]], switches: [] })
    return eachOf(on, rest, ended)
  },

  kill: (on, args) => {
    const { rest } = parseFlags("docker kill", args, { values: [["-s", "--signal"]], switches: [] })
    return eachOf(on, rest, (one) => {
      if (isUp(on, one)) return ended(one)
      throw new Fault(`Error response from daemon: cannot kill container: ${one.name}: container is not running`)
    })
  },

  start: (on, args) => {
    const { rest } = parseFlags("docker start", args, { values: [], switches: [] })
    return eachOf(on, rest, (one) => (isUp(on, one) ? one : begun(one)))
  },

  rm: (on, args) => {
    const switches = [
      ["-f", "--force"],
      ["-v", "--volumes"],
    ]
    const parsed = parseFlags("docker rm", args, { values: [], switches })
    return eachOf(on, parsed.rest, (one) => removed(on, one, parsed))
  },
}

const ended = (one: ContainerRecord): ContainerRecord => ({ ...one, stopped: Date.now() })

const begun = ({ stopped: _stopped, ...one }: ContainerRecord): ContainerRecord => ({ ...one, started: Date.now() })

function removed(on: Context, one: ContainerRecord, parsed: Parsed): undefined {
  const { status } = lifeOf(on, one)
  if (flag(parsed, "-f") !== undefined || status === "exited" || status === "created") return undefined
  throw new Fault(
    `Error response from daemon: cannot remove container "/${one.name}": container is running: stop the container before removing or force remove`,
  )
}

function eachOf(
  on: Context,
  names: readonly string[],
  change: (one: ContainerRecord) => ContainerRecord | undefined,
): number {
  let code = 0
  for (const name of names) {
    try {
      const one = containerNamed(readEngine(on), name)
      if (!one) throw new Fault(`Error response from daemon: No such container: ${name}`)
      const next = change(one)
      changeEngine(on, (present) => ({
        ...present,
        containers: present.containers.flatMap((each) => (each.id !== one.id ? [each] : next ? [next] : [])),
      }))
      on.out(`${name}\n`)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      on.err(`${error.message}\n`)
      code = error.code
    }
  }
  return code
}
