import { compileRoutes, type Route } from "./route.ts"
import { type ErrorShape, errorsOf, type Operation, operationsOf } from "./schema.ts"

export type Protocol = "ec2Query" | "awsQuery" | "awsJson" | "restXml" | "restJson"

/** How one service speaks, with everything of it that can be worked out beforehand. */
export interface Dialect {
  readonly service: string
  readonly protocol: Protocol
  /** The attribute of a document's root, with the blank before it; empty where there is none. */
  readonly xmlns: string
  readonly operations: ReadonlyMap<string, Operation>
  readonly errors: ReadonlyMap<string, ErrorShape>
  readonly routes: readonly Route[]
}

export function dialectOf(service: string, schemas: Readonly<Record<string, unknown>>): Dialect {
  const known = PROTOCOLS[service]
  if (!known) throw new Error(`the sandbox does not know which protocol ${service} speaks: add it to wire/dialect.ts`)
  const [protocol, namespace] = known
  const operations = operationsOf(schemas)
  return {
    service,
    protocol,
    xmlns: namespace === undefined ? "" : ` xmlns="${namespace}"`,
    operations,
    errors: errorsOf(schemas),
    routes: compileRoutes(operations.values()),
  }
}

// What the SDK and the aws command line both send today, by the name in the signature's scope.
const PROTOCOLS: Readonly<Record<string, readonly [Protocol, string?]>> = {
  ec2: ["ec2Query", "http://ec2.amazonaws.com/doc/2016-11-15/"],
  iam: ["awsQuery", "https://iam.amazonaws.com/doc/2010-05-08/"],
  sts: ["awsQuery", "https://sts.amazonaws.com/doc/2011-06-15/"],
  ssm: ["awsJson"],
  secretsmanager: ["awsJson"],
  sns: ["awsQuery", "http://sns.amazonaws.com/doc/2010-03-31/"],
  // It once spoke the query protocol, and still says its errors' names of those days in a header.
  monitoring: ["awsJson", "http://monitoring.amazonaws.com/doc/2010-08-01/"],
  logs: ["awsJson"],
  rds: ["awsQuery", "http://rds.amazonaws.com/doc/2014-10-31/"],
  elasticache: ["awsQuery", "http://elasticache.amazonaws.com/doc/2015-02-02/"],
  s3: ["restXml", "http://s3.amazonaws.com/doc/2006-03-01/"],
  acm: ["awsJson"],
  elasticloadbalancing: ["awsQuery", "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"],
  route53: ["restXml", "https://route53.amazonaws.com/doc/2013-04-01/"],
  account: ["restJson"],
  budgets: ["awsJson"],
  ce: ["awsJson"],
  s3control: ["restXml", "http://awss3control.amazonaws.com/doc/2018-08-20/"],
  "access-analyzer": ["restJson"],
  cloudtrail: ["awsJson"],
  config: ["awsJson"],
  guardduty: ["restJson"],
  kms: ["awsJson"],
  securityhub: ["restJson"],
  servicequotas: ["awsJson"],
}

/** A dialect without operations, in which a service that nobody serves can be told so. */
export function guessDialect(service: string, headers: Readonly<Record<string, string>>): Dialect {
  const form = (headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded")
  const protocol = headers["x-amz-target"] !== undefined ? "awsJson" : form ? "awsQuery" : "restXml"
  const [known, namespace] = PROTOCOLS[service] ?? [protocol, undefined]
  const nothing = { operations: new Map(), errors: new Map(), routes: [] }
  return { service, protocol: known, xmlns: namespace === undefined ? "" : ` xmlns="${namespace}"`, ...nothing }
}
