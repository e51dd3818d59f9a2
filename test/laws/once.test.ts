import { beforeAll, describe, expect, it, vi } from "vitest"
import type { FaultName } from "../../src/sandbox/faults.ts"
import type { Saved } from "../../src/sandbox/state-file.ts"
import { census, deviations, forget, mutations, standing, troubles } from "./evidence.ts"
import { deploy, type Ground, ground, look, takeDown } from "./ground.ts"
import { everything } from "./wishes.ts"

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

/** Every call of a deploy that changes something. */
const makes = [
  "ec2:AllocateAddress",
  "ec2:AssociateRouteTable",
  "ec2:AttachInternetGateway",
  "ec2:AuthorizeSecurityGroupIngress",
  "ec2:CreateFlowLogs",
  "ec2:CreateInternetGateway",
  "ec2:CreateNatGateway",
  "ec2:CreateRoute",
  "ec2:CreateRouteTable",
  "ec2:CreateSecurityGroup",
  "ec2:CreateSubnet",
  "ec2:CreateVpc",
  "ec2:CreateVpcEndpoint",
  "ec2:ImportKeyPair",
  "ec2:ModifyVpcAttribute",
  "ec2:RevokeSecurityGroupEgress",
  "ec2:RevokeSecurityGroupIngress",
  "ec2:RunInstances",
  "iam:AddRoleToInstanceProfile",
  "iam:AttachRolePolicy",
  "iam:CreateInstanceProfile",
  "iam:CreateRole",
  "iam:PutRolePolicy",
  "s3:CreateBucket",
  "s3:PutBucketLifecycleConfiguration",
  "s3:PutBucketPolicy",
  "s3:PutBucketVersioning",
  "s3:PutObject",
  "ssm:PutParameter",
] as const

/** And of a destroy. */
const unmakes = [
  "ec2:DeleteFlowLogs",
  "ec2:DeleteInternetGateway",
  "ec2:DeleteKeyPair",
  "ec2:DeleteNatGateway",
  "ec2:DeleteRouteTable",
  "ec2:DeleteSecurityGroup",
  "ec2:DeleteSubnet",
  "ec2:DeleteVpc",
  "ec2:DeleteVpcEndpoints",
  "ec2:DetachInternetGateway",
  "ec2:DisassociateRouteTable",
  "ec2:ReleaseAddress",
  "ec2:TerminateInstances",
  "iam:DeleteInstanceProfile",
  "iam:DeleteRole",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:RemoveRoleFromInstanceProfile",
  "s3:DeleteBucket",
  "s3:DeleteObject",
  "ssm:DeleteParameter",
] as const

let saved: Saved
let whole: Readonly<Record<string, number>>
let rest: Readonly<Record<string, number>>
const called = { deploy: new Set<string>(), destroy: new Set<string>() }
beforeAll(async () => {
  const on = await ground()
  await deploy(on, everything)
  saved = on.saved()
  for (const call of mutations(on)) called.deploy.add(call)
  whole = census(standing(on))
  await on.close()
  const after = await ground({ saved })
  await takeDown(after, everything)
  for (const call of mutations(after)) called.destroy.add(call)
  rest = census(standing(after))
  await after.close()
})

describe("the lists of changing calls", () => {
  it("are those that a deploy and a destroy make", () => {
    expect([...called.deploy].toSorted()).toEqual(makes.toSorted())
    expect([...called.destroy].toSorted()).toEqual(unmakes.toSorted())
  })
})

const mishaps: readonly (readonly [string, FaultName])[] = [
  ["whose answer is lost", "lost"],
  ["that answers 500 after its effect", "error500-after"],
]

describe.each(mishaps)("a call %s", (_, name) => {
  it.each(makes)("makes no duplicate in the same run: %s", async (operation) => {
    const on = await ground()
    on.faults({ name, operation, times: 1 })
    expect(troubles(await deploy(on, everything))).toEqual([])
    struck(on)
    forget(on)
    expect(deviations(await look(on, everything))).toEqual([])
    await deploy(on, everything)
    expect(mutations(on)).toEqual([])
    expect(census(standing(on))).toEqual(whole)
    await on.close()
  })

  it.each(unmakes)("is no failure when it was to take something away: %s", async (operation) => {
    const on = await ground({ saved })
    on.faults({ name, operation, times: 1 })
    expect(troubles(await takeDown(on, everything))).toEqual([])
    struck(on)
    forget(on)
    await takeDown(on, everything)
    expect(mutations(on)).toEqual([])
    expect(census(standing(on))).toEqual(rest)
    await on.close()
  })
})

/** A fault that was never met would prove nothing. */
const struck = (on: Ground) => expect(on.sandbox.world.faults.list().map(({ hits }) => hits)).toEqual([1])
