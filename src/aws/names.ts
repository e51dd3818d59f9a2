import { createHash } from "node:crypto"
import type { Scope } from "../engine/types.ts"
import type { Cloud } from "./cloud.ts"

export const prefix = "smart0dte"

/**
 * The name that a thing has in its service, the same in every run. 64 letters are what IAM's roles take, the tightest
 * of the services used; what is longer keeps its beginning and ends in a digest of the whole.
 */
export function nameFor(scope: Scope, name: string, longest = 64): string {
  return shortened(`${prefix}-${plain(scope)}-${plain(name)}`, longest)
}

/** Bucket names are shared by all accounts of the world, so they carry account and region. */
export function bucketNameFor(cloud: Pick<Cloud, "account" | "region">, name: string): string {
  return shortened(`${prefix}-${cloud.account}-${cloud.region}-${plain(name).toLowerCase()}`, 63)
}

/** The bucket of locks, records and former values. */
export const stateBucketName = (cloud: Pick<Cloud, "account" | "region">): string => bucketNameFor(cloud, "state")

/** The path of roles, users and policies. */
export const rolePath = (scope: Scope): string => `/${prefix}/${plain(scope)}/`

/** A parameter or secret of a scope: `/smart0dte/poc/choices/image`. */
export function parameterName(scope: Scope, ...parts: readonly string[]): string {
  return ["", prefix, plain(scope), ...parts].join("/")
}

/**
 * A name where no path can be: `smart0dte_poc_alarms`. What stands between the low lines has none itself, so that of
 * each such name it is certain whose it is.
 */
export const flatName = (scope: Scope, name: string): string => [prefix, plain(scope), plain(name)].join("_")

/** What all names of the kind begin with. */
export const flatPrefix = `${prefix}_`

/** Whose a name of that kind is, if it is one of these scopes'. */
export function identityIn(scopes: readonly Scope[], name: string): { scope: Scope; name: string } | undefined {
  const scope = scopes.find((one) => name.startsWith(flatName(one, "")))
  return scope === undefined ? undefined : { scope, name: name.slice(flatName(scope, "").length) }
}

// No service takes all of what a scope or a step may be called: "dev+stage" becomes "dev-stage".
const plain = (text: string): string => text.replaceAll(/[^A-Za-z0-9-]+/g, "-")

function shortened(name: string, longest: number): string {
  if (name.length <= longest) return name
  const digest = createHash("sha256").update(name).digest("hex").slice(0, 8)
  return `${name.slice(0, longest - digest.length - 1).replace(/-+$/, "")}-${digest}`
}
