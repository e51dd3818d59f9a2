import {
  DeleteRouteTableCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  ImportKeyPairCommand,
} from "@aws-sdk/client-ec2"
import { PutObjectCommand } from "@aws-sdk/client-s3"
import { DeleteSecretCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager"
import { configurationBackups, keepConfiguration, keptSettings } from "../../src/aws/backups/configuration.ts"
import { copyDatabase, databaseBackups, keepDatabase } from "../../src/aws/backups/database.ts"
import { keepVolume, volumeBackups } from "../../src/aws/backups/volume.ts"
import { nameFor } from "../../src/aws/names.ts"
import { grantsOf } from "../../src/aws/preflight/grants.ts"
import { simulate } from "../../src/aws/preflight/permissions.ts"
import { quotasFor } from "../../src/aws/preflight/quotas.ts"
import { sourceOf } from "../../src/aws/source.ts"
import { kindsOf } from "../../src/blueprints/kinds.ts"
import type { SingleWish } from "../../src/blueprints/single.ts"
import type { ApplyOptions } from "../../src/engine/apply.ts"
import type { Outcome } from "../../src/engine/perform.ts"
import type { PlanRow } from "../../src/engine/plan.ts"
import { deploy, look, takeDown, theAt } from "../laws/ground.ts"
import { tampers } from "../laws/tampers/index.ts"
import { nodeTampers } from "../laws/tampers/nodes.ts"
import { everything, place } from "../laws/wishes.ts"
import { type Enforced, holding } from "./ground.ts"

/** A part of an environment's life, which whoever has the deployer's policy carries through. */
export interface Chapter {
  readonly what: string
  /** What others do before, or AWS does meanwhile. */
  before?(at: Enforced): Promise<unknown>
  goes(at: Enforced): Promise<Outcome>
}

const scope = "poc"

const deployed =
  (wish: SingleWish, options: ApplyOptions = {}): Chapter["goes"] =>
  (at) =>
    holding(at, [scope], (run) => deploy(at.on, wish, options, run))

type Change = readonly [key: string, field: string, way?: number]

/** By the table of the laws: what somebody at the console changes of which thing, in the first way that it knows. */
export const tampered =
  (changes: readonly Change[], wish: SingleWish = everything) =>
  async ({ on }: Enforced) => {
    const { findings } = await look(on, wish)
    for (const [key, field, way = 0] of changes) {
      const kind = key.split("/")[0]
      const row = [...tampers, ...nodeTampers].find((one) => one.kind === kind)?.rows[field]?.[way]
      const live = findings.find((finding) => finding.key === key)?.found?.live
      if (!row || !live) throw new Error(`the laws know no way ${way} to change ${field} of ${key}`)
      // The row is of the very kind whose thing this is.
      await row.does(on.outsider, live as never)
    }
    // A disk may be changed once in six hours.
    on.sandbox.world.clock.advance(7 * 3_600_000)
  }

const backup = "20261121-063401"
const { publicKey = "" } = everything

/** With an address of its own in place of the way out that all share, larger, and without one of the systems. */
const otherwise: SingleWish = {
  ...everything,
  egress: "public-ip",
  instanceType: "t3.2xlarge",
  publicKey: undefined,
  systems: { "mag7-7dte": { enabled: false } },
}

const adopting: SingleWish = { ...otherwise, publicKey }

/** One after the other, beginning on empty ground. */
export const chapters: readonly Chapter[] = [
  { what: "a doctor finds that all may be done", goes: examined },
  { what: "every option is made", goes: deployed(everything) },
  {
    what: "what somebody changed is put right",
    before: tampered([
      ...["bucket/state", "bucket/flow-logs"].flatMap((bucket) => [
        [bucket, "encryption"] as const,
        [bucket, "publicAccess"] as const,
        [bucket, "ownership"] as const,
      ]),
      ["certificate/trading.example.com", "zone"],
      ["cache/main", "parameterGroup"],
      ["cache/main", "userGroupIds"],
      ["cache-parameters/valkey", "parameters", 1],
      ["cache-subnet-group/main", "subnetIds"],
      ["cache-user/smart-0dte", "access"],
      ["cache-user-group/main", "userIds"],
      ["database/postgres", "parameterGroup"],
      ["database-parameters/postgres15", "parameters", 1],
      ["database-subnet-group/main", "subnetIds"],
      ["document/release", "content"],
      ["document/halt", "shared"],
      ["endpoint/s3", "policy"],
      ["instance/node", "diskGoesAlong"],
      ["instance/node", "groupIds"],
      ["instance/node", "monitoring"],
      ["instance/node", "metadataTokens"],
      ["instance/node", "profile"],
      ["listener/https", "rules"],
      ["load-balancer/main", "groupIds"],
      ["load-balancer/main", "subnetIds"],
      ["role/node", "trust"],
      ["role/node", "attached"],
      ["route-table/private", "routes"],
      ["secret/smart-0dte/keys", "description"],
      ["security-group/app", "egress"],
      ["security-group/app", "ingress"],
      ["subnet/public-a", "publicByDefault"],
      ["target-group/smart-0dte-backend", "health"],
      ["topic/alarms", "policy"],
      ["volume/influx", "iops"],
    ]),
    goes: deployed(everything),
  },
  {
    what: "what somebody changed otherwise is put right",
    before: tampered([
      ["database/postgres", "parametersInForce"],
      ["instance/node", "publicAddress"],
      ["instance/node", "profileId"],
      ["listener/https", "rules", 2],
      ["listener/https", "tlsPolicy"],
      ["endpoint/s3", "routeTableIds"],
      ["route-table/private", "routes", 1],
      ["route-table/private", "subnetIds", 1],
    ]),
    goes: deployed(everything),
  },
  {
    what: "what somebody stopped starts again, and secrets that he emptied or deleted come back",
    async before(at) {
      await tampered([
        ["database/postgres", "running"],
        ["instance/node", "running"],
      ])(at)
      const the = await theAt(at.on, everything)
      const { secrets } = at.on.outsider
      const SecretId = the("secret/smart-0dte/generated", "secretName")
      await secrets.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }))
      const emptied = { SecretId: the("secret/node/generated", "secretName"), SecretString: "{}" }
      await secrets.send(new PutSecretValueCommand(emptied))
      await tampered([["secret/node/generated", "lines"]])(at)
    },
    goes: deployed(everything),
  },
  {
    what: "an order to a node is found again whose answer was lost",
    async before(at) {
      await tampered([["system/smart-0dte", "wish"]])(at)
      at.on.faults({ name: "lost", operation: "ssm:SendCommand", times: 1 })
    },
    goes: deployed(everything),
  },
  { what: "data is kept, and gone back to", goes: restored },
  {
    what: "one system is given up",
    goes: deployed({ ...everything, systems: otherwise.systems }, { prune: true }),
  },
  { what: "another machine", goes: deployed(otherwise, { prune: true }) },
  {
    what: "a destroy that broke off is taken back",
    async before(at) {
      await tidied(at)
      at.on.faults({ name: "error500", operation: "ec2:DeleteVolume" })
      await holding(at, [scope], (run) => takeDown(at.on, otherwise, false, run))
      at.on.faults()
    },
    goes: deployed(otherwise),
  },
  {
    what: "a key pair of the name was there before",
    before: ({ on }) =>
      on.outsider.ec2.send(
        new ImportKeyPairCommand({ KeyName: nameFor(scope, "node"), PublicKeyMaterial: Buffer.from(publicKey) }),
      ),
    goes: deployed(adopting, { adopt: new Set(["key-pair/node"]) }),
  },
  {
    what: "a machine gets its address back",
    before: tampered([["instance/node", "publicAddress"]], adopting),
    goes: deployed(adopting),
  },
  {
    what: "all is destroyed, also what is kept in a bucket",
    async before(at) {
      const Bucket = (await theAt(at.on, adopting))("bucket/backups", "bucket")
      await at.on.outsider.s3.send(new PutObjectCommand({ Bucket, Key: "configuration/1.json", Body: "{}" }))
    },
    goes: (at) => holding(at, [scope], (run) => takeDown(at.on, adopting, true, run)),
  },
]

