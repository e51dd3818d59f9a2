import { Option } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import { layGround } from "./groundwork.ts"
import { holding } from "./locked.ts"
import type { Opened } from "./opening.ts"
import { account as scope } from "./target.ts"

export const lockOption = () =>
  new Option("--lock-timeout <seconds>", "how long to wait while another run is at work (120)")

/**
 * For what looks first and then changes what it saw: IAM refuses nobody who does so at the same time. What takes
 * access away waits for no lock.
 */
export async function withIamLock<T>(
  app: App,
  opened: Opened,
  account: Account,
  title: string,
  work: () => Promise<T>,
): Promise<T> {
  const { stateBucket } = await import("../steps/bucket.ts")
  const { cloud } = account
  const place = { account: cloud.account, partition: cloud.partition, region: cloud.region }
  await layGround(app, opened, account, { groundwork: { name: "state", scopes: [], steps: [stateBucket(place)] } })
  return holding(app, { opened, account, scopes: [scope], title }, work)
}
