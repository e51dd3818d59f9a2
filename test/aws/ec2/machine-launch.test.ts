import { EC2Client, type RunInstancesCommandInput } from "@aws-sdk/client-ec2"
import { expect, it } from "vitest"
import type { Cloud } from "../../../src/aws/cloud.ts"
import { launch } from "../../../src/aws/ec2/machine-launch.ts"

it("asks for nothing that outlives the machine", async () => {
  const asked: RunInstancesCommandInput[] = []
  const ec2 = new EC2Client({ region: "us-east-1" })
  ec2.middlewareStack.add(
    () => async (args) => {
      asked.push(args.input as RunInstancesCommandInput)
      return { output: { $metadata: {} }, response: {} }
    },
    { step: "initialize" },
  )
  await launch({ ec2 } as Cloud, { scope: "poc", key: "instance/node", token: "t" }, wish)
  expect(asked).toMatchObject([
    {
      NetworkInterfaces: [{ DeleteOnTermination: true }],
      BlockDeviceMappings: [{ Ebs: { DeleteOnTermination: true } }],
    },
  ])
})

const wish = {
  imageId: "ami-1",
  instanceType: "t3.xlarge",
  subnetId: "subnet-1",
  groupId: "sg-1",
  profile: "node",
  keyName: undefined,
  diskGb: 100,
  publicAddress: false,
  boot: "",
}
