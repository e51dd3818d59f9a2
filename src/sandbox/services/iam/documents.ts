import { Refusal } from "../../service.ts"
import { type Fields, fieldsOf, listOf, policyOf, textsOf } from "../policy-document.ts"

/** A document as IAM gives it back: percent-encoded to the letter of RFC 3986. */
export const encodeDocument = (document: string): string =>
  encodeURIComponent(document).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/** Refuses a trust policy that IAM would not take. */
export const checkTrustPolicy = (document: string): void => {
  const policy = policyOf(document) ?? malformed("This policy contains invalid Json")
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
    if (!textsOf(statement.Action).every((action) => TRUST_ACTIONS.test(action))) {
      malformed("AssumeRole policy may only specify STS AssumeRole actions.")
    }
  }
}

/** Refuses a permissions policy that IAM would not take. */
export const checkPermissionsPolicy = (document: string): void => {
  const policy = policyOf(document) ?? malformed(SYNTAX)
  if (policy.Version !== "2012-10-17") malformed("Policy document must be version 2012-10-17 or greater.")
  for (const statement of statementsOf(policy)) {
    checkEffect(statement)
    if ("Principal" in statement || "NotPrincipal" in statement) {
      malformed("Policy document should not specify a principal.")
    }
    const actions = textsOf(statement.Action ?? statement.NotAction)
    if (actions.length === 0) malformed("Policy statement must contain actions.")
    if (!actions.every((action) => /^(\*|[A-Za-z0-9-]+:.+)$/.test(action))) {
      malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")
    }
    const resources = textsOf(statement.Resource ?? statement.NotResource)
    if (resources.length === 0) malformed("Policy statement must contain resources.")
    for (const resource of resources) checkResource(resource)
  }
}

const SYNTAX = "Syntax errors in policy."
const TRUST_ACTIONS = /^sts:(AssumeRole\w*|TagSession|SetSourceIdentity|SetContext|\*)$/i

const statementsOf = (policy: Fields): readonly Fields[] => {
  if (policy.Statement === undefined) malformed("Missing required field Statement")
  const list = listOf(policy.Statement)
  if (list.length === 0) malformed(SYNTAX)
  return list.map((statement) => fieldsOf(statement) ?? malformed(SYNTAX))
}

const checkEffect = (statement: Fields): void => {
  if (statement.Effect === undefined) malformed("Missing required field Effect")
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny") malformed(SYNTAX)
}

const checkPrincipal = (principal: unknown): void => {
  const bad = textsOf(fieldsOf(principal)?.Service).find((name) => !/^[a-z0-9.-]+\.amazonaws\.com$/.test(name))
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

const malformed = (message: string): never => {
  throw new Refusal("MalformedPolicyDocumentException", message)
}
