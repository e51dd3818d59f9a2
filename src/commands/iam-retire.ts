import type { Account } from "../app/account.ts"
import type { LastingKeys } from "../app/credentials-text.ts"
import type { Cloud } from "../aws/cloud.ts"
import type { UserSeen } from "../aws/iam/users.ts"
import { Refused } from "../errors.ts"

/** Switches old keys off, and deletes them only when the user has another one that works. */
export async function retire(
  account: Account,
  { name }: UserSeen,
  old: readonly string[],
  fresh: LastingKeys | undefined,
): Promise<void> {
  const [{ deactivateKey, deleteKey, keysOf }, { forgetIntent }] = await Promise.all([
    import("../aws/iam/access-keys.ts"),
    import("../aws/iam/key-intent.ts"),
  ])
  const work = async (cloud: Cloud) => {
    const keys = await keysOf(cloud, name)
    // Not any other key: what was put in the old one's place has to be the one that works.
    const follows = (id: string) => (fresh === undefined ? !old.includes(id) : id === fresh.accessKeyId)
    if (!keys.some(({ active, id }) => active && follows(id)))
      throw new Refused(`${name} would be left without a key that works: ${old.join(", ")} stays`, {
        hint: "begin again with --profile-name or --show-key",
      })
    for (const { id, active } of keys) {
      if (!old.includes(id)) continue
      if (active) await deactivateKey(cloud, name, id)
      await deleteKey(cloud, name, id)
    }
    await forgetIntent(cloud, name)
  }
  // A key that switched itself off could not go on: the new one does it.
  const own = (await account.cloud.iam.config.credentials()).accessKeyId
  if (!old.includes(own)) return work(account.cloud)
  if (fresh) return account.as(fresh, work)
  throw new Refused(`this command itself uses the key ${own}, which is to go`, {
    hint: "run it with the new key",
  })
}
