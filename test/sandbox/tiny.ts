import { createHash } from "node:crypto"
import * as EC2 from "@aws-sdk/client-ec2"
import * as IAM from "@aws-sdk/client-iam"
import * as S3 from "@aws-sdk/client-s3"
import * as SSM from "@aws-sdk/client-ssm"
import * as STS from "@aws-sdk/client-sts"
import type { Connection } from "../../src/sandbox/connection.ts"
import { handlers, Refusal, type Service } from "../../src/sandbox/service.ts"

/** Five services of a few operations each: enough to try everything that lies around the handlers. */
export const tinyServices = (): readonly Service[] => [tinyEc2, tinyIam, tinySts, tinySsm, tinyS3]

export const clientsOf = (
  connection: Connection,
  settings: { readonly maxAttempts?: number; readonly systemClockOffset?: number } = {},
) => {
  const { accessKeyId, secretAccessKey, region, url } = connection
  const given = { endpoint: url, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1, ...settings }
  return {
    ec2: new EC2.EC2Client(given),
    iam: new IAM.IAMClient(given),
    sts: new STS.STSClient(given),
    ssm: new SSM.SSMClient(given),
    s3: new S3.S3Client({ ...given, forcePathStyle: true }),
  }
}

const tinyEc2: Service = {
  signingName: "ec2",
  schemas: {
    CreateVpc$: EC2.CreateVpc$,
    CreateSubnet$: EC2.CreateSubnet$,
    DescribeVpcs$: EC2.DescribeVpcs$,
    DeleteVpc$: EC2.DeleteVpc$,
  },
  reads: /^Describe/,
  limits: [[/^(CreateSubnet|DeleteVpc)$/, 2, 1]],
  handlers: handlers<typeof EC2>()({
    CreateVpc: (input, call) => {
      const used = call.store.table("vpc").all().length
      if (used >= call.quota("vpcs", 5)) throw new Refusal("VpcLimitExceeded", `the maximum of ${used} is reached`)
      const vpc = { VpcId: call.id("vpc"), CidrBlock: input.CidrBlock }
      call.store.table("vpc").put(vpc.VpcId, vpc)
      if (input.CidrBlock === "throw") throw new Refusal("InvalidVpc.Range", "The CIDR 'throw' is invalid.")
      if (call.fault("capacity")) throw new Refusal("InsufficientCapacity", "none left", 500)
      return { Vpc: { ...vpc, State: "pending" } }
    },
    CreateSubnet: (_input, call) => ({ Subnet: { SubnetId: call.id("subnet") } }),
    DescribeVpcs: (_input, call) => ({ Vpcs: [...call.store.table<EC2.Vpc>("vpc").all()] }),
    DeleteVpc: (input, call) => {
      if (!call.store.table("vpc").delete(input.VpcId ?? "")) throw new Refusal("InvalidVpcID.NotFound", "no such vpc")
      return {}
    },
  }),
}

const tinyIam: Service = {
  signingName: "iam",
  schemas: {
    CreateRole$: IAM.CreateRole$,
    GetRole$: IAM.GetRole$,
    NoSuchEntityException$: IAM.NoSuchEntityException$,
  },
  reads: /^Get/,
  limits: [],
  handlers: handlers<typeof IAM>()({
    CreateRole: (input, call) => {
      call.store.table("role").put(input.RoleName ?? "", { name: input.RoleName, at: call.now })
      return { Role: roleOf(input.RoleName, call.now) }
    },
    GetRole: (input, call) => {
      const found = call.store.table<{ at: number }>("role").get(input.RoleName ?? "")
      if (!found) throw new Refusal("NoSuchEntity", `The role with name ${input.RoleName} cannot be found.`)
      return { Role: roleOf(input.RoleName, found.at) }
    },
  }),
}

const roleOf = (name: string | undefined, at: number) => ({
  Path: "/",
  RoleName: name,
  RoleId: "AROA",
  Arn: `arn:aws:iam::1:role/${name}`,
  CreateDate: new Date(at),
})

