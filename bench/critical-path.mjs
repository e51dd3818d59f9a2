// The shortest time in which it could all have been made: how long each thing took by the sandbox's own account, from
// its request until it was ready, along the chain of things of which one could not be asked for before another was
// ready. What we wait for is not asked: a wait of ours that AWS does not demand makes the run longer, and not this.
import { readFileSync } from "node:fs"
import { join } from "node:path"

/**
 * @typedef {import("./graph.ts").GraphStep} GraphStep
 * @typedef {{ readonly key: string, readonly begins: number, readonly ends: number }} Link
 */

/**
 * What must be ready before that which stands on it can be begun. All else need only have been requested, which takes no
 * time here: its name or its id is all that is needed.
 */
const readyFirst = new Set([
  // Until then nobody can say their addresses.
  "database",
  "cache",
  // ElastiCache makes no cache for a group that is being made.
  "cache-user-group",
  // A node fetches what it needs at its first start.
  "nat-gateway",
  // A listener takes no certificate that is not issued.
  "certificate",
  // What is on a node is made of what is on it already.
  "instance",
  "node",
  "checkout",
  "images",
  "influx",
  "databases",
  "system",
])

/** Where the sandbox keeps what takes time, and by which field it is known there. */
const kept = new Map([
  ["vpc", { table: "ec2/vpc", field: "id" }],
  ["subnet", { table: "ec2/subnet", field: "id" }],
  ["nat-gateway", { table: "ec2/nat-gateway", field: "id" }],
  ["instance", { table: "ec2/instance", field: "id" }],
  ["database", { table: "rds/instance", field: "identifier" }],
  ["cache", { table: "elasticache/replication-group", field: "identifier" }],
  ["cache-user-group", { table: "elasticache/user-group", field: "groupId" }],
])

const onNodes = new Set(["node", "checkout", "images", "influx", "databases", "system"])

/**
 * @param {readonly GraphStep[]} steps each after what it stands on
 * @param {ReadonlyMap<string, number>} took seconds, by key
 * @returns {{ readonly seconds: number, readonly chain: readonly Link[] }}
 */
export function criticalPath(steps, took) {
  /** @type {Map<string, Link & { readonly after: string | undefined }>} */
  const known = new Map()
  for (const { key, kind, needs } of steps) {
    const since = needs.map((need) => ({ need, at: earliest(known.get(need), steps) })).sort((a, b) => b.at - a.at)[0]
    const begins = since?.at ?? 0
    known.set(key, { key, begins, ends: begins + (took.get(key) ?? 0), after: since?.need })
    if ((kept.has(kind) || onNodes.has(kind)) && !took.get(key)) throw new Error(`it is not known how long ${key} took`)
  }
  const last = [...known.values()].sort((a, b) => b.ends - a.ends)[0]
  /** @type {Link[]} */
  const chain = []
  for (let one = last; one; one = one.after === undefined ? undefined : known.get(one.after)) chain.unshift(one)
  return { seconds: last?.ends ?? 0, chain }
}

/**
 * When what stands on a thing can be begun.
 * @param {Link | undefined} need
 * @param {readonly GraphStep[]} steps
 */
function earliest(need, steps) {
  if (!need) throw new Error("a step stands before what it needs")
  const kind = steps.find(({ key }) => key === need.key)?.kind
  return kind !== undefined && readyFirst.has(kind) ? need.ends : need.begins
}

/**
 * How many seconds the sandbox took for each step: what AWS makes, as the sandbox's state has its times; what happens
 * on a node, from the command for it, as the state has it, until the node said in the trace that it was done.
 * @param {string} folder the sandbox's
 * @param {readonly any[]} rows of a plan made afterwards
 * @param {readonly any[]} calls of the run, as the trace has them
 * @returns {ReadonlyMap<string, number>}
 */
export function timesOf(folder, rows, calls) {
  /** @type {{ readonly tables: Readonly<Record<string, readonly (readonly [string, number, any])[]>> }} */
  const { tables } = JSON.parse(readFileSync(join(folder, "state.json"), "utf8"))
  const lives = new Map(
    Object.entries(tables).flatMap(([table, records]) =>
      records.map(([id, , record]) => [`${table.replace(/@.*/, "")} ${id}`, record?.states]),
    ),
  )
  const node = rows.find(({ step }) => step === "instance/node")?.fields.id
  const commands = Object.entries(tables).flatMap(([table, records]) =>
    table.startsWith("ssm/command@") ? records.map(([, , record]) => record) : [],
  )
  const runs = lives.get(`ec2/instance ${node}`)?.at(-1)?.[0]
  return new Map(
    rows.map(({ step, kind, name, fields }) => {
      const place = kept.get(kind)
      if (place) return [step, lasted(lives.get(`${place.table} ${fields[place.field]}`))]
      return [step, onNodes.has(kind) ? lastedOnNode(kind, name, calls, commands, runs) : 0]
    }),
  )
}

/** @param {readonly (readonly [number, string])[] | undefined} states since when it was in which */
function lasted(states = []) {
  return ((states.at(-1)?.[0] ?? 0) - (states[0]?.[0] ?? 0)) / 1000
}

/**
 * @param {string} kind
 * @param {string} name
 * @param {readonly any[]} calls
 * @param {readonly any[]} commands
 * @param {number | undefined} runs since when the node does
 */
function lastedOnNode(kind, name, calls, commands, runs) {
  const done = calls.findLast(
    ({ by, operation, input }) =>
      by !== undefined && operation === "PutParameter" && `${input.Name}`.endsWith(`/state/${kind}/${name}`),
  )?.at
  const told = commands.findLast(
    ({ Requested, Parameters: { Action, System } }) =>
      Requested <= done && Action?.[0] === kind && [name, "none", undefined].includes(System?.[0]),
  )?.Requested
  // Its first start is what a node does untold.
  return (done - (told ?? runs)) / 1000
}
