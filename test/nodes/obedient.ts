import { createHash } from "node:crypto"
import type { Ended, Inside, Machine } from "../../src/sandbox/machines/inside.ts"

/** Machines that report at once what they are asked for, as the node's own scripts would, without running any. */
export interface Obedient extends Inside {
  /** Every order that reached a machine: `system smart-0dte`. */
  readonly orders: string[]
  /** By report, such as `system/mag7-7dte`, or for `remove`: why it fails. */
  readonly fails: Map<string, string>
  /** By system: the commit that its ref leads to now. */
  readonly commits: Map<string, string>
  /** What a machine answers to commands of the documents `compose` and `exec`. */
  compose: (parameters: Readonly<Record<string, string>>) => Ended
}

export function obedient(): Obedient {
  const done = new Map<string, Ended>()
  const former = new Map<string, readonly (readonly [string, object])[]>()
  const self: Obedient = {
    orders: [],
    fails: new Map(),
    commits: new Map(),
    compose: () => fine(""),
    async boot(machine) {
      const files = /files='([0-9a-f]{64})'/.exec(machine.userData)?.[1]
      if (files) report(machine, "node/main", { wish: files.slice(0, 16), phase: "ready" })
    },
    async run(machine, order) {
      const told = Object.fromEntries(Object.entries(order.Parameters).map(([name, [value = ""]]) => [name, value]))
      const known = done.get(told.Run ?? "")
      if (known) return known
      const ended = /-(compose|exec)$/.test(order.DocumentName)
        ? self.compose(told)
        : carryOut(self, former, machine, told)
      done.set(told.Run ?? "", ended)
      return ended
    },
    discard() {},
    async close() {},
  }
  return self
}

type Told = Readonly<Record<string, string>>
type Former = Map<string, readonly (readonly [string, object])[]>

function carryOut(self: Obedient, former: Former, machine: Machine, told: Told): Ended {
  const { Action = "", System: system = "none", Wish: wish = "" } = told
  self.orders.push(system === "none" ? Action : `${Action} ${system}`)
  if (Action === "rollback") return rollBack(former, machine, system)
  const stays = self.fails.get("remove")
  if (Action === "remove") return stays === undefined ? fine("") : { code: 1, output: "", errors: stays }
  const name = Action === "files" ? "node/main" : `${Action}/${system === "none" ? "main" : system}`
  const runs = Action === "system" ? read(machine, name) : undefined
  const why = self.fails.get(name)
  const fields = why === undefined ? fieldsFor[Action]?.(self, machine, system) : fieldsOf(runs)
  report(machine, name, { wish, phase: why === undefined ? "ready" : "failed", ...fields, ...(why && { why }) })
  if (Action === "system" && why === undefined) keepFormer(former, machine, system)
  return why === undefined ? fine("") : { code: 1, output: "", errors: why }
}

const fieldsFor: Readonly<Record<string, (self: Obedient, machine: Machine, system: string) => object>> = {
  checkout(self, machine, system) {
    const lines = read(machine, `systems/${system}`)
    const compose = samplesOf(system)
    const sha = sha256(compose)
    const Key = `environments/poc/compose/${system}/${sha}.yaml`
    machine.ask("s3", "PutObject", { Bucket: stateBucket, Key, Body: Buffer.from(compose) })
    const { repository = "", ref = "" } = lines
    const commit = self.commits.get(system) ?? createHash("sha1").update(`${repository} ${ref}`).digest("hex")
    return { repository, ref, commit, compose: sha }
  },
  images(_, machine, system) {
    const { commit = "" } = read(machine, `state/checkout/${system}`)
    return { commit, digest: sha256(commit) }
  },
  system(_, machine, system) {
    const { commit = "", digest = "" } = read(machine, `state/images/${system}`)
    const override = textOf(machine, `overrides/${system}`)
    return { commit, digest, override, health: { backend: "healthy", frontend: "healthy" } }
  },
}

/** What ran before is kept with its reports. */
function keepFormer(former: Former, machine: Machine, system: string): void {
  const reports = ["checkout", "images", "system"].map(
    (kind) => [`${kind}/${system}`, read(machine, `state/${kind}/${system}`)] as const,
  )
  former.set(`before ${system}`, former.get(system) ?? [])
  former.set(system, reports)
}

function rollBack(former: Former, machine: Machine, system: string): Ended {
  const current = former.get(system) ?? []
  const { commit } = read(machine, `state/checkout/${system}`)
  // What was fetched last may never have got well: then the way back is to what runs.
  const runs = current.some(([, said]) => "commit" in said && said.commit === commit)
  const reports = (runs ? former.get(`before ${system}`) : current) ?? []
  if (reports.length === 0)
    return { code: 1, output: "", errors: `no former version of ${system} is kept on this node` }
  for (const [name, said] of reports) put(machine, name, said)
  return fine("")
}

/** No two are of the same moment. */
let reports = 0

const report = (machine: Machine, name: string, said: object) =>
  put(machine, name, { node: machine.id, at: new Date(machine.launched + ++reports * 1000).toISOString(), ...said })

const put = (machine: Machine, name: string, said: object) =>
  void machine.ask("ssm", "PutParameter", {
    Name: `${path}state/${name}`,
    Type: "String",
    Value: JSON.stringify(said),
    Overwrite: true,
  })

/** A report, or the lines of a setting; nothing where there is none. */
function read(machine: Machine, name: string): Told {
  const text = textOf(
    machine,
    name.includes("/") && !/^(systems|settings|state|overrides)\//.test(name) ? `state/${name}` : name,
  )
  if (text.startsWith("{")) return JSON.parse(text)
  const lines = text.split("\n").filter((line) => line.includes("="))
  return Object.fromEntries(lines.map((line) => [line.split("=", 1)[0], line.slice(line.indexOf("=") + 1)]))
}

function textOf(machine: Machine, name: string): string {
  try {
    const { Parameter } = machine.ask("ssm", "GetParameter", { Name: `${path}${name}` })
    return String((Parameter as { readonly Value?: string }).Value)
  } catch {
    return ""
  }
}

const fieldsOf = (said: Told | undefined): object => {
  const { commit = "", override = "", digest = "" } = said ?? {}
  return { commit, override, digest }
}

/** Of the shape of the real ones. */
const samplesOf = (system: string) => {
  const backend = system === "smart-0dte" ? "8000:8000" : "8001:8000"
  const frontend = system === "smart-0dte" ? "3000:3000" : "3001:3000"
  return `services:
  postgres: { image: "postgres:15", ports: ["5432:5432"] }
  backend:
    build: ./backend
    ports: ["${backend}"]
    volumes: ["./backend:/app"]
    depends_on: [postgres]
    environment: { DATABASE_URL: "postgresql://postgres@postgres/x" }
  frontend: { build: ./frontend, ports: ["${frontend}"] }
`
}

const path = "/smart0dte/poc/"
const stateBucket = "smart0dte-111122223333-us-east-1-state"
const fine = (output: string): Ended => ({ code: 0, output, errors: "" })
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex")
