// The shortest time in which AWS could have made it all, from what the sandbox wrote down of its own times: how long
// each thing took from its request until it was ready, along the chain of steps that had to wait for each other.
import { readFileSync } from "node:fs"
import { join } from "node:path"

/**
 * @typedef {import("./graph.ts").GraphStep} GraphStep
 * @typedef {{ readonly exists: number, readonly ready: number }} Took seconds from its request
 * @typedef {{ readonly key: string, readonly begins: number, readonly ends: number }} Link
 */

/**
 * @param {readonly GraphStep[]} steps each after what it needs
 * @param {ReadonlyMap<string, Took>} took
 * @returns {{ readonly seconds: number, readonly chain: readonly Link[] }}
 */
export function criticalPath(steps, took) {
  /** @type {Map<string, { begins: number, exists: number, ends: number, after: string | undefined }>} */
  const known = new Map()
  for (const { key, ready, begun } of steps) {
    // A step that stands in two places of the graph is one thing all the same.
    if (known.has(key)) continue
    const waits = [
      ...ready.map((need) => /** @type {const} */ ([need, known.get(need)?.ends ?? 0])),
      ...begun.map((need) => /** @type {const} */ ([need, known.get(need)?.exists ?? 0])),
    ].sort(([, a], [, b]) => b - a)
    const [after, begins] = waits[0] ?? [undefined, 0]
    const { exists, ready: whole } = took.get(key) ?? { exists: 0, ready: 0 }
    known.set(key, { begins, exists: begins + exists, ends: begins + whole, after })
  }
  const last = [...known].sort(([, a], [, b]) => b.ends - a.ends)[0]?.[0]
  /** @type {Link[]} */
  const chain = []
  for (let key = last; key !== undefined; ) {
    const one = known.get(key)
    if (!one) break
    chain.unshift({ key, begins: one.begins, ends: one.ends })
    key = one.after
  }
  return { seconds: chain.at(-1)?.ends ?? 0, chain }
}

/**
 * What AWS itself took for each step. Where the sandbox's state has no times of a thing it was there at once; what
 * happens on a node lasts from the command for it (or from when the node ran) until the node's last report.
 * @param {string} folder the sandbox's
 * @param {readonly any[]} rows of a plan made afterwards
 * @param {readonly any[]} calls of the run, as the trace has them
 * @returns {ReadonlyMap<string, Took>}
 */
export function timesOf(folder, rows, calls) {
  const lives = livesIn(folder)
  const runs = rows.find(({ step }) => step === "instance/node")
  const running = runs && lives.get(runs.fields.id)?.at(-1)?.[0]
  return new Map(
    rows.map(({ step, kind, name, fields }) => {
      const states = ids.map((field) => lives.get(fields[field])).find((found) => found !== undefined)
      return [step, states ? sinceFirst(states) : onNode(kind, name, calls, running)]
    }),
  )
}

/**
 * When each thing entered which state, by the name that its service knows it by.
 * @param {string} folder
 */
function livesIn(folder) {
  /** @type {{ readonly tables: Readonly<Record<string, readonly (readonly [string, number, any])[]>> }} */
  const { tables } = JSON.parse(readFileSync(join(folder, "state.json"), "utf8"))
  /** @type {Map<unknown, readonly (readonly [number, string])[]>} */
  const lives = new Map()
  for (const [id, , record] of Object.values(tables).flat())
    if (Array.isArray(record?.states) && record.states.length > 1) lives.set(id, record.states)
  return lives
}

/** Where a thing has the name by which its service knows it. */
const ids = ["id", "identifier", "arn", "name", "groupName", "bucket"]

/**
 * @param {readonly (readonly [number, string])[]} states
 * @returns {Took}
 */
function sinceFirst(states) {
  const [first = 0] = states[0] ?? []
  const [last = first] = states.at(-1) ?? []
  return { exists: 0, ready: (last - first) / 1000 }
}

/**
 * @param {string} kind
 * @param {string} name
 * @param {readonly any[]} calls
 * @param {number | undefined} running when the node ran
 * @returns {Took}
 */
function onNode(kind, name, calls, running) {
  const told = calls.filter(
    ({ by, operation, input }) =>
      by !== undefined && operation === "PutParameter" && `${input.Name}`.endsWith(`/state/${kind}/${name}`),
  )
  const asked = calls.filter(
    ({ operation, input }) =>
      operation === "SendCommand" &&
      input.Parameters?.Action?.[0] === kind &&
      [name, "none", undefined].includes(input.Parameters.System?.[0]),
  )
  const end = told.at(-1)?.at
  const begin = asked.findLast(({ at }) => at <= end)?.at ?? running
  return { exists: 0, ready: end === undefined || begin === undefined ? 0 : Math.max(0, end - begin) / 1000 }
}
