import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import type { App } from "../app.ts"
import type { Config } from "../config.ts"
import { Usage, UserError } from "../errors.ts"
import { commandLine } from "./next.ts"
import type { Opened } from "./opening.ts"
import { account as accountScope, environmentOf, type Target } from "./target.ts"

/** Which environment is meant: the target's, the one named, or the only one that the account has. */
export function findEnvironment(account: Account, { settings }: Config, target?: Target): Promise<string> {
  const named = target === undefined ? settings.env : environmentOf(target)
  return onlyUnless(named, account, howToMake(account))
}

/** The same for who is let in before the environment is there, such as a job that deploys it. */
export const findMeant = (account: Account, { settings }: Config): Promise<string> =>
  onlyUnless(settings.env, account, "say which one it is for, such as --env poc: it need not be there yet")

async function onlyUnless(named: string | undefined, account: Account, hint: string): Promise<string> {
  if (named !== undefined) return named
  const [only, ...others] = await account.environments()
  if (only === undefined) throw noEnvironment(account, "no environment", hint)
  if (others.length > 0)
    throw new Usage(`there are ${others.length + 1} environments here: ${[only, ...others].join(", ")}`, {
      hint: "say which one with --env",
    })
  return only
}

/** For commands that can say nothing about what was never deployed. */
export async function findDeployed(app: App, { config }: Opened, account: Account, target?: Target): Promise<Site> {
  const environment = await findEnvironment(account, config, target)
  // The account is there before anything is made of it.
  if (environment !== accountScope && !(await account.environments()).includes(environment))
    throw noEnvironment(account, `no environment ${environment}`, howToMake(account))
  return app.site(environment, config.settings, account.cloud)
}

const noEnvironment = ({ cloud }: Account, what: string, hint: string): UserError =>
  new UserError(`${what} is deployed in account ${cloud.account}, ${cloud.region}`, { hint })

const howToMake = (account: Account): string => `make one with: ${commandLine(account, "deploy single")}`
