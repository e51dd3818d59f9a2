import type { Cloud } from "../../aws/cloud.ts"
import { inReality, inTime } from "../../aws/in-time.ts"
import type { Patience } from "../../aws/ssm/command-result.ts"
import type { Objects } from "../../aws/state/objects.ts"
import { armCredentials, disarmCredentials } from "../../aws/trading/credentials.ts"
import { openLedger } from "../../aws/trading/ledger.ts"
import { clearMarker, type MarkerNote, readMarker, setMarker } from "../../aws/trading/marker.ts"
import { readTrading, swapTrading } from "../../aws/trading/store.ts"
import type { Scope } from "../../engine/types.ts"
import { UserError } from "../../errors.ts"
import type { DocumentName } from "../documents.ts"
import { haltNode } from "./halt-node.ts"
import { documentVersion, type Telling, tellNode } from "./tell.ts"
import type { HaltWorld, LeaveWorld, LiveWorld, NodeOrder, Stage } from "./world.ts"

export interface AwsWorld {
  readonly cloud: Cloud
  readonly objects: Objects
  readonly scope: Scope
  /** All instances that have the systems. */
  readonly nodes: readonly string[]
  /** The ARN of whoever does it. */
  readonly by: string
  readonly run: string
  /** Nobody waits for an answer any longer. */
  readonly stop: AbortSignal
  readonly reached?: (stage: Stage) => void
  /** Somebody waits for a halt: what has not come by then is not waited for, whatever it is. In milliseconds. */
  readonly hurry?: number
  /** Told of a node that takes its time to halt. */
  readonly slow?: (node: string, system: string) => void
}

/** How systems trade, as AWS and the nodes have it. */
export function awsWorld(of: AwsWorld): LiveWorld & LeaveWorld & HaltWorld {
  const { cloud, objects, scope, nodes, by, run, stop, hurry, reached = () => {}, slow = () => {} } = of
  const now = () => cloud.clock.now()
  const left = timeLeft(now, hurry)
  const soon = <T>(work: Promise<T>, least: number): Promise<T> =>
    hurry === undefined ? work : inTime(cloud.clock, Math.max(least, left()), work)
  const note = (): MarkerNote => ({ by, run, at: new Date(now()).toISOString() })
  const ledger = openLedger(objects, { scope, run, by, now })
  const version = oncePerName((name) => documentVersion(cloud, scope, name))
  const marks = new Map<string, Promise<number>>()
  const failed = new Map<string, unknown>()
  const read = async () => {
    const seen = await readTrading(objects, scope)
    if (seen) return seen
    throw new UserError(`${scope} has no trading record yet`, { hint: "make it with: smart0dte deploy single" })
  }
  return {
    nodes,
    now: () => new Date(now()).toISOString(),
    read: () => soon(read(), 0),
    swap: (next, seen) => soon(swapTrading(objects, next, seen), 0),
    async tell(node, order) {
      const { system } = order
      const about = { scope, instance: node, ...orderIn(order) }
      const asking = async (more: Pick<Telling, "harmless">, waits: Patience) =>
        tellNode(cloud, { ...about, ...more, version: await version(about.document) }, waits)
      if (order.phase !== "halt") {
        const atMost = Math.max(patience[order.phase], cloud.clock.patience ?? 0)
        return asking({}, { stop, atMost })
      }
      const before = failed.get(`${node} ${system}`)
      if (before !== undefined && left() <= 0) throw before
      const ask = (waits: Patience) => asking({ harmless: true }, waits)
      const heardOf = Math.max(left(), before === undefined ? inReality(cloud.clock, heard) : 0)
      try {
        const about = { scope, node, system, heardOf, stop }
        const told = { ask, marked: () => marks.get(system), slow: () => slow(node, system) }
        return await haltNode(cloud, { ...about, ...told })
      } catch (error) {
        failed.set(`${node} ${system}`, error)
        throw error
      }
    },
    write: (entry) => soon(ledger.write(entry), 1_000),
    pause: (attempt) => cloud.clock.sleep(hurry === undefined ? 1_000 * attempt : Math.min(50 * attempt, left()), stop),
    async marker(system) {
      const { halted = false, etag } = (await readMarker(objects, scope, system)) ?? {}
      return { halted, etag }
    },
    clear: (system, seen) => clearMarker(objects, scope, system, seen, note()),
    async mark(system) {
      const marked = setMarker(objects, scope, system, note())
      marks.set(system, marked)
      await soon(marked, 0)
    },
    arm: () => armCredentials(cloud, scope),
    disarm: () => disarmCredentials(cloud, scope),
    reached,
  }
}

/** From now on, in milliseconds. */
function timeLeft(now: () => number, hurry = unhurried): () => number {
  const end = now() + hurry
  return () => Math.max(0, end - now())
}

/** Where a halt is one thing among others, and whoever is told it first. */
const unhurried = 20_000
const heard = 2_500

/** In milliseconds. A gateway waits minutes for the second factor, and a service for its health. */
const patience = {
  prepare: 600_000,
  verify: 120_000,
  activate: 900_000,
  prove: 120_000,
  deactivate: 600_000,
  paper: 900_000,
  resume: 900_000,
} as const

function orderIn(order: NodeOrder): {
  readonly document: DocumentName
  readonly parameters: Readonly<Record<string, string>>
} {
  const System = order.system
  switch (order.phase) {
    case "halt":
      return { document: "halt", parameters: { System, Now: order.now ? "yes" : "no" } }
    case "resume":
      return { document: "resume", parameters: { System, Epoch: String(order.epoch) } }
    case "paper":
      return { document: "switch-paper", parameters: { System, Epoch: String(order.epoch) } }
    default: {
      const { phase, epoch, digest } = order
      return { document: "switch-live", parameters: { System, Phase: phase, Epoch: String(epoch), Digest: digest } }
    }
  }
}

/** Looked at once in a run: what was looked at is what is run. A look that failed is tried again. */
function oncePerName(look: (name: DocumentName) => Promise<string>): (name: DocumentName) => Promise<string> {
  const known = new Map<DocumentName, Promise<string>>()
  return (name) => {
    const found = known.get(name) ?? look(name)
    known.set(name, found)
    found.catch(() => known.delete(name))
    return found
  }
}
