import { type Call, Refusal } from "../../service.ts"
import { type Fields, fieldsOf, listOf, policyOf, textsOf } from "../policy-document.ts"
import { buckets } from "../s3/records.ts"

const deliverer = "logdelivery.elasticloadbalancing.amazonaws.com"

/** ELB writes a test file at once, and refuses logs that it could not deliver. */
export const checkLogBucket = (call: Call, name: string, prefix: string): void => {
  if (name === "") throw refused("Access logs S3 bucket cannot be empty")
  if (/(^|\/)AWSLogs/.test(prefix)) throw refused("Access logs S3 prefix cannot contain 'AWSLogs'")
  const bucket = buckets(call).get(name)
  if (!bucket) throw refused(`S3Bucket: ${name} is not valid. The bucket does not exist`)
  if (bucket.Region !== call.region) throw refused(`S3Bucket: ${name} is not located in the same region with your ELB`)
  const path = [name, ...(prefix === "" ? [] : [prefix]), "AWSLogs", call.account, "ELBAccessLogTestFile"].join("/")
  const written = { call, resource: `arn:${call.partition}:s3:::${path}` }
  const statements = listOf(policyOf(bucket.Policy ?? "")?.Statement ?? []).map((one) => fieldsOf(one) ?? {})
  const speaks = (effect: string) => statements.some((one) => one.Effect === effect && concerns(one, written))
  const encryption = bucket.Encryption.ApplyServerSideEncryptionByDefault?.SSEAlgorithm
  if (!speaks("Allow") || speaks("Deny") || encryption !== "AES256") {
    throw refused(`Access Denied for bucket: ${name}. Please check S3bucket permission`)
  }
}

interface Written {
  readonly call: Call
  readonly resource: string
}

const concerns = (statement: Fields, written: Written): boolean => {
  const { Principal: principal } = statement
  const services = [...textsOf(fieldsOf(principal)?.Service), ...(principal === "*" ? [deliverer] : [])]
  return (
    services.includes(deliverer) &&
    textsOf(statement.Action).some((action) => ["*", "s3:*", "s3:PutObject"].includes(action)) &&
    textsOf(statement.Resource).some((resource) => like(resource, written.resource)) &&
    Object.entries(fieldsOf(statement.Condition) ?? {}).every(([test, wants]) => holds(test, wants, written))
  )
}

/** What the service says of itself when it writes: over TLS, as a service, for a load balancer of this account. */
const holds = (test: string, wants: unknown, { call }: Written): boolean => {
  const said: Readonly<Record<string, string>> = {
    "aws:securetransport": "true",
    "aws:principalisawsservice": "true",
    "aws:sourceaccount": call.account,
    "aws:sourcearn": `arn:${call.partition}:elasticloadbalancing:${call.region}:${call.account}:loadbalancer/app/a/b`,
  }
  const matches = Object.entries(fieldsOf(wants) ?? {}).map(([key, values]) => {
    const value = said[key.toLowerCase()]
    return value !== undefined && textsOf(values).some((wanted) => like(wanted, value))
  })
  return /^(String|Arn)Not/.test(test) ? matches.every((match) => !match) : matches.every((match) => match)
}

const like = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  ).test(text)

const refused = (message: string): Refusal => new Refusal("InvalidConfigurationRequestException", message)
