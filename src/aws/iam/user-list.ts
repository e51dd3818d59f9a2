import {
  GetLoginProfileCommand,
  ListUserTagsCommand,
  paginateListGroupsForUser,
  paginateListMFADevices,
  paginateListUsers,
} from "@aws-sdk/client-iam"
import { NotFound } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"
import { type KeySeen, keysOf } from "./access-keys.ts"
import { type Owner, ownerOf } from "./users.ts"

export interface UserKnown {
  readonly name: string
  readonly of: Owner
  readonly made: Date | undefined
  readonly groups: readonly string[]
  /** Whether there is a password for the console. */
  readonly signsIn: boolean
  readonly secondFactors: number
  readonly keys: readonly KeySeen[]
}

type Iam = Pick<Cloud, "iam">

/** Every user of the account, whoever made it. */
export async function allUsers(ctx: Iam): Promise<readonly UserKnown[]> {
  const users = await everyItem(paginateListUsers({ client: ctx.iam }, {}), (page) => page.Users)
  const known = await Promise.all(
    users.map(async ({ UserName = "", CreateDate }) => {
      const [tags, groups, signsIn, secondFactors, keys] = await Promise.all([
        ctx.iam.send(new ListUserTagsCommand({ UserName })),
        groupsOf(ctx, UserName),
        hasLogin(ctx, UserName),
        secondFactorsOf(ctx, UserName),
        keysOf(ctx, UserName),
      ])
      const of = ownerOf(tags.Tags)
      return { name: UserName, of, made: CreateDate, groups, signsIn, secondFactors: secondFactors.length, keys }
    }),
  )
  return known.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

export async function groupsOf({ iam }: Iam, UserName: string): Promise<readonly string[]> {
  const groups = await everyItem(paginateListGroupsForUser({ client: iam }, { UserName }), (page) => page.Groups)
  return groups.flatMap(({ GroupName }) => GroupName ?? [])
}

/** Their serial numbers. */
export async function secondFactorsOf({ iam }: Iam, UserName: string): Promise<readonly string[]> {
  const devices = await everyItem(paginateListMFADevices({ client: iam }, { UserName }), (page) => page.MFADevices)
  return devices.flatMap(({ SerialNumber }) => SerialNumber ?? [])
}

export async function hasLogin({ iam }: Iam, UserName: string): Promise<boolean> {
  try {
    await iam.send(new GetLoginProfileCommand({ UserName }))
    return true
  } catch (error) {
    if (error instanceof NotFound) return false
    throw error
  }
}
