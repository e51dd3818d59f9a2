import type { Connection } from "./connection.ts"
import { removeEndpoint, writeEndpoint } from "./endpoint.ts"
import { privateFolder } from "./folder.ts"
import { newAccount, newKeys, newToken } from "./keys.ts"
import { type Lock, takeLock } from "./lock.ts"
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
  const end = ending(world, dir, lock)
  let latest = Date.now()
  const { url } = await listen(world, {
    token,
    onStop: end,
    onRequest: () => {
      latest = Date.now()
    },
  })
  const { account } = world.store.contents()
  const connection: Connection = { url, ...keys, region, account, speed, token, pid: process.pid, dir }
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
const ending = (world: World, dir: string, lock: Lock) => () => {
  world.save()
  removeEndpoint(dir)
  lock.release()
  process.exit(0)
}
