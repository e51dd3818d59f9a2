import { access } from "node:fs/promises"
import type { Account } from "../app/account.ts"
import type { Choice } from "../app/ask.ts"
import type { App } from "../app.ts"
import { Interrupted, UserError } from "../errors.ts"
import type { GlobalFlags } from "./flags.ts"
import { open, withAccount } from "./opening.ts"

/** What makes sense next, from how things stand; answers with the words of a command, or with none to leave. */
export async function menu(app: App, flags: GlobalFlags): Promise<readonly string[]> {
  const found = await standing(app, flags)
  const choices = [
    ...choicesFor(found),
    { value: "--help", name: "all commands" },
    { value: "", name: "nothing: leave" },
  ]
  const chosen = await app.ask.choose(`${found.words}. What next?`, choices)
  if (chosen === undefined) throw new Interrupted("the input ended at a question", { hint: "smart0dte --help" })
  return chosen.split(" ").filter((word) => word !== "")
}

interface Standing {
  readonly words: string
  readonly hasFile: boolean
  /** Nothing where the account is out of reach. */
  readonly environments?: readonly string[]
  readonly isBootstrapped?: boolean
  readonly isLive?: boolean
  readonly sandbox: boolean
}

async function standing(app: App, flags: GlobalFlags): Promise<Standing> {
  let sandbox = false
  try {
    const opened = await open(app, "", flags)
    sandbox = opened.config.options.sandbox
    const hasFile = await isThere(opened.config.options.config ?? "smart0dte.yaml")
    return await withAccount(app, opened, flags, async (account) => {
      const [environments, isBootstrapped] = await Promise.all([account.environments(), account.isBootstrapped()])
      const place = `account ${account.cloud.account}, ${account.cloud.region}`
      const words =
        environments.length === 0 ? `${place} has no environment yet` : `${place} has ${environments.join(", ")}`
      return { words, hasFile, environments, isBootstrapped, sandbox, isLive: await isLive(account, environments) }
    })
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof Interrupted) throw error
    return { words: error.message, hasFile: true, sandbox }
  }
}

function choicesFor({ hasFile, environments, isBootstrapped, isLive, sandbox }: Standing): readonly Choice[] {
  const rehearse = sandbox ? [] : [choice("deploy single --sandbox", "try all of it here, without an account")]
  const preflight = choice("doctor", "whether a deploy can go well, and how to mend what would stop it")
  if (environments === undefined) return [preflight, ...rehearse]
  const begin = hasFile ? [] : [choice("init", "say what is to be built")]
  const baseline = isBootstrapped ? [] : [choice("bootstrap", "what the account itself should have, with its price")]
  const plan = choice("plan single", "what a deploy would change, and what it costs")
  if (environments.length === 0)
    return [...begin, preflight, ...baseline, plan, choice("deploy single", "make it"), ...rehearse]
  const [only] = environments
  const at = environments.length === 1 ? "" : ` --env ${only}`
  return [
    ...(isLive ? [choice("halt", "stop all trading, now and without a question")] : []),
    choice(`status${at}`, "what is there"),
    choice(`mode${at}`, "how each system trades"),
    choice(`ps${at}`, "the containers on the node"),
    plan,
    choice(`drift${at}`, "what somebody changed"),
    choice(`cost${at}`, "what it costs"),
    choice(`secrets list${at}`, "which keys are missing"),
    ...baseline,
    ...begin,
  ]
}

const choice = (value: string, what: string): Choice => ({ value, name: `${value}: ${what}` })

/** Of what cannot be read nobody knows that it is not live. */
async function isLive(account: Account, environments: readonly string[]): Promise<boolean> {
  const each = environments.map(async (scope) => {
    const seen = await account.trading(scope).catch(() => "unread" as const)
    if (seen === undefined || seen === "unread") return seen === "unread"
    return Object.values(seen.record.systems).some(({ mode }) => mode === "live")
  })
  return (await Promise.all(each)).includes(true)
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
