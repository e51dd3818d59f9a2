import type * as client from "@aws-sdk/client-iam"
import { iam } from "../../../../src/sandbox/services/iam/index.ts"
import { type Rig, rigOf } from "../rig.ts"

export const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
})

export const allow = (more: object = {}): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...more }],
  })

export const core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"

/** A role `node`, and a profile `node` that holds nothing. */
export const ground = (): Rig<typeof client> => {
  const aws = rigOf<typeof client>(iam)
  aws.run("CreateRole", { RoleName: "node", Path: "/smart0dte/poc/", AssumeRolePolicyDocument: trust })
  aws.run("CreateInstanceProfile", { InstanceProfileName: "node", Path: "/smart0dte/poc/" })
  return aws
}

export type Ground = ReturnType<typeof ground>

/** The role in the profile. */
export const joined = (aws: Ground): Ground => {
  aws.run("AddRoleToInstanceProfile", { InstanceProfileName: "node", RoleName: "node" })
  return aws
}
