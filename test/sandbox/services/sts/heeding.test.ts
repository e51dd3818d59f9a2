import type * as Iam from "@aws-sdk/client-iam"
import type * as Sts from "@aws-sdk/client-sts"
import { expect, test } from "vitest"
import { iam } from "../../../../src/sandbox/services/iam/index.ts"
import { sts } from "../../../../src/sandbox/services/sts/index.ts"
import { unheeded } from "../heeding.ts"
import { rigOf } from "../rig.ts"
import { account, trustOf } from "./ground.ts"
import { issuer, tokenOf } from "./tokens.ts"

const RoleArn = `arn:aws:iam::${account}:role/desk`
const web = {
  Action: "sts:AssumeRoleWithWebIdentity",
  Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}` },
}

/** A role for everybody of the account, and for whoever has a token. */
const ground = () => {
  const aws = rigOf<typeof Iam & typeof Sts>({ ...sts, handlers: { ...iam.handlers, ...sts.handlers } })
  const ClientIDList = ["sts.amazonaws.com"]
  aws.run("CreateOpenIDConnectProvider", { Url: `https://${issuer}`, ClientIDList })
  const AssumeRolePolicyDocument = trustOf({ Principal: { AWS: account } }, web)
  aws.run("CreateRole", { RoleName: "desk", AssumeRolePolicyDocument })
  return aws
}

test.each([
  ["AssumeRole", { RoleArn, RoleSessionName: "s1" }],
  ["AssumeRoleWithWebIdentity", { RoleArn, RoleSessionName: "s1", WebIdentityToken: tokenOf({ sub: "somebody" }) }],
  ["GetCallerIdentity", {}],
  ["GetSessionToken", {}],
] as const)("%s heeds all that a caller can say, or refuses it", (name, input) => {
  const aws = ground()
  // The table holds an input that fits its operation.
  expect(unheeded(sts, name, input, (watched) => aws.run(name, watched as never))).toEqual([])
})

test("every operation is tried", () => {
  expect(Object.keys(sts.handlers).toSorted()).toEqual([
    ...["AssumeRole", "AssumeRoleWithWebIdentity", "GetCallerIdentity", "GetSessionToken"],
  ])
})
