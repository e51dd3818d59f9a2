import type { App } from "../app.ts"
import { Refused, Usage } from "../errors.ts"
import type { PlanResult } from "../report/results.ts"
import type { Opened } from "./opening.ts"

export interface Answers {
  readonly yes?: true
  readonly confirm?: string
  /** What it is that asks; deploy, where nothing is said. */
  readonly doing?: string
}

/** What only creates and changes wants a yes; what takes something away wants the environment's name. */
export async function agreeToPlan(app: App, opened: Opened, plan: PlanResult, answers: Answers): Promise<void> {
  const lost = plan.rows.filter(({ action, holdsData }) => action === "destroy" || (action === "replace" && holdsData))
  if (lost.length > 0) {
    const what = `taking away ${lost.map((row) => row.step.key).join(", ")}`
    await agreeToLoss(app, opened, plan.environment, { flag: "--confirm", given: answers.confirm, what })
  }
  if (lost.length < plan.rows.length) await agreeToChange(app, opened, plan, answers)
}

async function agreeToChange(
  app: App,
  opened: Opened,
  { environment }: PlanResult,
  { yes, doing = "deploy" }: Answers,
): Promise<void> {
  if (yes) return
  if (!app.terminal.interactive)
    throw new Usage(`${doing} asks before it changes anything, and there is no terminal to ask at`, {
      hint: "read the plan, then say yes in advance with --yes",
    })
  if (!(await app.ask.confirm(`${marked(opened)}${doing} ${environment}?`))) throw declined()
}

export interface Loss {
  readonly flag: "--confirm" | "--confirm-purge"
  readonly given: string | undefined
  readonly what: string
  /** What is to be typed, where that is no environment's name. */
  readonly wants?: string
}

/** The name is typed or given, so that a line that was copied cannot hit another environment. */
export async function agreeToLoss(
  app: App,
  opened: Opened,
  environment: string,
  { flag, given, what, wants = "the environment's name" }: Loss,
): Promise<void> {
  if (given !== undefined) {
    if (given.split(",").includes(environment)) return
    throw new Refused(`${flag}=${given} does not name ${environment}: nothing was changed`, {
      hint: `if it is ${environment} that you mean: ${flag}=${environment}`,
    })
  }
  if (!app.terminal.interactive)
    throw new Usage(`${what} wants ${wants}, and there is no terminal to type it at`, {
      hint: `confirm it with ${flag}=${environment}`,
    })
  const typed = await app.ask.text(`${marked(opened)}${what}: type ${environment} to confirm`)
  if (typed.trim() !== environment) throw declined()
}

const declined = () => new Refused("declined: nothing was changed", { hint: "run it again to be asked again" })

const marked = ({ config }: Opened) => (config.options.sandbox ? "[sandbox] " : "")