const tinySts: Service = {
  signingName: "sts",
  schemas: { GetCallerIdentity$: STS.GetCallerIdentity$ },
  reads: /^Get/,
  limits: [],
  handlers: handlers<typeof STS>()({
    GetCallerIdentity: (_input, call) => ({ Account: call.account, Arn: call.callerArn, UserId: "AIDA" }),
  }),
}

const tinySsm: Service = {
  signingName: "ssm",
  schemas: { PutParameter$: SSM.PutParameter$, GetParameter$: SSM.GetParameter$ },
  reads: /^Get/,
  limits: [],
  handlers: handlers<typeof SSM>()({
    PutParameter: (input, call) => {
      call.store.table("parameter").put(input.Name ?? "", { Name: input.Name, Value: input.Value })
      return { Version: 1 }
    },
    GetParameter: (input, call) => {
      const found = call.store.table("parameter").get(input.Name ?? "")
      if (!found) throw new Refusal("ParameterNotFound", "no such parameter")
      return { Parameter: found }
    },
  }),
}

interface Thing {
  readonly data: string
  readonly etag: string
}

const tinyS3: Service = {
  signingName: "s3",
  schemas: {
    CreateBucket$: S3.CreateBucket$,
    HeadBucket$: S3.HeadBucket$,
    PutObject$: S3.PutObject$,
    GetObject$: S3.GetObject$,
    HeadObject$: S3.HeadObject$,
    DeleteObject$: S3.DeleteObject$,
    ListObjectsV2$: S3.ListObjectsV2$,
    PutBucketTagging$: S3.PutBucketTagging$,
  },
  reads: /^(Get|Head|List)/,
  limits: [],
  handlers: handlers<typeof S3>()({
    CreateBucket: (input) => ({ Location: `/${input.Bucket}` }),
    HeadBucket: (input) => {
      if (input.Bucket === "missing") throw new Refusal("NotFound", "Not Found", 404)
      return { BucketRegion: "us-east-1" }
    },
    PutObject: (input, call) => {
      const things = call.store.table<Thing>("object")
      const held = things.get(input.Key ?? "")
      if ((input.IfNoneMatch === "*" && held) || (input.IfMatch && input.IfMatch !== held?.etag))
        throw new Refusal("PreconditionFailed", "at least one of the preconditions did not hold", 412)
      const data = Buffer.from((input.Body ?? "") as Uint8Array)
      const etag = `"${createHash("md5").update(data).digest("hex")}"`
      things.put(input.Key ?? "", { data: data.toString("base64"), etag })
      return { ETag: etag }
    },
    GetObject: (input, call) => {
      const held = call.store.table<Thing>("object").get(input.Key ?? "")
      if (!held) throw new Refusal("NoSuchKey", "The specified key does not exist.", 404, { Key: input.Key ?? "" })
      // The SDK's type wants what its client makes of a body, not what is sent.
      return { Body: Buffer.from(held.data, "base64") as never, ETag: held.etag }
    },
    HeadObject: (input, call) => {
      const held = call.store.table<Thing>("object").get(input.Key ?? "")
      if (!held) throw new Refusal("NotFound", "Not Found", 404)
      return { ETag: held.etag, ContentLength: Buffer.from(held.data, "base64").length }
    },
    DeleteObject: (input, call) => {
      call.store.table("object").delete(input.Key ?? "")
      return {}
    },
    ListObjectsV2: (_input, call) => ({
      Contents: call.store
        .table<Thing>("object")
        .entries()
        .map(([Key, { etag }]) => ({ Key, ETag: etag })),
    }),
    PutBucketTagging: (input) => {
      if (input.Tagging?.TagSet?.[0]?.Key !== "a<b") throw new Refusal("MalformedXML", "the tag is not there", 400)
      return {}
    },
  }),
}
