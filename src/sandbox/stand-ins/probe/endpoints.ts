import { askQuery, below, textAt } from "../cloud/query.ts"
import { type Context, Fault } from "../context.ts"

/** Whether a database or a cache of the sandbox has this address and takes connections; nothing else is known by a name. */
export async function endpointUp(on: Context, host: string, port: number): Promise<boolean> {
  const found = await Promise.all(KINDS.map((kind) => endpointsOf(on, kind)))
  const known = found.flat().filter((one) => one.host === host)
  if (known.length === 0) throw new Fault("probe: [Errno -2] Name or service not known")
  return known.some((one) => one.up && one.port === port)
}

interface Kind {
  readonly service: string
  readonly question: string
  readonly element: string
  readonly status: string
  readonly address: readonly string[]
}

const KINDS: readonly Kind[] = [
  {
    service: "rds",
    question: "DescribeDBInstances&Version=2014-10-31",
    element: "DBInstance",
    status: "DBInstanceStatus",
    address: ["Endpoint"],
  },
  {
    service: "elasticache",
    question: "DescribeReplicationGroups&Version=2015-02-02",
    element: "ReplicationGroup",
    status: "Status",
    address: ["NodeGroups", "NodeGroup", "PrimaryEndpoint"],
  },
]

async function endpointsOf(on: Context, { address, element, question, service, status }: Kind) {
  const { answer } = await askQuery(on, service, question)
  if (!answer) return []
  return below(answer, element).map((one) => ({
    host: textAt(one, ...address, "Address"),
    port: Number(textAt(one, ...address, "Port")),
    up: /^(available|backing-up|configuring-enhanced-monitoring|modifying|snapshotting|storage-optimization)$/.test(
      textAt(one, status),
    ),
  }))
}
