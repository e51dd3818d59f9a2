import {
  AddClientIDToOpenIDConnectProviderCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam"
import { Refused } from "../../errors.ts"
import { unlessNotFound } from "../already.ts"
import type { Cloud } from "../cloud.ts"
import { nameFor, rolePath } from "../names.ts"
import { birthTags, identityOf } from "../tags.ts"
import { attachTo } from "./managed-policies.ts"
import type { Policy } from "./policy.ts"

type Place = Pick<Cloud, "iam" | "account" | "partition">

/** Roles of pipelines stand beside all environments: what deploys one of them cannot change what it may itself do. */
const scope = "ci"

const issuer = "token.actions.githubusercontent.com"
const audience = "sts.amazonaws.com"

/** The account's provider of GitHub's tokens: it has one or none, whoever made it. */
export async function makeProvider({ iam, account, partition }: Place): Promise<string> {
  const OpenIDConnectProviderArn = `arn:${partition}:iam::${account}:oidc-provider/${issuer}`
  const there = await unlessNotFound(iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })))
  if (there === undefined) {
    const Tags = birthTags({ scope, key: "oidc-provider/github" })
    await iam.send(new CreateOpenIDConnectProviderCommand({ Url: `https://${issuer}`, ClientIDList: [audience], Tags }))
  } else if (!there.ClientIDList?.includes(audience))
    await iam.send(new AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID: audience }))
  return OpenIDConnectProviderArn
}

export interface CiRoleWish {
  readonly environment: string
  readonly name: "plan" | "deploy" | "live"
  readonly provider: string
  /** Whose tokens it takes, word for word: no pattern, which more would fit than are meant. */
  readonly subjects: readonly string[]
  readonly policies: readonly string[]
}

/** Its ARN. Whom it trusts is set anew each time: another repository takes the place of the former one. */
export async function makeCiRole(ctx: Place, wish: CiRoleWish): Promise<string> {
  const { iam } = ctx
  const RoleName = nameFor(scope, `${wish.environment}-${wish.name}`)
  const there = (await unlessNotFound(iam.send(new GetRoleCommand({ RoleName }))))?.Role
  if (there !== undefined && identityOf(there.Tags)?.scope !== scope)
    throw new Refused(`there is a role ${RoleName} that somebody else made`, {
      hint: "see what it is for, and take it away or rename it; then run again",
    })
  const PolicyDocument = JSON.stringify(trust(wish))
  const made = there ?? (await create(ctx, RoleName, PolicyDocument))
  if (there !== undefined) await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }))
  await attachTo(ctx, { type: "role", name: RoleName }, wish.policies)
  return made?.Arn ?? ""
}

const create = async ({ iam }: Place, RoleName: string, AssumeRolePolicyDocument: string) =>
  (
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        Path: rolePath(scope),
        AssumeRolePolicyDocument,
        Tags: birthTags({ scope, key: `role/${RoleName}` }),
      }),
    )
  ).Role

const trust = ({ provider, subjects }: CiRoleWish): Policy => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Federated: provider },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: [...subjects] } },
    },
  ],
})
