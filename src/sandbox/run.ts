import type { Connection } from "./connection.ts"
import { removeEndpoint, writeEndpoint } from "./endpoint.ts"
import { privateFolder } from "./folder.ts"
import { LENT } from "./keyring.ts"
import { newAccount, newKeys, newToken } from "./keys.ts"
import { type Lock, takeLock } from "./lock.ts"
import type { Inside } from "./machines/inside.ts"
import { type Machines, startMachines } from "./machines/machines.ts"
import { listen } from "./server.ts"
import type { Service } from "./service.ts"
import { openWorld, type World } from "./world.ts"

export interface RunOptions {
  readonly dir: string
  readonly speed: number
  readonly region: string
  /** It ends itself after so many milliseconds of the wall clock without a request. */
  readonly idle: number
  readonly services: readonly Service[]
  /** Whether machines have the operator's own Docker. */
  readonly docker?: boolean
  /** What goes on inside of instances; without it nothing does. */
  readonly machines?: (world: World, url: string) => Inside
}

/** Runs a sandbox until it is stopped or idle. Does nothing where one already runs on the same directory. */
export async function runSandbox(options: RunOptions): Promise<void> {
  const { dir, region, speed } = options
  privateFolder(dir)
  const lock = takeLock(dir, "owner")
  if (!lock) return
  const keys = newKeys()
  const token = newToken()
  const world = openWorld({ ...options, account: newAccount(), keys })
  world.save()
  const started: { machines?: Machines } = {}
  const end = ending(world, dir, lock, () => void started.machines?.close())
  let latest = Date.now()
  const { url } = await listen(world, {
    token,
    onStop: end,
    // What instances ask keeps nobody waiting.
    onRequest: (authorization) => {
      if (!authorization.includes(`Credential=${LENT}`)) latest = Date.now()
    },
  })
  const { account } = world.store.contents()
  const connection: Connection = {
    url,
    ...keys,
    region,
    account,
    speed,
    token,
    pid: process.pid,
    dir,
    docker: options.docker ?? false,
  }
  if (options.machines) started.machines = startMachines(world, options.machines(world, url))
  writeEndpoint(connection)
  process.once("SIGTERM", end)
  process.once("SIGINT", end)
  setInterval(
    () => {
      if (Date.now() - latest >= options.idle) end()
    },
    Math.min(options.idle / 4, 5000),
  )
}

/** All of it happens between two requests, so that nothing acknowledged can be missing. */
const ending = (world: World, dir: string, lock: Lock, endMachines: () => void) => () => {
  endMachines()
  world.save()
  removeEndpoint(dir)
  lock.release()
  process.exit(0)
}
