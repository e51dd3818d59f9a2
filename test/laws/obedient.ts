import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { setTimeout } from "node:timers/promises"
import type { Ended, Inside, Order } from "../../src/sandbox/machines/inside.ts"

/**
 * Machines that do at once, and without a process, what the scripts of a node do in the end: they report what they were
 * asked for as done. For the laws, which deploy hundreds of times.
 */
export const obedient = (): Inside => ({
  boot: async (machine, signal) => {
    const told = toldBy(machine)
    if (!told) return
    while (machine.reach() !== "internet") {
      if (signal.aborted) return
      await setTimeout(5, undefined, { ref: false })
    }
    if (!signal.aborted) await started(machine)
  },
  run: carryOut,
  discard: () => undefined,
  close: async () => undefined,
})

/** What of a machine obeying takes, wherever the machine is. */
export interface Obeying {
  readonly id: string
  readonly userData: string
  ask(service: string, operation: string, input: object): Answer | Promise<Answer>
}

type Answer = Readonly<Record<string, unknown>>

/** The end of a first start: the node says that it has its files. */
export async function started(machine: Obeying): Promise<void> {
  const told = toldBy(machine)
  if (told) await report(machine, told.scope, "node/main", { wish: told.files.slice(0, 16) })
}

interface Told {
  readonly scope: string
  readonly files: string
}

/** What the user data begins with. */
function toldBy({ userData }: Pick<Obeying, "userData">): Told | undefined {
  const found = /^region='.*' scope='(?<scope>[^']+)' bucket='.*' files='(?<files>[0-9a-f]{64})'$/m.exec(
    userData,
  )?.groups
  return found?.scope === undefined || found.files === undefined
    ? undefined
    : { scope: found.scope, files: found.files }
}

export type Commanded = Pick<Order, "DocumentName" | "Parameters" | "Bucket">

const done: Ended = { code: 0, output: "", errors: "" }

export async function carryOut(machine: Obeying, order: Commanded): Promise<Ended> {
  const told = toldBy(machine)
  const value = (name: string): string => order.Parameters[name]?.[0] ?? ""
  if (!told || !order.DocumentName.endsWith("-release")) return done
  const system = value("System")
  const wish = value("Wish")
  const say = (thing: string, fields: Fields = {}) => report(machine, told.scope, thing, { wish, ...fields })
  const heard = async (thing: string): Promise<Fields> =>
    JSON.parse((await parameter(machine, told.scope, `state/${thing}`)) || "{}")
  switch (value("Action")) {
    case "files":
      await say("node/main")
      return done
    case "databases":
    case "influx":
      await say(`${value("Action")}/main`)
      return done
    case "checkout":
      await say(`checkout/${system}`, await checkedOut(machine, told.scope, system, order.Bucket))
      return done
    case "images": {
      const { commit = "" } = await heard(`checkout/${system}`)
      const override = await parameter(machine, told.scope, `overrides/${system}`)
      await say(`images/${system}`, { commit, digest: hash(commit, override) })
      return done
    }
    case "system": {
      const { commit = "", digest = "" } = await heard(`images/${system}`)
      const override = await parameter(machine, told.scope, `overrides/${system}`)
      await say(`system/${system}`, { commit, digest, override, health: "{}" })
      return done
    }
    default:
      return done
  }
}

type Fields = Readonly<Record<string, string>>

async function report(machine: Obeying, scope: string, thing: string, fields: Fields): Promise<void> {
  const Value = JSON.stringify({ phase: "ready", node: machine.id, at: new Date().toISOString(), ...fields })
  await machine.ask("ssm", "PutParameter", {
    Name: `/smart0dte/${scope}/state/${thing}`,
    Type: "String",
    Value,
    Overwrite: true,
  })
}

/** A node finds the project's Compose file in what it fetched, and puts it where the next run reads it. */
async function checkedOut(machine: Obeying, scope: string, system: string, bucket: string): Promise<Fields> {
  const lines = (await parameter(machine, scope, `systems/${system}`)).split("\n").map((line) => line.split("="))
  const [repository = "", ref = ""] = ["repository", "ref"].map((key) => lines.find(([name]) => name === key)?.[1])
  const text = readFileSync(new URL(`../../src/sandbox/samples/${system}/main/docker-compose.yml`, import.meta.url))
  const compose = createHash("sha256").update(text).digest("hex")
  const Key = `environments/${scope}/compose/${system}/${compose}.yaml`
  await machine.ask("s3", "PutObject", { Bucket: bucket, Key, Body: text })
  return { repository, ref, compose, commit: hash(repository, ref).slice(0, 40) }
}

/** The text of a parameter below the scope's path; nothing where there is none. */
async function parameter(machine: Obeying, scope: string, name: string): Promise<string> {
  const { Parameters = [] } = (await machine.ask("ssm", "GetParameters", {
    Names: [`/smart0dte/${scope}/${name}`],
  })) as {
    readonly Parameters?: readonly { readonly Value?: string }[]
  }
  return Parameters[0]?.Value ?? ""
}

const hash = (...parts: readonly string[]): string => createHash("sha256").update(parts.join("\0")).digest("hex")
