import { overrideOf } from "../../src/nodes/override.ts"
import { settingText } from "../../src/nodes/setting.ts"
import { type System, systemFacts } from "../../src/nodes/systems.ts"
import { defaultLimits, variablesOf } from "../../src/nodes/variables.ts"

/** What a node says of one thing. */
export interface Report {
  readonly wish: string
  readonly phase: "pending" | "ready" | "failed"
  readonly why?: string
  readonly commit?: string
  readonly compose?: string
  readonly override?: string
  readonly digest?: string
  readonly tried?: string
  readonly health?: Readonly<Record<string, string>>
}

/** A node and the AWS around it, real or stood in for: the same scenario runs on both. */
export interface Ground {
  act(action: string, system: string, wish: string): Promise<number>
  report(kind: string, name: string): Promise<Report>
  putParameter(name: string, text: string): Promise<void>
  putSecret(name: string, text: string): Promise<void>
  /** What InfluxDB has made for a system. */
  putToken(system: string, token: string): Promise<void>
  putObject(key: string, text: string): Promise<void>
  readObject(key: string): Promise<string>
}

/** A ground on which the node's scripts can be run by hand, as a document or a unit does. */
export interface RunningNode extends Ground {
  run(...args: readonly string[]): Promise<Ran>
}

export interface Ran {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** A secret of letters and digits that is found wherever it gets. */
export const canary = (name: string): string => `canary${name.replaceAll(/[^A-Za-z0-9]/g, "")}0123456789`

/** What would change the value if anything quoted it wrongly. Compose 1.29 fills ${NAME} whatever is around it. */
export const nasty = 'p$a\'ss #"word" $HOME \\n'

export async function putSecrets(ground: Ground): Promise<void> {
  for (const system of ["smart-0dte", "mag7-7dte"] as const) {
    const generated = ["DATABASE_PASSWORD", "CACHE_PASSWORD", "JWT_SECRET_KEY"]
    await ground.putSecret(`${system}/generated`, linesOf(generated.map((name) => [name, canary(`${name}${system}`)])))
    const data = Object.fromEntries(systemFacts[system].dataKeys.map((name) => [name, "unset"]))
    const keys = {
      ...data,
      SMTP_PASSWORD: nasty,
      SLACK_WEBHOOK_URL: "unset",
      DISCORD_WEBHOOK_URL: "unset",
      GIT_TOKEN: "unset",
    }
    await ground.putSecret(`${system}/keys`, linesOf(Object.entries(keys)))
    await ground.putToken(system, canary(`influx${system}`))
  }
  await ground.putParameter("settings/data", linesOf([["databaseHost", "database.invalid"]]))
}

const linesOf = (lines: readonly (readonly [string, string])[]): string =>
  lines.map(([name, value]) => `${name}=${value}\n`).join("")

export interface ReleaseOptions {
  readonly repository?: string
}

/** What the command line does with a system, one order after the other; the first that fails is the last. */
export async function release(
  ground: Ground,
  system: System,
  ref: string,
  { repository = `https://samples.smart0dte.invalid/${system}.git` }: ReleaseOptions = {},
): Promise<Outcome> {
  const setting = {
    repository,
    ref,
    token: `${system}/keys#GIT_TOKEN`,
    logGroup: `/smart0dte/poc/${system}`,
    // In seconds of the node, whose time goes faster here.
    patience: 16,
    health: systemFacts[system].health,
    trading: systemFacts[system].trading,
    ...variablesOf({ system, limits: defaultLimits, ...surroundings }),
  }
  await ground.putParameter(`systems/${system}`, settingText(setting))
  if ((await ground.act("checkout", system, wishFor(system, ref))) !== 0) return outcomeOf(ground, "checkout", system)
  const { commit = "", compose = "" } = await ground.report("checkout", system)
  const text = await ground.readObject(`environments/poc/compose/${system}/${compose}.yaml`)
  const { remove, ports } = systemFacts[system]
  const override = overrideOf({
    ...setting,
    system,
    compose: text,
    commit,
    remove,
    ports,
    logs: { driver: "json-file" },
  })
  const key = `environments/poc/override/${system}/${commit}.yaml`
  await ground.putObject(key, override)
  await ground.putParameter(`overrides/${system}`, key)
  if ((await ground.act("images", system, wishFor(system, ref))) !== 0) return outcomeOf(ground, "images", system)
  await ground.act("system", system, wishFor(system, ref))
  return outcomeOf(ground, "system", system)
}

export interface Outcome {
  readonly step: string
  readonly report: Report
}

export const outcomeOf = async (ground: Ground, step: string, system: string): Promise<Outcome> => ({
  step,
  report: await ground.report(step, system),
})

export const wishFor = (system: string, ref: string): string =>
  Buffer.from(`${system}${ref}`).toString("hex").padEnd(16, "0").slice(-16)

const surroundings = {
  databaseHost: "{data:databaseHost}",
  databasePort: 5432,
  cacheHost: "cache.invalid",
  cachePort: 6379,
}
