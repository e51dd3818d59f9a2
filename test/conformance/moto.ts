import { join } from "node:path"
import { execa, type ResultPromise } from "execa"
import { startMachines } from "./moto-machines.ts"
import { pythonProgram } from "./python.ts"

/** An AWS that others wrote, in a process of its own. */
export interface Moto {
  readonly url: string
  /** Forgets all that it holds. */
  reset(): Promise<void>
  close(): Promise<void>
}

export async function startMoto(corrections: readonly string[]): Promise<Moto> {
  const script = join(import.meta.dirname, "moto_server.py")
  const machines = await startMachines()
  const server = execa(await pythonProgram("python"), [script, ...corrections], {
    env: {
      // Without it, no policy of AWS's own can be attached to a role.
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
      // Nothing takes time there but this, which would take a minute.
      MOTO_ACM_VALIDATION_WAIT: "1",
      MOTO_MACHINES: machines.url,
    },
    reject: false,
    stdin: "ignore",
  })
  const url = await addressOf(server)
  machines.within(url)
  return {
    url,
    async reset() {
      const answer = await fetch(`${url}/moto-api/reset`, { method: "POST" })
      if (!answer.ok) throw new Error(`moto did not forget: ${answer.status} ${await answer.text()}`)
    },
    async close() {
      server.kill()
      await server
      machines.close()
    },
  }
}

/** It chooses a free port, and says which on its way up. */
function addressOf(server: Pick<ResultPromise, "stderr" | "on">): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = ""
    server.stderr?.on("data", (part) => {
      heard += part
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(heard) ?? []
      if (url !== undefined) resolve(url)
    })
    server.on("exit", (code) => reject(new Error(`moto ended with ${code} before it could be reached: ${heard}`)))
  })
}