/** As `doctor` does it: nothing is missing, and there is nothing that could not be looked at. */
async function examined({ session }: Enforced): Promise<Outcome> {
  const allow = kindsOf("environment").flatMap((kind) => kind.allow)
  const simulated = await simulate(session, grantsOf(allow, place, scope))
  if ("unknown" in simulated) throw new Error(simulated.unknown)
  const row: Partial<PlanRow> = { action: "create", step: { key: "vpc/main", kind: "vpc", name: "main", scope } }
  const quotas = await quotasFor(session, [row as PlanRow])
  const unread = quotas.flatMap(({ seen }) => ("unknown" in seen ? [seen.unknown] : []))
  const lacking = [...simulated.missing.map((grant) => JSON.stringify(grant)), ...simulated.denied, ...unread]
  if (quotas.length === 0 || lacking.length > 0) throw new Error(lacking.join())
  return { done: [], failed: [], skipped: [], remains: [] }
}

/** What somebody made in our network would keep it from going. */
async function tidied({ on }: Enforced): Promise<void> {
  const { ec2 } = on.outsider
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}))
  for (const { GroupId, GroupName, Tags = [] } of SecurityGroups)
    if (GroupName !== "default" && Tags.length === 0) await ec2.send(new DeleteSecurityGroupCommand({ GroupId }))
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}))
  for (const { SubnetId, Tags = [] } of Subnets)
    if (Tags.length === 0) await ec2.send(new DeleteSubnetCommand({ SubnetId }))
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({}))
  for (const { Associations = [], RouteTableId, Tags = [] } of RouteTables)
    if (Tags.length === 0 && Associations.length === 0) await ec2.send(new DeleteRouteTableCommand({ RouteTableId }))
}

/** As the commands for backups do it. */
async function restored(at: Enforced): Promise<Outcome> {
  const the = await theAt(at.on, everything)
  const { session } = at
  const identifier = the("database/postgres", "identifier")
  const [nightly] = await databaseBackups(session, scope)
  if (nightly) await copyDatabase(session, scope, nightly)
  await keepDatabase(session, { scope, key: "database/postgres", identifier }, backup)
  await keepVolume(session, { scope, key: "volume/influx", volumeId: the("volume/influx") }, backup)
  await keepConfiguration(session, { scope, version: "1.0.0", settings: {} }, backup)
  // Far longer than it takes.
  await session.clock.sleep(300_000)
  const kept = await volumeBackups(session, scope)
  await configurationBackups(session, scope)
  await keptSettings(session, scope, backup)
  const now = session.clock.now()
  const databaseSource = sourceOf(`${identifier}-backup-${backup}`, now)
  const influxSource = sourceOf(kept.find(({ id }) => id === backup)?.name ?? "", now)
  return deployed({ ...everything, databaseSource, influxSource })(at)
}
