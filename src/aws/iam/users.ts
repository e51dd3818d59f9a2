import {
  AddUserToGroupCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  type Tag as FoundTag,
  GetLoginProfileCommand,
  GetUserCommand,
  UpdateLoginProfileCommand,
} from "@aws-sdk/client-iam"
import { AlreadyExists, NotFound, Refused } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { rolePath } from "../names.ts"
import { birthTags, identityOf, tagKeys } from "../tags.ts"

/** A person, or what works without one in an environment. */
export type UserWish =
  | { readonly name: string; readonly as: "person" }
  | { readonly name: string; readonly as: "service"; readonly environment: string }

export interface UserSeen {
  readonly name: string
  readonly arn: string
  readonly made: Date | undefined
  readonly of: Owner
  readonly tags: readonly FoundTag[]
}

export type Owner = "person" | "somebody else" | { readonly environment: string }

/** What belongs to no environment, and what no run of one ever takes away. */
export const peopleScope = "people"
const serviceScope = "service"

/** Nothing where there is none of that name. */
export async function findUser(ctx: Pick<Cloud, "iam">, name: string): Promise<UserSeen | undefined> {
  try {
    const { User } = await ctx.iam.send(new GetUserCommand({ UserName: name }))
    return User && { name, arn: User.Arn ?? "", made: User.CreateDate, of: ownerOf(User.Tags), tags: User.Tags ?? [] }
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}

/** The one that is there, if an earlier run has made it for the same purpose. */
export async function makeUser(ctx: Pick<Cloud, "iam">, wish: UserWish): Promise<UserSeen> {
  const there = (await findUser(ctx, wish.name)) ?? (await made(ctx, wish))
  if (JSON.stringify(there.of) === JSON.stringify(ownerFor(wish))) return there
  throw new Refused(`there is a user ${wish.name} already, ${inWords(there.of)}`, {
    hint: "take another name; smart0dte iam list shows all of them",
  })
}

export async function joinGroup({ iam }: Pick<Cloud, "iam">, UserName: string, GroupName: string): Promise<void> {
  await iam.send(new AddUserToGroupCommand({ UserName, GroupName }))
}

/**
 * A first password. Where there is one, it stays once somebody has signed in with it; until then nobody may know it,
 * because the answer or the run that made it was lost, and this one takes its place.
 */
export async function giveLogin(
  ctx: Pick<Cloud, "iam">,
  UserName: string,
  Password: string,
): Promise<"first" | "anew" | "stays"> {
  const wish = { UserName, Password, PasswordResetRequired: true }
  try {
    await ctx.iam.send(new CreateLoginProfileCommand(wish))
    return "first"
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error
  }
  if (await isInUse(ctx, UserName)) return "stays"
  await ctx.iam.send(new UpdateLoginProfileCommand(wish))
  return "anew"
}

/** One that need not be changed any more was changed by whoever signed in, or was not given by us. */
async function isInUse({ iam }: Pick<Cloud, "iam">, UserName: string): Promise<boolean> {
  const { LoginProfile } = await iam.send(new GetLoginProfileCommand({ UserName }))
  const { User } = await iam.send(new GetUserCommand({ UserName }))
  return LoginProfile?.PasswordResetRequired !== true || User?.PasswordLastUsed !== undefined
}

export function ownerOf(tags: readonly FoundTag[] | undefined): Owner {
  const scope = identityOf(tags)?.scope
  if (scope === peopleScope) return "person"
  const environment = tags?.find(({ Key }) => Key === tagKeys.environment)?.Value
  return scope === serviceScope && environment !== undefined ? { environment } : "somebody else"
}

export const inWords = (of: Owner): string =>
  of === "person" ? "a person" : of === "somebody else" ? "made by somebody else" : `a service of ${of.environment}`

const ownerFor = (wish: UserWish): Owner => (wish.as === "person" ? "person" : { environment: wish.environment })

async function made(ctx: Pick<Cloud, "iam">, wish: UserWish): Promise<UserSeen> {
  const scope = wish.as === "person" ? peopleScope : serviceScope
  const tags = birthTags({ scope, key: `user/${wish.name}` }).map((tag) =>
    wish.as === "service" && tag.Key === tagKeys.environment ? { ...tag, Value: wish.environment } : tag,
  )
  const { User } = await ctx.iam.send(new CreateUserCommand({ UserName: wish.name, Path: rolePath(scope), Tags: tags }))
  return { name: wish.name, arn: User?.Arn ?? "", made: User?.CreateDate, of: ownerFor(wish), tags }
}
