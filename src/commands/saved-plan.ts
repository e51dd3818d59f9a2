import { open, readFile } from "node:fs/promises"
import type { Settings } from "../config.ts"
import type { PlanRow } from "../engine/plan.ts"
import { Usage } from "../errors.ts"
import type { Place } from "../report/place.ts"

/** Grows when a file of today could not be read as it is meant any more. */
const schema = "smart0dte-plan/1"

/** A plan as it is kept between `plan --out` and `deploy FILE`. There is no secret in it. */
export interface SavedPlan extends Place {
  readonly schema: typeof schema
  /** The smart0dte that made it, and when. */
  readonly version: string
  readonly made: string
  readonly sandbox: boolean
  readonly settings: Settings
  /** Who may come in where neither the settings nor the account say so. */
  readonly allowed?: readonly string[]
  readonly requests: SavedRequests
  /** Of all that the settings wish: another smart0dte may make something else of them. */
  readonly fingerprint: string
  readonly monthlyUsd: number
  readonly rows: readonly Omit<PlanRow, "live">[]
}

export interface SavedRequests {
  readonly prune: boolean
  readonly renew: readonly string[]
  readonly adopt: readonly string[]
  readonly replace: readonly string[]
}

export async function writePlan(path: string, plan: Omit<SavedPlan, "schema">): Promise<void> {
  const text = `${JSON.stringify({ schema, ...plan }, null, 1)}\n`
  try {
    const file = await open(path, "w", ownerOnly)
    try {
      // The mode of one that was there already is what it was.
      await file.chmod(ownerOnly)
      await file.writeFile(text)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw new Usage(`the plan cannot be saved as ${path}: ${reasonOf(error)}`, {
      hint: "give --out the path of a file that can be written",
      cause: error,
    })
  }
}

export async function readPlan(path: string): Promise<SavedPlan> {
  const { savedSettings } = await import("../config/saved.ts")
  const value = parsed(path, await textOf(path))
  if (typeof value.schema !== "string" || !value.schema.startsWith("smart0dte-plan/")) throw noPlan(path)
  if (value.schema !== schema)
    throw new Usage(`${path} is a plan in the form ${value.schema}, and this smart0dte reads ${schema}`, {
      hint: "deploy it with the version that made it, or make the plan again",
    })
  const read = savedSettings(value.settings)
  if ("wrong" in read)
    throw new Usage(`the settings in ${path} are not known here: ${read.wrong}`, {
      hint: `it was made by smart0dte ${String(value.version)}: deploy it with that version, or make the plan again`,
    })
  if (!isWhole(value)) throw noPlan(path)
  return { ...value, settings: read.settings }
}

const ownerOnly = 0o600

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8")
  } catch (error) {
    throw new Usage(`the plan ${path} cannot be read: ${reasonOf(error)}`, {
      hint: "give a target such as single, or the path that was given to plan --out",
      cause: error,
    })
  }
}

function parsed(path: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (isRecord(value)) return value
  } catch {
    // Said below: a file that was cut off is no plan either.
  }
  throw noPlan(path)
}

const noPlan = (path: string) =>
  new Usage(`${path} is not a plan, or not all of one`, { hint: "make it with: smart0dte plan single --out FILE" })

function isWhole(value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & SavedPlan {
  const { requests, rows, sandbox, allowed } = value
  const texts = ["version", "made", "environment", "account", "region", "fingerprint"]
  return (
    texts.every((field) => typeof value[field] === "string") &&
    typeof sandbox === "boolean" &&
    (allowed === undefined || areTexts(allowed)) &&
    isRecord(requests) &&
    typeof requests.prune === "boolean" &&
    [requests.renew, requests.adopt, requests.replace].every(areTexts) &&
    Array.isArray(rows) &&
    rows.every(isRow)
  )
}

const isRow = (row: unknown): boolean =>
  isRecord(row) &&
  isRecord(row.step) &&
  typeof row.step.key === "string" &&
  typeof row.action === "string" &&
  Array.isArray(row.changes) &&
  row.changes.every(isRecord) &&
  isRecord(row.fields) &&
  (row.untold === undefined || areTexts(row.untold))

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const areTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item: unknown) => typeof item === "string")

function reasonOf(error: unknown): string {
  if (!(error instanceof Error && "code" in error)) return String(error)
  return reasons[String(error.code)] ?? String(error.code)
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "there is no such file or folder",
  EISDIR: "it is a folder",
  EACCES: "this user may not",
  EPERM: "this user may not",
  EROFS: "nothing can be written there",
  ENOSPC: "the disk is full",
}
