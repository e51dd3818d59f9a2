import {
  DeleteKeyPairCommand,
  DescribeInstancesCommand,
  DescribeKeyPairsCommand,
  ImportKeyPairCommand,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2"
import { CreateInstanceProfileCommand } from "@aws-sdk/client-iam"
import {
  CreateDBInstanceCommand,
  DescribeDBEngineVersionsCommand,
  ResetDBParameterGroupCommand,
} from "@aws-sdk/client-rds"
import { CreateBucketCommand, GetObjectCommand, PutBucketPolicyCommand, PutObjectCommand } from "@aws-sdk/client-s3"
import { CreateDocumentCommand, ListDocumentsCommand, SendCommandCommand } from "@aws-sdk/client-ssm"
import { accountCorrections } from "./moto-bootstrap.ts"
import { cacheCorrections } from "./moto-cache.ts"
import { type Correction, isMissing, isRefused } from "./moto-correction.ts"

// Where moto is not like AWS. It is moto that is wrong in each of these, so the tool does nothing about them, and the
// tests expect what moto does: a row that moto has outgrown makes a test fail, and is to be taken out.

/** Without these next to nothing would work: moto_server.py makes them, each under its name. */
export const corrections: readonly Correction[] = [
  {
    name: "unmet-denials",
    why: "a bucket policy's denial counts though its condition is not met, so that nobody may read any object",
    async isNeeded({ s3 }) {
      const Bucket = "denies-cleartext"
      await s3.send(new CreateBucketCommand({ Bucket }))
      await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "a" }))
      const elsewhere = { Bool: { "aws:PrincipalIsAWSService": "true" } }
      const denial = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: `arn:aws:s3:::${Bucket}/*` }
      const Statement = [{ ...denial, Condition: elsewhere }]
      await s3.send(
        new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }),
      )
      return isRefused(s3.send(new GetObjectCommand({ Bucket, Key: "a" })))
    },
  },
  {
    name: "keys-by-id",
    why: "a key pair that is named by its id is not deleted, and no error says so",
    async isNeeded({ ec2 }) {
      const PublicKeyMaterial = new TextEncoder().encode(publicKey)
      const { KeyPairId } = await ec2.send(new ImportKeyPairCommand({ KeyName: "by-id", PublicKeyMaterial }))
      await ec2.send(new DeleteKeyPairCommand({ KeyPairId }))
      const { KeyPairs = [] } = await ec2.send(new DescribeKeyPairsCommand({}))
      return KeyPairs.some((pair) => pair.KeyPairId === KeyPairId)
    },
  },
  {
    name: "database-versions",
    why: "RDS has no versions of PostgreSQL, and offers no instance for it",
    isNeeded: ({ rds }) => isMissing(rds.send(new DescribeDBEngineVersionsCommand({ Engine: "postgres" }))),
  },
  {
    name: "insights",
    why: "an instance shows nothing of Performance Insights",
    isNeeded: async ({ rds }) => {
      const { DBInstance } = await rds.send(
        new CreateDBInstanceCommand({ ...anyDatabase, EnablePerformanceInsights: true }),
      )
      return DBInstance?.PerformanceInsightsEnabled === undefined
    },
  },
  {
    name: "parameters-reset",
    why: "ResetDBParameterGroup is not there",
    isNeeded: ({ rds }) => isMissing(rds.send(new ResetDBParameterGroupCommand({ DBParameterGroupName: "default" }))),
  },
  {
    name: "windows-that-touch",
    why: "a backup window that ends when the maintenance window begins counts as overlapping",
    isNeeded: ({ rds }) =>
      isRefused(
        rds.send(
          new CreateDBInstanceCommand({
            ...anyDatabase,
            DBInstanceIdentifier: "touching",
            PreferredBackupWindow: "03:00-04:00",
            PreferredMaintenanceWindow: "sun:04:00-sun:05:00",
          }),
        ),
      ),
  },
  {
    name: "profiles-by-id",
    why: "an instance shows the id of its association in place of that of its profile, and keeps it when the profile changes",
    async isNeeded({ ec2, iam }) {
      const InstanceProfileName = "shown-by-id"
      await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }))
      const IamInstanceProfile = { Name: InstanceProfileName }
      const one = { ImageId: "ami-12c6146b", MinCount: 1, MaxCount: 1, IamInstanceProfile }
      await ec2.send(new RunInstancesCommand(one))
      const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}))
      return Reservations.some(({ Instances = [] }) =>
        Instances.some((made) => made.IamInstanceProfile?.Id?.startsWith("iip-assoc-")),
      )
    },
  },
  {
    name: "machines",
    why: "a command has succeeded as soon as it is sent, with no machine that could have carried it out",
    async isNeeded({ ssm }) {
      const nowhere = { DocumentName: "AWS-RunShellScript", InstanceIds: ["i-00000000000000000"] }
      const { Command } = await ssm.send(new SendCommandCommand(nowhere))
      return Command?.Status === "Success"
    },
  },
  {
    name: "document-names",
    why: "documents are not found by what their names begin with",
    async isNeeded({ ssm }) {
      const Content = JSON.stringify({ schemaVersion: "2.2", mainSteps: [] })
      await ssm.send(new CreateDocumentCommand({ Name: "begins-so", Content, DocumentType: "Command" }))
      const Filters = [{ Key: "Name", Values: ["begins-"] }]
      const { DocumentIdentifiers = [] } = await ssm.send(new ListDocumentsCommand({ Filters }))
      return DocumentIdentifiers.length === 0
    },
  },
  ...accountCorrections,
  ...cacheCorrections,
]

