import { isDeepStrictEqual } from "node:util"
import * as ACCESS_ANALYZER from "@aws-sdk/client-accessanalyzer"
import * as ACCOUNT from "@aws-sdk/client-account"
import * as ACM from "@aws-sdk/client-acm"
import * as BUDGETS from "@aws-sdk/client-budgets"
import * as CLOUDTRAIL from "@aws-sdk/client-cloudtrail"
import * as CLOUDWATCH from "@aws-sdk/client-cloudwatch"
import * as LOGS from "@aws-sdk/client-cloudwatch-logs"
import * as CONFIG from "@aws-sdk/client-config-service"
import * as COSTS from "@aws-sdk/client-cost-explorer"
import * as EC2 from "@aws-sdk/client-ec2"
import * as ELB from "@aws-sdk/client-elastic-load-balancing-v2"
import * as ELASTICACHE from "@aws-sdk/client-elasticache"
import * as GUARDDUTY from "@aws-sdk/client-guardduty"
import * as IAM from "@aws-sdk/client-iam"
import * as KMS from "@aws-sdk/client-kms"
import * as RDS from "@aws-sdk/client-rds"
import * as ROUTE53 from "@aws-sdk/client-route-53"
import * as S3 from "@aws-sdk/client-s3"
import * as S3CONTROL from "@aws-sdk/client-s3-control"
import * as SECRETS from "@aws-sdk/client-secrets-manager"
import * as SECURITY_HUB from "@aws-sdk/client-securityhub"
import * as QUOTAS from "@aws-sdk/client-service-quotas"
import * as SNS from "@aws-sdk/client-sns"
import * as SSM from "@aws-sdk/client-ssm"
import * as STS from "@aws-sdk/client-sts"
import fc from "fast-check"
import type { Dialect } from "../../../src/sandbox/wire/dialect.ts"
import type { Operation } from "../../../src/sandbox/wire/schema.ts"
import { anyOf, withoutOwn } from "./arbitrary.ts"
import type { Echo } from "./echo.ts"
import { plain } from "./plain.ts"

/** By the name in the signature's scope. */
export const MODULES: Readonly<Record<string, object>> = {
  ec2: EC2,
  iam: IAM,
  sts: STS,
  ssm: SSM,
  s3: S3,
  acm: ACM,
  elasticloadbalancing: ELB,
  route53: ROUTE53,
  elasticache: ELASTICACHE,
  rds: RDS,
  secretsmanager: SECRETS,
  monitoring: CLOUDWATCH,
  logs: LOGS,
  sns: SNS,
  account: ACCOUNT,
  budgets: BUDGETS,
  ce: COSTS,
  s3control: S3CONTROL,
  "access-analyzer": ACCESS_ANALYZER,
  cloudtrail: CLOUDTRAIL,
  config: CONFIG,
  guardduty: GUARDDUTY,
  kms: KMS,
  securityhub: SECURITY_HUB,
  servicequotas: QUOTAS,
}

export interface Client {
  send(command: object): Promise<object>
}

export function clientOf(service: string, url: string): Client {
  const credentials = { accessKeyId: "a", secretAccessKey: "b" }
  const given = { endpoint: url, region: "us-east-1", credentials, maxAttempts: 1, disableHostPrefix: true }
  const module = MODULES[service] ?? {}
  const [name = ""] = Object.keys(module).filter((one) => /^[A-Z]\w*Client$/.test(one))
  const Client = Reflect.get(module, name)
  // Each client's `send` takes its own commands alone; which they are is only known when the test runs.
  return new Client({
    ...given,
    ...(service === "s3" && { forcePathStyle: true }),
    // It would put the account before the address.
    ...(service === "s3control" && { endpointProvider: () => ({ url: new URL(url) }) }),
  }) as Client
}

/** What differs after a way through the wire and back, for the smallest input and output found; nothing if all is well. */
export async function roundTrip(
  dialect: Dialect,
  operation: Operation,
  client: Client,
  echo: Echo,
  numRuns: number,
): Promise<string | undefined> {
  const Command = Reflect.get(MODULES[dialect.service] ?? {}, `${operation.name}Command`)
  const property = fc.asyncProperty(anyOf(operation.input), anyOf(operation.output), async (input, output) => {
    echo.answer(dialect, output as object)
    const answer = await client.send(new Command(structuredClone(input))).catch((error: unknown) => {
      throw differs("no answer", String(error), echo.latest())
    })
    // Only JSON tells an empty list from none.
    const empties = dialect.protocol === "awsJson" ? "kept" : "dropped"
    const latest = echo.latest()
    if (latest?.operation !== operation.name) throw differs("taken for another", latest?.operation, operation.name)
    same("input", plain(input, empties), plain(withoutOwn(latest.input), empties))
    same("output", plain(output, empties), plain(withoutOwn(await withBytes(answer)), empties))
  })
  const result = await fc.check(property, { numRuns, seed: 1 })
  if (!result.failed) return undefined
  return result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance)
}

/** A streamed body, read to its end. */
async function withBytes(answer: object): Promise<object> {
  const entries = Object.entries(answer).map(async ([name, value]: [string, unknown]) => [
    name,
    hasBytes(value) ? await value.transformToByteArray() : value,
  ])
  return Object.fromEntries(await Promise.all(entries))
}

const hasBytes = (value: unknown): value is { transformToByteArray(): Promise<Uint8Array> } =>
  typeof value === "object" && value !== null && "transformToByteArray" in value

function same(what: string, sent: unknown, received: unknown): void {
  if (!isDeepStrictEqual(sent, received)) throw differs(what, sent, received)
}

const differs = (what: string, sent: unknown, received: unknown): Error =>
  new Error(`${what}: ${JSON.stringify(sent)} became ${JSON.stringify(received)}`)
