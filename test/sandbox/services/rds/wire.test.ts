import * as EC2 from "@aws-sdk/client-ec2"
import * as RDS from "@aws-sdk/client-rds"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type InProcess, inProcess } from "../../../../src/sandbox/in-process.ts"
import { ec2 } from "../../../../src/sandbox/services/ec2/index.ts"
import { rds } from "../../../../src/sandbox/services/rds/index.ts"
import { asked } from "./ground.ts"

let sandbox: InProcess
let client: RDS.RDSClient
let network: EC2.EC2Client

beforeAll(async () => {
  sandbox = await inProcess({ services: [ec2, rds], speed: 1000 })
  const { accessKeyId, secretAccessKey, region, url: endpoint } = sandbox.connection
  const settings = { endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 }
  client = new RDS.RDSClient(settings)
  network = new EC2.EC2Client(settings)
})

afterAll(async () => {
  client.destroy()
  network.destroy()
  await sandbox.close()
})

test("a database, made, read, changed and taken down by the SDK's own client", async () => {
  const { Vpc } = await network.send(new EC2.CreateVpcCommand({ CidrBlock: "10.20.0.0/16" }))
  const SubnetIds = await Promise.all(
    ["a", "b"].map(async (zone, n) => {
      const place = { VpcId: Vpc?.VpcId, CidrBlock: `10.20.${n}.0/24`, AvailabilityZone: `us-east-1${zone}` }
      return (await network.send(new EC2.CreateSubnetCommand(place))).Subnet?.SubnetId ?? ""
    }),
  )
  const DBSubnetGroupName = "main"
  await client.send(
    new RDS.CreateDBSubnetGroupCommand({ DBSubnetGroupName, DBSubnetGroupDescription: "two zones", SubnetIds }),
  )
  const Tags = [{ Key: "smart0dte:scope", Value: "poc" }]
  const made = await client.send(new RDS.CreateDBInstanceCommand({ ...asked, CopyTagsToSnapshot: true, Tags }))
  expect(made.DBInstance).toMatchObject({ DBInstanceStatus: "creating", TagList: Tags, MultiAZ: false })
  sandbox.world.clock.advance(400_000)
  const DBInstanceIdentifier = "one"
  const { DBInstances: [shown] = [] } = await client.send(new RDS.DescribeDBInstancesCommand({ DBInstanceIdentifier }))
  expect(shown).toMatchObject({
    DBInstanceStatus: "available",
    Endpoint: { Address: expect.stringMatching(/^one\./), Port: 5432 },
    InstanceCreateTime: expect.any(Date),
    DBSubnetGroup: { Subnets: [{ SubnetAvailabilityZone: { Name: "us-east-1a" } }, {}] },
  })
  const { TagList } = await client.send(new RDS.ListTagsForResourceCommand({ ResourceName: shown?.DBInstanceArn }))
  expect(TagList).toEqual(Tags)

  const gone = { DBInstanceIdentifier, FinalDBSnapshotIdentifier: "last" }
  await client.send(new RDS.DeleteDBInstanceCommand(gone))
  await expect(client.send(new RDS.DeleteDBSubnetGroupCommand({ DBSubnetGroupName }))).rejects.toBeInstanceOf(
    RDS.InvalidDBSubnetGroupStateFault,
  )
  await expect(client.send(new RDS.DeleteDBInstanceCommand(gone))).rejects.toMatchObject({
    name: "InvalidDBInstanceStateFault",
    message: "Instance one is already being deleted.",
    $metadata: { httpStatusCode: 400 },
  })
  sandbox.world.clock.advance(300_000)
  await expect(client.send(new RDS.DescribeDBInstancesCommand({ DBInstanceIdentifier }))).rejects.toMatchObject({
    name: "DBInstanceNotFoundFault",
    $metadata: { httpStatusCode: 404 },
  })
  const { DBSnapshots } = await client.send(new RDS.DescribeDBSnapshotsCommand({}))
  expect(DBSnapshots).toMatchObject([
    { DBSnapshotIdentifier: "last", SnapshotCreateTime: expect.any(Date), TagList: Tags },
  ])
})
