import { paginateListBuckets } from "@aws-sdk/client-s3"
import type { Permission } from "../../engine/types.ts"
import type { Cloud } from "../cloud.ts"
import { prefix, stateBucketName } from "../names.ts"
import { everyItem } from "../pages.ts"
import { stateObjects } from "./objects.ts"
import { readRecord } from "./record.ts"

/** The region that the account's own baseline was made from, where that is another one: its record is there. */
export async function homeElsewhere(cloud: Cloud): Promise<string | undefined> {
  if (await hasRecord(cloud, cloud.region)) return undefined
  const pages = paginateListBuckets({ client: cloud.s3 }, { Prefix: `${prefix}-${cloud.account}-` })
  const names = (await everyItem(pages, (page) => page.Buckets)).flatMap(({ Name }) => Name ?? [])
  const regions = names.flatMap((name) => regionIn(cloud, name) ?? []).filter((region) => region !== cloud.region)
  const found = await Promise.all(regions.map(async (region) => ((await hasRecord(cloud, region)) ? region : [])))
  return found.flat()[0]
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
const stateOfAny = "arn:${partition}:s3:::smart0dte-${account}-*-state"

/** What looking into the other regions' buckets needs. */
export const findsHome: readonly Permission[] = [
  { action: "s3:ListBucket", resource: stateOfAny },
  { action: "s3:GetObject", resource: `${stateOfAny}/records/account.json` },
]
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above

const hasRecord = async (cloud: Cloud, region: string): Promise<boolean> => {
  const s3 = region === cloud.region ? cloud.s3 : cloud.s3In(region)
  return (await readRecord(stateObjects({ account: cloud.account, region }, s3), "account")) !== undefined
}

/** Of the region that a bucket's name says, where it is one of states. */
function regionIn({ account }: Cloud, name: string): string | undefined {
  const region = name.split("-").slice(2, -1).join("-")
  return name === stateBucketName({ account, region }) ? region : undefined
}
