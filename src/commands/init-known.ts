import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import type { Config, Settings } from "../config.ts"
import { UserError } from "../errors.ts"
import type { GlobalFlags } from "./flags.ts"
import type { Known } from "./init-questions.ts"
import { type Opened, withAccount } from "./opening.ts"

/** Looks once with each profile's credentials. What is out of reach is no reason not to go on. */
export function knowing(
  app: App,
  { config, report }: Opened,
  flags: GlobalFlags,
): (settings: Settings) => Promise<Known> {
  const { sandbox } = config.options
  const seen = new Map<string | undefined, Promise<Known>>()
  const look = async (as: Config): Promise<Known> => {
    const [profiles, address, found] = await Promise.all([
      sandbox ? [] : app.profiles(),
      app.ownAddress(sandbox).catch(() => undefined),
      inAccount(app, { config: as, report }, flags),
    ])
    return { sandbox, profiles, account: found?.account, allowed: found?.allowed ?? address }
  }
  return ({ profile }) => {
    const known = seen.get(profile) ?? look({ ...config, settings: { ...config.settings, profile } })
    seen.set(profile, known)
    return known
  }
}

async function inAccount(app: App, opened: Opened, flags: GlobalFlags) {
  try {
    return await withAccount(app, opened, flags, async (account) => {
      opened.report.note(`these credentials are of ${account.arn}`)
      return { account: account.cloud.account, allowed: await residentsIn(account) }
    })
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    opened.report.note(`the account is not known: ${error.message}; ${error.hint ?? ""}`)
    return undefined
  }
}

/** For whom the environment was made, if it is there. */
async function residentsIn(account: Account): Promise<string | undefined> {
  if (!(await account.environments()).includes("poc")) return undefined
  const { residentsOf } = await import("../aws/ec2/visitors.ts")
  return (await residentsOf(account.cloud, "poc")).map(({ range }) => range).join(", ") || undefined
}
