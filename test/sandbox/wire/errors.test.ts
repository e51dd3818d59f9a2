import { createServer, type Server } from "node:http"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { dialectOf } from "../../../src/sandbox/wire/dialect.ts"
import type { ErrorShape } from "../../../src/sandbox/wire/schema.ts"
import { writeError } from "../../../src/sandbox/wire/write-error.ts"
import { clientOf, MODULES } from "./round-trip.ts"

const TRIED: Readonly<Record<string, string>> = {
  ec2: "DescribeVpcs",
  iam: "GetUser",
  sts: "GetCallerIdentity",
  ssm: "ListCommands",
  s3: "ListBuckets",
  acm: "ListCertificates",
  elasticache: "DescribeCacheClusters",
  elasticloadbalancing: "DescribeLoadBalancers",
  route53: "ListHostedZones",
  rds: "DescribeDBInstances",
  secretsmanager: "ListSecrets",
  monitoring: "ListMetrics",
  logs: "DescribeLogGroups",
  sns: "ListTopics",
  account: "ListRegions",
  budgets: "DescribeBudgets",
  ce: "ListCostAllocationTags",
  s3control: "GetPublicAccessBlock",
  "access-analyzer": "ListAnalyzers",
  cloudtrail: "DescribeTrails",
  config: "DescribeConfigurationRecorders",
  guardduty: "ListDetectors",
  kms: "ListKeys",
  securityhub: "DescribeHub",
  servicequotas: "ListServices",
}

const dialects = Object.entries(MODULES).map(([service, schemas]) =>
  dialectOf(service, schemas as Readonly<Record<string, unknown>>),
)

describe("a refusal is read as the error that it is", () => {
  let server: Server
  let url: string
  let answer: ReturnType<typeof writeError>
  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(answer.status, { ...answer.headers }).end(answer.body)
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const address = server.address()
    url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it.each(dialects)("all that $service's model has", async (dialect) => {
    const schemas = MODULES[dialect.service] ?? {}
    const Command = Reflect.get(schemas, `${TRIED[dialect.service]}Command`)
    const client = clientOf(dialect.service, url)
    // The one of the base class is thrown by clients, never by a service.
    const shapes = new Set([...dialect.errors.values()].filter(({ namespace }) => !namespace.startsWith("smithy.ts")))
    for (const shape of shapes) {
      const name = SHARED[shape.name] ?? shape.name
      for (const code of new Set([shape.code, shape.name])) {
        answer = writeError(dialect, { code, message: MESSAGE, status: undefined, details: {} }, "request-1", JSON_TYPE)
        const error: unknown = await client.send(new Command({})).catch((caught: unknown) => caught)
        const expected = { name, message: MESSAGE, $metadata: { httpStatusCode: statusOf(shape, dialect) } }
        expect(error, code).toMatchObject(expected)
        expect(error, code).toBeInstanceOf(Reflect.get(schemas, name) ?? Error)
      }
    }
  })

  it.each(dialects)("one that $service's model does not have", async (dialect) => {
    const Command = Reflect.get(MODULES[dialect.service] ?? {}, `${TRIED[dialect.service]}Command`)
    const wrong = { code: "Unheard.Of", message: MESSAGE, status: 418, details: {} }
    answer = writeError(dialect, wrong, "request-1", JSON_TYPE)
    await expect(clientOf(dialect.service, url).send(new Command({}))).rejects.toMatchObject({
      name: "Unheard.Of",
      message: MESSAGE,
      $metadata: { httpStatusCode: 418 },
    })
  })
})

/** Of two errors with one code, a client takes the one that is called like it. */
const SHARED: Readonly<Record<string, string>> = { DashboardNotFoundError: "ResourceNotFound" }

const MESSAGE = "a <b> & \"c\" 'd' é💾"
const JSON_TYPE = "application/x-amz-json-1.1"

/** awsJson says 400 to everything that is the caller's fault. */
const statusOf = ({ status }: ErrorShape, dialect: { readonly protocol: string }): number =>
  (dialect.protocol === "awsJson" ? undefined : status) ?? 400
