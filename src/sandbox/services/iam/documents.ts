import { Refusal } from "../../service.ts"

/** A document as IAM gives it back: percent-encoded to the letter of RFC 3986. */
export const encodeDocument = (document: string): string =>
  encodeURIComponent(document).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/** Refuses a trust policy that IAM would not take. */
export const checkTrustPolicy = (document: string): void => {
  const policy = parsed(document) ?? malformed("This policy contains invalid Json")
  const version = policy.Version
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17") malformed(SYNTAX)
  for (const statement of statementsOf(policy)) {
    checkEffect(statement)
    if (statement.Principal === undefined && statement.NotPrincipal === undefined) {
      malformed("Missing required field Principal")
    }
    checkPrincipal(statement.Principal)
    for (const field of ["Resource", "NotResource"]) {
      if (field in statement) malformed(`Has prohibited field ${field}`)
    }
    if (statement.Action === undefined) malformed("Missing required field Action")
    if (!texts(statement.Action).every((action) => TRUST_ACTIONS.test(action))) {
      malformed("AssumeRole policy may only specify STS AssumeRole actions.")
    }
  }
}

/** Refuses a permissions policy that IAM would not take. */
export const checkPermissionsPolicy = (document: string): void => {
  const policy = parsed(document) ?? malformed(SYNTAX)
  if (policy.Version !== "2012-10-17") malformed("Policy document must be version 2012-10-17 or greater.")
  for (const statement of statementsOf(policy)) {
    checkEffect(statement)
    if ("Principal" in statement || "NotPrincipal" in statement) {
      malformed("Policy document should not specify a principal.")
    }
    const actions = texts(statement.Action ?? statement.NotAction)
    if (actions.length === 0) malformed("Policy statement must contain actions.")
    if (!actions.every((action) => /^(\*|[A-Za-z0-9-]+:.+)$/.test(action))) {
      malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")
    }
    const resources = texts(statement.Resource ?? statement.NotResource)
    if (resources.length === 0) malformed("Policy statement must contain resources.")
    for (const resource of resources) checkResource(resource)
  }
}

type Fields = Readonly<Record<string, unknown>>

const SYNTAX = "Syntax errors in policy."
const TRUST_ACTIONS = /^sts:(AssumeRole\w*|TagSession|SetSourceIdentity|SetContext|\*)$/i

const parsed = (document: string): Fields | undefined => {
  try {
    return fieldsOf(JSON.parse(document))
  } catch {
    return undefined
  }
}

const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined

const statementsOf = (policy: Fields): readonly Fields[] => {
  if (policy.Statement === undefined) malformed("Missing required field Statement")
  const list = Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement]
  if (list.length === 0) malformed(SYNTAX)
  return list.map((statement: unknown) => fieldsOf(statement) ?? malformed(SYNTAX))
}

const checkEffect = (statement: Fields): void => {
  if (statement.Effect === undefined) malformed("Missing required field Effect")
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny") malformed(SYNTAX)
}

const checkPrincipal = (principal: unknown): void => {
  const bad = texts(fieldsOf(principal)?.Service).find((name) => !/^[a-z0-9.-]+\.amazonaws\.com$/.test(name))
  if (bad !== undefined) malformed(`Invalid principal in policy: "SERVICE":"${bad}"`)
}

const checkResource = (resource: string): void => {
  if (resource === "*") return
  const [scheme, partition = "", vendor] = resource.split(":")
  if (scheme !== "arn" || vendor === undefined) malformed(`Resource ${resource} must be in ARN format or "*".`)
  if (partition.includes("*")) malformed(`Partition "${partition}" is not valid for resource "${resource}".`)
  if (!/^[a-z0-9-]*$/.test(vendor ?? ""))
    malformed("Resource vendor must be fully qualified and cannot contain regexes.")
}

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string")

const malformed = (message: string): never => {
  throw new Refusal("MalformedPolicyDocumentException", message)
}
