import {
  type AccessKeyLastUsed,
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  paginateListAccessKeys,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam"
import { UserError } from "../../errors.ts"
import { alreadyGone } from "../already.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"

type Iam = Pick<Cloud, "iam">

export interface KeySeen {
  readonly id: string
  readonly active: boolean
  readonly made: Date | undefined
  /** Nothing where it never was. */
  readonly used: { readonly at: Date; readonly service: string; readonly region: string } | undefined
}

/** Oldest first. */
export async function keysOf(ctx: Iam, UserName: string): Promise<readonly KeySeen[]> {
  const listed = await listedKeys(ctx, UserName)
  return Promise.all(
    listed.map(async (key) => {
      const asked = new GetAccessKeyLastUsedCommand({ AccessKeyId: key.id })
      return { ...key, used: usedAt((await ctx.iam.send(asked)).AccessKeyLastUsed) }
    }),
  )
}

/** The same by one question, where it is of no interest when they were used. */
export async function listedKeys({ iam }: Iam, UserName: string): Promise<readonly Omit<KeySeen, "used">[]> {
  const listed = await everyItem(
    paginateListAccessKeys({ client: iam }, { UserName }),
    (page) => page.AccessKeyMetadata,
  )
  return listed
    .map(({ AccessKeyId = "", CreateDate, Status }) => ({
      id: AccessKeyId,
      active: Status === "Active",
      made: CreateDate,
    }))
    .toSorted((a, b) => (a.made?.getTime() ?? 0) - (b.made?.getTime() ?? 0))
}

export interface NewKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** The only answer in which AWS ever tells the secret. */
export async function createKey({ iam }: Iam, UserName: string): Promise<NewKeys> {
  const { AccessKey: { AccessKeyId, SecretAccessKey } = {} } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  if (AccessKeyId && SecretAccessKey) return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey }
  throw new UserError(`IAM made a key for ${UserName} and did not say which`, { hint: "run the same command again" })
}

export async function deactivateKey({ iam }: Iam, UserName: string, AccessKeyId: string): Promise<void> {
  await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: "Inactive" }))
}

export async function deleteKey({ iam }: Iam, UserName: string, AccessKeyId: string): Promise<void> {
  await alreadyGone(iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId })))
}

const usedAt = ({ LastUsedDate, ServiceName = "", Region = "" }: Partial<AccessKeyLastUsed> = {}) =>
  LastUsedDate && { at: LastUsedDate, service: ServiceName, region: Region }
