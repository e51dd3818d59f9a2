import type { TradingRecord } from "../../aws/trading/record.ts"
import type { NodeSaid } from "./said.ts"

/** The steps in which a system goes live, each told to a node by the document `switch-live`. */
export type Phase = "prepare" | "verify" | "activate" | "prove" | "deactivate"

export interface LiveOrder {
  readonly system: string
  readonly phase: Phase
  /** Of the record that the node must find: for prepare and verify the one before the commit. */
  readonly epoch: number
}

export interface Seen {
  readonly record: TradingRecord
  /** By which the next write says what it takes the place of. */
  readonly etag: string
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

/** All that going live does to the world: the protocol itself neither knows AWS nor waits by itself. */
export interface LiveWorld {
  /** All nodes that have the systems. */
  readonly nodes: readonly string[]
  read(): Promise<Seen>
  /** Takes the place of the record seen. False when another one is there now; rejects when nobody knows. */
  swap(next: TradingRecord, seen: string): Promise<boolean>
  /** What the node says when it has done it. Rejects when it failed or nobody knows. */
  tell(node: string, order: LiveOrder): Promise<NodeSaid>
  /** Lets nodes read the credentials of the live account, and makes sure that it is so. */
  arm(): Promise<void>
  /** The reverse, and makes sure. */
  disarm(): Promise<void>
  /** Rejects when it could not be written. */
  write(entry: LedgerEntry): Promise<void>
}