/** What moto leaves out at a thing's birth, so that the run that made it changes it at once. */
export const forgottenAtBirth: readonly Forgotten[] = [
  {
    change: "ModifyInstanceAttribute: Groups, InstanceId",
    why: "an instance is not in the groups of the network interface that is made for it",
  },
  {
    change: "ModifyVolume: Iops, Size, Throughput, VolumeId, VolumeType",
    why: "a gp3 disk that is born with its instance has no throughput",
  },
]

export interface Forgotten {
  readonly change: string
  readonly why: string
}

/** What stays when a thing of a kind is deleted. */
export const leftBehind: readonly LeftBehind[] = [
  { by: "nat-gateway", what: "eni", why: "the network interface of a NAT gateway does not go with it" },
]

export interface LeftBehind {
  readonly by: string
  /** What its id begins with. */
  readonly what: string
  readonly why: string
}

const certificateStays = "a listener that goes over to HTTP keeps its certificate"

/** A change from outside after which other fields differ than on AWS. */
export const seenOtherwise: readonly SeenOtherwise[] = [
  { key: "instance/node", field: "diskType", seen: ["diskType"], why: "a gp2 disk keeps what only gp3 lets choose" },
  { key: "volume/influx", field: "type", seen: ["type"], why: "a gp2 disk keeps what only gp3 lets choose" },
  { key: "listener/https", field: "protocol", seen: ["protocol", "tlsPolicy"], why: certificateStays },
  ...["metadataEndpoint", "metadataTokens", "metadataHops", "metadataTags"].map((field) => ({
    key: "instance/node",
    field,
    seen: [...new Set(["metadataEndpoint", "metadataTokens", field])],
    why: "metadata options that a change does not name are lost",
  })),
]

export interface SeenOtherwise {
  readonly key: string
  readonly field: string
  readonly seen: readonly string[]
  readonly why: string
}

/** Changes from outside that it does not show, or does not make. */
export const unseen: readonly Unseen[] = [
  { key: "database-subnet-group/main", field: "subnetIds", why: "a DB subnet group that is modified is gone" },
  { key: "database/postgres", field: "parametersInForce", why: "parameters are always in force" },
  { key: "database/postgres", field: "insightsDays", why: "Performance Insights cannot be switched off" },
  { key: "database/postgres", field: "port", why: "a port stays what it was" },
]

export interface Unseen {
  readonly key: string
  readonly field: string
  readonly why: string
}

/** Changes from outside that cannot be made, or not be put right. */
export const beyondRepair: readonly BeyondRepair[] = [
  {
    key: "instance/node",
    field: "monitoring",
    says: /^ec2:UnmonitorInstances: no proper answer came/,
    why: "UnmonitorInstances is not there",
  },
  {
    key: "endpoint/s3",
    field: "policy",
    says: /^update endpoint\/s3: .*policy is .* not "open"/,
    why: "ModifyVpcEndpoint does not look at ResetPolicy",
  },
  {
    key: "database/postgres",
    field: "parameterGroup",
    says: /default\.postgres15 not found/,
    why: "RDS's own parameter groups are not there",
  },
  ...["protocol", "tlsPolicy", "certificate"].map((field) => ({
    key: "listener/http",
    field,
    says: /^update listener\/http: .*certificate is "arn:.*not ""/,
    why: certificateStays,
  })),
  ...["database", "cache"].map((name) => ({
    key: `security-group/${name}`,
    field: "egress",
    says: new RegExp(`^update security-group/${name}: .*egress is .*::/0`),
    why: "a rule for IPv6 is never revoked in a network that has no IPv6 range",
  })),
]

export interface BeyondRepair {
  readonly key: string
  readonly field: string
  /** What is said when it is tried. */
  readonly says: RegExp
  readonly why: string
}

const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0bxGrjSIQqAMPUSdrxgLnwyO2cFRaoUpZa8sVKgBW9 someone@somewhere"

const anyDatabase = {
  DBInstanceIdentifier: "any",
  DBInstanceClass: "db.t3.small",
  Engine: "postgres",
  AllocatedStorage: 20,
  MasterUsername: "postgres",
  ManageMasterUserPassword: true,
}
