import type { Connection } from "./connection.ts"
import { newKeys, newToken } from "./keys.ts"
import type { Inside } from "./machines/inside.ts"
import { type Machines, startMachines } from "./machines/machines.ts"
import { listen } from "./server.ts"
import type { Service } from "./service.ts"
import type { Saved } from "./state-file.ts"
import { openWorld, type World } from "./world.ts"

export interface InProcessOptions {
  readonly services: readonly Service[]
  readonly speed?: number
  readonly region?: string
  readonly account?: string
  /** Keeps the state in this directory; without it, in memory only. */
  readonly dir?: string
  /** What it holds at the start; without it, what `dir` keeps, or nothing. */
  readonly saved?: Saved | undefined
  /** What goes on inside of instances; without it they start, and nothing else happens on them. */
  readonly machines?: ((world: World, url: string) => Inside) | undefined
}

export interface InProcess {
  readonly connection: Connection
  /** What a test may look into or change behind the wire. */
  readonly world: World
  readonly machines: Machines | undefined
  close(): Promise<void>
}

/** A sandbox within this process, on a random port: for tests. */
export async function inProcess(options: InProcessOptions): Promise<InProcess> {
  const { services, speed = 60, region = "us-east-1", account = "111122223333", dir, saved, machines } = options
  const keys = newKeys()
  const token = newToken()
  const world = openWorld({ services, speed, region, account, keys, saved, ...(dir === undefined ? {} : { dir }) })
  const listening = await listen(world, { token, onStop: () => listening.close() })
  const inside = machines?.(world, listening.url)
  const started = inside && startMachines(world, inside)
  const connection: Connection = {
    url: listening.url,
    ...keys,
    region,
    account: world.store.contents().account,
    speed,
    token,
    pid: process.pid,
    dir: dir ?? "",
  }
  const close = async () => {
    await started?.close()
    await listening.close()
  }
  return { connection, world, machines: started, close }
}
