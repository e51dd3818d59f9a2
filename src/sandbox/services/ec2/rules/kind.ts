import type { ResourceType } from "@aws-sdk/client-ec2"
import { type Call, Refusal } from "../../../service.ts"
import type { Table } from "../../../store.ts"
import { regional } from "../../regional.ts"
import { required } from "./refusals.ts"

/** What every record has. A record with `until` is no longer there from that moment on. */
export interface Entity {
  readonly id: string
  readonly until?: number | undefined
}

/** How EC2 keeps one kind of thing, and what it says when one is missing. */
export interface Kind<R extends Entity> {
  readonly table: string
  readonly prefix: string
  readonly type: ResourceType
  /** The member of a request that names one, for "must contain the parameter". */
  readonly parameter: string
  readonly notFound: string
  readonly malformed: string
  /** The sentence for an id that names nothing; EC2 words it differently for each kind. */
  readonly lost: (id: string) => string
  /** Never set: it ties the kind to its record's type. */
  readonly record?: R
}

export const rows = <R extends Entity>(call: Call, kind: Kind<R>): Table<R> => regional<R>(call, kind.table)

/** All that are there now, oldest first. */
export const live = <R extends Entity>(call: Call, kind: Kind<R>): readonly R[] =>
  rows(call, kind)
    .all()
    .filter((record) => isLive(record, call.now))

/** The record of this id, or nothing. */
export const seek = <R extends Entity>(call: Call, kind: Kind<R>, id: string): R | undefined => {
  const record = rows(call, kind).get(id)
  return record && isLive(record, call.now) ? record : undefined
}

/** The record of this id; refuses an id that is missing, has the wrong shape, or names nothing. */
export const find = <R extends Entity>(call: Call, kind: Kind<R>, given: string | undefined): R => {
  const id = required(given, kind.parameter)
  checkShape(kind, id)
  const record = seek(call, kind, id)
  if (!record) throw new Refusal(kind.notFound, kind.lost(id))
  return record
}

/** Puts a record into the draft and hands it on. */
export const save = <R extends Entity>(call: Call, kind: Kind<R>, record: R): R => {
  rows(call, kind).put(record.id, record)
  return record
}

/** Ids were eight digits long until 2016, and AWS still takes those. */
const checkShape = <R extends Entity>(kind: Kind<R>, id: string): void => {
  if (new RegExp(`^${kind.prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`).test(id)) return
  throw new Refusal(kind.malformed, `Invalid id: "${id}" (expecting "${kind.prefix}-...")`)
}

const isLive = (record: Entity, now: number): boolean => record.until === undefined || now < record.until
