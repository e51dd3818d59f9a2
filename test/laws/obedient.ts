import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { setTimeout } from "node:timers/promises"
import type { Ended, Inside, Machine, Order } from "../../src/sandbox/machines/inside.ts"

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
    if (!signal.aborted) report(machine, told.scope, "node/main", { wish: told.files.slice(0, 16) })
  },
  run: async (machine, order) => carryOut(machine, order),
  discard: () => undefined,
  close: async () => undefined,
})

interface Told {
  readonly scope: string
  readonly files: string
}

/** What the user data begins with. */
function toldBy({ userData }: Machine): Told | undefined {
  const found = /^region='.*' scope='(?<scope>[^']+)' bucket='.*' files='(?<files>[0-9a-f]{64})'$/m.exec(
    userData,
  )?.groups
  return found?.scope === undefined || found.files === undefined
    ? undefined
    : { scope: found.scope, files: found.files }
}

const done: Ended = { code: 0, output: "", errors: "" }

function carryOut(machine: Machine, order: Order): Ended {
  const told = toldBy(machine)
  const value = (name: string): string => order.Parameters[name]?.[0] ?? ""
  if (!told || !order.DocumentName.endsWith("-release")) return done
  const system = value("System")
  const wish = value("Wish")
  const say = (thing: string, fields: Fields = {}) => report(machine, told.scope, thing, { wish, ...fields })
  const heard = (thing: string): Fields => JSON.parse(parameter(machine, told.scope, `state/${thing}`) || "{}")
  switch (value("Action")) {
    case "files":
      say("node/main")
      return done
    case "databases":
    case "influx":
      say(`${value("Action")}/main`)
      return done
    case "checkout":
      say(`checkout/${system}`, checkedOut(machine, told.scope, system, order.Bucket))
      return done
    case "images": {
      const { commit = "" } = heard(`checkout/${system}`)
      say(`images/${system}`, { commit, digest: hash(commit, parameter(machine, told.scope, `overrides/${system}`)) })
      return done
    }
    case "system": {
      const { commit = "", digest = "" } = heard(`images/${system}`)
      const override = parameter(machine, told.scope, `overrides/${system}`)
      say(`system/${system}`, { commit, digest, override, health: "{}" })
      return done
    }
    default:
      return done
  }
}

type Fields = Readonly<Record<string, string>>

function report(machine: Machine, scope: string, thing: string, fields: Fields): void {
  const Value = JSON.stringify({ phase: "ready", node: machine.id, at: new Date().toISOString(), ...fields })
  machine.ask("ssm", "PutParameter", {
    Name: `/smart0dte/${scope}/state/${thing}`,
    Type: "String",
    Value,
    Overwrite: true,
  })
}

/** A node finds the project's Compose file in what it fetched, and puts it where the next run reads it. */
function checkedOut(machine: Machine, scope: string, system: string, bucket: string): Fields {
  const lines = parameter(machine, scope, `systems/${system}`)
    .split("\n")
    .map((line) => line.split("="))
  const [repository = "", ref = ""] = ["repository", "ref"].map((key) => lines.find(([name]) => name === key)?.[1])
  const text = readFileSync(new URL(`../../src/sandbox/samples/${system}/main/docker-compose.yml`, import.meta.url))
  const compose = createHash("sha256").update(text).digest("hex")
  const Key = `environments/${scope}/compose/${system}/${compose}.yaml`
  machine.ask("s3", "PutObject", { Bucket: bucket, Key, Body: text })
  return { repository, ref, compose, commit: hash(repository, ref).slice(0, 40) }
}

/** The text of a parameter below the scope's path; nothing where there is none. */
function parameter(machine: Machine, scope: string, name: string): string {
  const { Parameters = [] } = machine.ask("ssm", "GetParameters", { Names: [`/smart0dte/${scope}/${name}`] }) as {
    readonly Parameters?: readonly { readonly Value?: string }[]
  }
  return Parameters[0]?.Value ?? ""
}

const hash = (...parts: readonly string[]): string => createHash("sha256").update(parts.join("\0")).digest("hex")
