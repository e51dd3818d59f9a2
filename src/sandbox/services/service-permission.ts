import { type Context, meets } from "../authorization/conditions.ts"
import { like } from "../authorization/patterns.ts"
import type { Call } from "../service.ts"
import { type Fields, fieldsOf, listOf, policyOf, textsOf } from "./policy-document.ts"

/** What one of AWS's own services wants to do with a thing of the account. */
export interface ServiceWants {
  /** Such as `cloudtrail.amazonaws.com`. */
  readonly service: string
  readonly action: string
  readonly resource: string
  /** For which thing of the account it does so. */
  readonly source: string
  readonly context?: Context
}

/** Whether the policy on the thing lets it: a denial wins, and whoever is named nowhere may nothing. */
export const serviceMay = (call: Call, document: string | undefined, wants: ServiceWants): boolean => {
  const statements = listOf(policyOf(document ?? "")?.Statement ?? []).map((one) => fieldsOf(one) ?? {})
  const speaks = (effect: string) => statements.some((one) => one.Effect === effect && concerns(one, wants, call))
  return speaks("Allow") && !speaks("Deny")
}

const concerns = (statement: Fields, wants: ServiceWants, call: Call): boolean => {
  const { Principal: principal } = statement
  const everybody = principal === "*" || textsOf(fieldsOf(principal)?.AWS).includes("*")
  return (
    (everybody || textsOf(fieldsOf(principal)?.Service).includes(wants.service)) &&
    textsOf(statement.Action).some((action) => like(action.toLowerCase(), wants.action.toLowerCase())) &&
    textsOf(statement.Resource).some((resource) => like(resource, wants.resource)) &&
    meets(fieldsOf(statement.Condition) ?? {}, said(wants, call))
  )
}

/** What a service says of itself: that it is one, for whom it asks, and that it does so over TLS. */
const said = ({ source, context = {} }: ServiceWants, { account }: Call): Context => ({
  "aws:PrincipalAccount": undefined,
  "aws:PrincipalIsAWSService": "true",
  "aws:SecureTransport": "true",
  "aws:SourceAccount": account,
  "aws:SourceArn": source,
  ...context,
})
