import type { TradingRecord } from "../../aws/trading/record.ts"
import type { NodeSaid } from "./said.ts"

/** The steps in which a system goes live, each told to a node by the document `switch-live`. */
export type Phase = "prepare" | "verify" | "activate" | "prove" | "deactivate"

export interface LiveOrder {
  readonly system: string
  readonly phase: Phase
  /**
   * Of the record that the node must find: for prepare and verify the one before the commit, for activate and prove
   * the committed one. Deactivate leaves alone what was activated under a later one.
   */
  readonly epoch: number
  /** Of the images that were confirmed. */
  readonly digest: string
}

/** Told by documents of their own: `switch-paper`, `resume`, `halt`. */
export type NodeOrder =
  | LiveOrder
  | { readonly system: string; readonly phase: "paper" | "resume"; readonly epoch: number }
  /** `now`: its gateways go as well. */
  | { readonly system: string; readonly phase: "halt"; readonly now: boolean }

export interface Seen {
  readonly record: TradingRecord
  /** By which the next write says what it takes the place of. */
  readonly etag: string
}

/** The object that nodes look at every other second. */
export interface MarkerSeen {
  readonly halted: boolean
  /** None where there is no marker yet. */
  readonly etag: string | undefined
}

/** What is written down before and after each thing that is done. */
export interface LedgerEntry {
  readonly event: string
  readonly systems: readonly string[]
  readonly epoch: number
  /** In words, with no secret. */
  readonly what: string
  readonly details?: Readonly<Record<string, string>>
}

/** All that a change of how systems trade does to the world: what decides neither knows AWS nor waits by itself. */
export interface TradingWorld {
  /** All nodes that have the systems. */
  readonly nodes: readonly string[]
  /** As it stands in the record: ISO, UTC. */
  now(): string
  read(): Promise<Seen>
  /** Takes the place of the record seen. False when another one is there now; rejects when nobody knows. */
  swap(next: TradingRecord, seen: string): Promise<boolean>
  /**
   * What the node says when it has done it. Each is an order of its own, which a node carries out once at most: to look
   * again is to tell it again. Rejects when it failed or nobody knows.
   */
  tell(node: string, order: NodeOrder): Promise<NodeSaid>
  /** Rejects when it could not be written. */
  write(entry: LedgerEntry): Promise<void>
  /** Before something is tried again: the first time, the second time ... */
  pause(attempt: number): Promise<void>
}

/** What clears halts, and nothing else does. */
export interface ClearingWorld extends TradingWorld {
  marker(system: string): Promise<MarkerSeen>
  /** Takes the place of the marker seen, or of none. False when another one is there now. */
  clear(system: string, seen: string | undefined): Promise<boolean>
}

/** How far going live has come, for whoever looks on. */
export type Stage = "arm" | "prepare" | "verify" | "commit" | "activate" | "prove" | "undo"

export interface LiveWorld extends ClearingWorld {
  /** Lets nodes read the credentials of the live account, and makes sure that it is so. */
  arm(): Promise<void>
  /** The reverse, and makes sure. */
  disarm(): Promise<void>
  reached(stage: Stage): void
}

export interface LeaveWorld extends TradingWorld {
  disarm(): Promise<void>
}

export interface HaltWorld extends TradingWorld {
  /** Sets the marker, whatever is there. */
  mark(system: string): Promise<void>
}
