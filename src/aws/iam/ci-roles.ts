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
export const ciScope = "ci"

/** Each has a role of its own. */
export const ciPowers = ["plan", "deploy", "live"] as const

export type CiPower = (typeof ciPowers)[number]

const ciRoleName = (environment: string, power: CiPower): string => nameFor(ciScope, `${environment}-${power}`)

export const ciRoleNames = (environment: string): readonly string[] =>
  ciPowers.map((power) => ciRoleName(environment, power))

const issuer = "token.actions.githubusercontent.com"
const audience = "sts.amazonaws.com"

/** The provider, if it is there and we have made it. */
export async function ownProvider({ iam, account, partition }: Place): Promise<string | undefined> {
  const OpenIDConnectProviderArn = providerArn({ account, partition })
  const there = await unlessNotFound(iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })))
  return identityOf(there?.Tags)?.scope === ciScope ? OpenIDConnectProviderArn : undefined
}

const providerArn = ({ account, partition }: Omit<Place, "iam">): string =>
  `arn:${partition}:iam::${account}:oidc-provider/${issuer}`

/** The account's provider of GitHub's tokens: it has one or none, whoever made it. */
export async function makeProvider({ iam, account, partition }: Place): Promise<string> {
  const OpenIDConnectProviderArn = providerArn({ account, partition })
  const there = await unlessNotFound(iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })))
  if (there === undefined) {
    const Tags = birthTags({ scope: ciScope, key: "oidc-provider/github" })
    await iam.send(new CreateOpenIDConnectProviderCommand({ Url: `https://${issuer}`, ClientIDList: [audience], Tags }))
  } else if (!there.ClientIDList?.includes(audience))
    await iam.send(new AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID: audience }))
  return OpenIDConnectProviderArn
}

export interface CiRoleWish {
  readonly environment: string
  readonly name: CiPower
  readonly provider: string
  /** Whose tokens it takes, word for word: no pattern, which more would fit than are meant. */
  readonly subjects: readonly string[]
  readonly policies: readonly string[]
}

/** Its ARN. Whom it trusts is set anew each time: another repository takes the place of the former one. */
export async function makeCiRole(ctx: Place, wish: CiRoleWish): Promise<string> {
  const { iam } = ctx
  const RoleName = ciRoleName(wish.environment, wish.name)
  const there = (await unlessNotFound(iam.send(new GetRoleCommand({ RoleName }))))?.Role
  if (there !== undefined && identityOf(there.Tags)?.scope !== ciScope)
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
        Path: rolePath(ciScope),
        AssumeRolePolicyDocument,
        Tags: birthTags({ scope: ciScope, key: `role/${RoleName}` }),
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
