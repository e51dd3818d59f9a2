import type { Row } from "../../refusal-table.ts"
import { type Ground, running, wish } from "../ground.ts"

export type CacheRow = Row<Ground>

export const api = (operation: string): string => `ElastiCache API reference: ${operation}`
export const guide = "ElastiCache user guide: role-based access control"
export const seen = "message reported by users of AWS"
export const moto = "moto's ElastiCache"
export const ours = "the sandbox's own: not served"

export const creating =
  (more: object) =>
  (aws: Ground): string =>
    aws.refused("CreateReplicationGroup", { ...wish, ...more })

/** On a cache that runs. */
export const changing =
  (more: object, born: object = {}) =>
  (_aws: Ground): string =>
    running(born).refused("ModifyReplicationGroup", { ReplicationGroupId: "one", ApplyImmediately: true, ...more })
