import type * as S3 from "@aws-sdk/client-s3"
import { handlers, Refusal } from "../../service.ts"
import { type Fields, fieldsOf, listOf, policyOf, textsOf } from "../policy-document.ts"
import { bucketFor, buckets } from "./records.ts"

export const policyHandlers = handlers<typeof S3>()({
  PutBucketPolicy: (input, call) => {
    const bucket = bucketFor(input, call)
    const document = input.Policy ?? ""
    const statements = statementsOf(document)
    for (const statement of statements) checkStatement(statement, `arn:${call.partition}:s3:::${bucket.Name}`)
    if (bucket.PublicAccess?.BlockPublicPolicy && statements.some(isPublic)) {
      const message =
        `User: ${call.callerArn} is not authorized to perform: s3:PutBucketPolicy on resource: ` +
        `"arn:${call.partition}:s3:::${bucket.Name}" because public policies are prevented by the BlockPublicPolicy ` +
        "setting in S3 Block Public Access."
      throw new Refusal("AccessDenied", message, 403)
    }
    buckets(call).put(bucket.Name, { ...bucket, Policy: document })
    return {}
  },

  GetBucketPolicy: (input, call) => {
    const { Policy } = bucketFor(input, call)
    if (Policy === undefined) throw new Refusal("NoSuchBucketPolicy", "The bucket policy does not exist", 404)
    return { Policy }
  },

  DeleteBucketPolicy: (input, call) => {
    const bucket = bucketFor(input, call)
    buckets(call).put(bucket.Name, { ...bucket, Policy: undefined })
    return {}
  },
})

const statementsOf = (document: string): readonly Fields[] => {
  const policy =
    (document.startsWith("{") ? policyOf(document) : undefined) ??
    malformed("Policies must be valid JSON and the first byte must be '{'")
  if (policy.Statement === undefined) malformed("Missing required field Statement")
  return listOf(policy.Statement).map((statement) => fieldsOf(statement) ?? malformed("Statement must be an object"))
}

const checkStatement = (statement: Fields, arn: string): void => {
  for (const field of ["Effect", "Principal", "Action", "Resource"]) {
    if (statement[field] === undefined && statement[`Not${field}`] === undefined) {
      malformed(`Missing required field ${field}`)
    }
  }
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny") malformed(`Invalid effect: ${statement.Effect}`)
  if (!textsOf(statement.Action).every((action) => /^(\*|s3:.+)$/i.test(action))) malformed("Policy has invalid action")
  // A bucket's policy can speak of itself and of its objects only.
  const own = (resource: string) => resource === arn || resource === `${arn}*` || resource.startsWith(`${arn}/`)
  if (!textsOf(statement.Resource).every(own)) malformed("Policy has invalid resource")
}

/** Whether a statement lets everybody in, by S3's own definition: no condition ties it to a known caller. */
const isPublic = (statement: Fields): boolean => {
  const principal = statement.Principal
  const everybody = principal === "*" || textsOf(fieldsOf(principal)?.AWS).includes("*")
  const conditions = Object.values(fieldsOf(statement.Condition) ?? {}).flatMap((test) =>
    Object.keys(fieldsOf(test) ?? {}),
  )
  return statement.Effect === "Allow" && everybody && !conditions.some((key) => TYING.has(key.toLowerCase()))
}

const TYING: ReadonlySet<string> = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
])

const malformed = (message: string): never => {
  throw new Refusal("MalformedPolicy", message)
}
