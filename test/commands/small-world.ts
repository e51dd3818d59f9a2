import { PassThrough } from "node:stream"
import type { Account } from "../../src/app/account.ts"
import type { Choice } from "../../src/app/ask.ts"
import type { Interrupts } from "../../src/app/interrupts.ts"
import type { Site, SiteFor } from "../../src/app/site.ts"
import type { App } from "../../src/app.ts"
import type { Session } from "../../src/aws/clients.ts"
import { formerValues } from "../../src/aws/state/former.ts"
import { stateObjects } from "../../src/aws/state/objects.ts"
import type { LockReport } from "../../src/aws/state/unlock.ts"
import { readTrading, type TradingSeen } from "../../src/aws/trading/store.ts"
import { type Config, resolveConfig, resolveOptions, type Settings } from "../../src/config.ts"
import type { PlanRow } from "../../src/engine/plan.ts"
import { wishesOf } from "../../src/engine/wishes.ts"
import { UserError } from "../../src/errors.ts"
import { run as runMain } from "../../src/main.ts"
import { openReport, type Report } from "../../src/report/report.ts"
import { blueprintOf, Cloud, kindOf, runOn, type TestStep, thing } from "../engine/cloud.ts"

/** A command line on a cloud of two kinds of thing, with everything that it says and asks kept. */
export interface World {
  readonly cloud: Cloud
  readonly said: { out: string; err: string }
  readonly asked: string[]
  /** Clients of an AWS, for commands that speak to it. */
  aws: Session | undefined
  /** The same AWS as somebody else. */
  as: (keys: { readonly accessKeyId: string; readonly secretAccessKey: string }) => Promise<Session>
  /** The profiles of AWS credentials on this machine. */
  profiles: string[]
  /** What was kept on request. */
  kept: string[]
  /** What is piped into it. */
  piped: string | undefined
  /** What somebody at the terminal would answer, in this order. */
  readonly answers: (boolean | string)[]
  /** What was shown in a browser. */
  readonly browsed: string[]
  readonly journal: string[]
  /** Told of what can be chosen from. */
  chosen: (choices: readonly Choice[]) => void
  /** Told of what an account is opened with. */
  opening: (config: Config) => void
  /** Why the account is out of reach. */
  refuses: UserError | undefined
  app: App
  terminal: { interactive: boolean; live: boolean }
  env: Record<string, string>
  settings: { file?: string }
  /** What environments are made of, for commands that speak to an AWS. */
  site: SiteFor | undefined
  /** What each site was asked to be. */
  readonly wished: { readonly settings: Settings; readonly allowed: readonly string[] | undefined }[]
  steps: readonly TestStep[]
  /** What the last run wanted. */
  remembers: readonly TestStep[] | undefined
  records: string[]
  /** How systems trade, where no AWS says it. */
  trading: TradingSeen | undefined
  lock: LockReport | undefined
  width: number | undefined
  bucket: boolean
  interrupts: Interrupts
  run(line: string): Promise<number>
  lines(): readonly Record<string, unknown>[]
}

export const wall = kindOf("wall", { price: ({ size }) => [{ sku: "ec2/t3.xlarge", units: size }] })
const bucketKind = kindOf("bucket", { unique: "name" })
export const roof = kindOf("roof", { fixed: ["on"] })
export const vault = kindOf("vault", { holdsData: true, remains: "its copies, 1 USD a month" })

export function world(): World {
  const cloud = new Cloud()
  const one: World = {
    cloud,
    said: { out: "", err: "" },
    asked: [],
    profiles: [],
    kept: [],
    piped: undefined,
    aws: undefined,
    as: async () => {
      throw new Error("this test has nobody else")
    },
    site: undefined,
    answers: [],
    chosen: () => {},
    opening: () => {},
    refuses: undefined,
    browsed: [],
    journal: [],
    terminal: { interactive: false, live: false },
    env: {},
    settings: {},
    wished: [],
    steps: house(),
    remembers: undefined,
    records: [],
    trading: undefined,
    lock: undefined,
    width: undefined,
    bucket: true,
    interrupts: {
      settling: (work) => work(new AbortController().signal),
      handingOn: (work) => work(new AbortController().signal),
      leave: new Promise(() => {}),
      code: () => undefined,
    },
    app: undefined as unknown as App,
    async run(line) {
      one.app = appOf(one)
      return runMain(
        one.app,
        line.split(" ").filter((word) => word !== ""),
      )
    },
    lines: () =>
      one.said.out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
  }
  return one
}

export function house(color = "red"): readonly TestStep[] {
  const main = thing(wall, { name: "main", color })
  return [main, thing(roof, { name: "main", on: [main as never] })]
}

function appOf(one: World): App {
  const stdout = sink(one, "out")
  const stderr = sink(one, "err")
  let report: Report | undefined
  return {
    version: "1.2.3",
    env: one.env,
    stdout,
    stderr,
    terminal: one.terminal,
    interrupts: one.interrupts,
    ask: {
      confirm: async (question) => answer(one, question) === true,
      text: async (question) => String(answer(one, question)),
      secret: async (question) => String(answer(one, question)),
      choose: async (question, choices) => {
        one.chosen(choices)
        return String(answer(one, question))
      },
      line: async (question, { preset, problem }) => {
        const given = answer(one, question)
        const text = given === true ? preset : String(given)
        const wrong = await problem(text)
        if (wrong !== undefined) throw new Error(`${question} does not take ${text}: ${wrong}`)
        return text
      },
    },
    piped: async () => one.piped,
    browse: async (url) => void one.browsed.push(url),
    ownAddress: async () => "198.51.100.7",
    profiles: async () => one.profiles,
    async config(flags, without) {
      const file = without === "file" ? undefined : one.settings.file
      const settings = await resolveConfig({
        flags,
        env: one.env,
        file: file === undefined ? undefined : { path: "smart0dte.yaml", text: file },
      })
      return { settings, options: resolveOptions({ flags, env: one.env }) }
    },
    async account(config) {
      one.opening(config)
      if (one.refuses) throw one.refuses
      return accountOf(one, config.options.sandbox)
    },
    async site(environment, settings, cloud, allowed, sources) {
      one.wished.push({ settings, allowed })
      return one.site ? one.site(environment, settings, cloud, allowed, sources) : siteOf(one, environment)
    },
    sandbox: () => {
      throw new UserError("there is no sandbox in this test")
    },
    async report(manner) {
      report ??= await openReport({
        format: manner.output,
        command: manner.command,
        version: "1.2.3",
        sandbox: manner.sandbox,
        stdout,
        stderr,
        live: false,
        env: one.env,
        noColor: !manner.color,
      })
      return report
    },
  }
}

function accountOf(one: World, sandbox: boolean): Account {
  const { cloud, journal } = one
  const former = one.aws && formerValues(stateObjects(one.aws, one.aws.s3))
  const clock = runOn(cloud).clock
  // Commands hand the cloud on to the engine and look at its place and clock alone.
  const ctx = Object.assign(cloud, { account: "123456789012", region: "us-east-1", partition: "aws", clock })
  return {
    cloud: one.aws ?? (ctx as unknown as Account["cloud"]),
    arn: one.aws?.arn ?? "arn:aws:iam::123456789012:user/alice",
    sandbox,
    calls: () => cloud.calls.length,
    environments: async () => one.records.filter((scope) => scope !== "account"),
    isBootstrapped: async () => one.records.includes("account"),
    trading: async (scope) => (one.aws ? readTrading(stateObjects(one.aws, one.aws.s3), scope) : one.trading),
    former: async (scope, key) => former?.load(scope, key),
    async acquire(scopes, { what }) {
      journal.push(`lock ${scopes.join(",")} to ${what}`)
      const run = runOn(cloud)
      return {
        journal: run.journal,
        former: former ?? run.former,
        lost: new AbortController().signal,
        async release() {
          journal.push("release")
        },
      }
    },
    inspectLock: async () => one.lock,
    async breakLock(scope, epoch, force) {
      journal.push(`break ${scope} of epoch ${epoch}${force ? " by force" : ""}`)
    },
    as: async (keys, work) => work(await one.as(keys)),
    close: () => void journal.push("close"),
  }
}

function siteOf(one: World, environment: string): Site {
  const bucket = thing(bucketKind, { name: "state", scope: "account" })
  if (one.bucket && one.cloud.visible("bucket").length === 0)
    one.cloud.add({ kind: "bucket", scope: "account", name: "state" })
  const ground = blueprintOf([bucket], [])
  return {
    environment,
    blueprint: {
      ...blueprintOf(one.steps),
      ...(one.remembers && { first: remembering(one.remembers) }),
    } as unknown as Site["blueprint"],
    kinds: [wall, roof, vault] as unknown as Site["kinds"],
    stays: ["bucket/state: 1 cent a month"],
    kept: async () => one.kept,
    groundwork: ground as unknown as Site["groundwork"],
    outputs: (rows: readonly PlanRow[]) =>
      Object.fromEntries(rows.filter(({ phase }) => phase).map(({ step, fields }) => [step.kind, String(fields.id)])),
  }
}

function answer(one: World, question: string): boolean | string {
  one.asked.push(question)
  const given = one.answers.shift()
  if (given === undefined) throw new Error(`nobody answers: ${question}`)
  return given
}

function sink(one: World, which: "out" | "err") {
  const stream = new PassThrough()
  stream.on("data", (text) => {
    one.said[which] += text
  })
  return Object.assign(stream, one.width === undefined ? {} : { isTTY: true, columns: one.width, rows: 24 })
}

/** A record that remembers what these steps want, as the last run's would. */
function remembering(steps: readonly TestStep[]): TestStep {
  const { needs: _, ...rest } = thing(kindOf("record"), { name: "main" })
  const live = { id: "record-1", size: 1, color: "red", on: [], wishes: wishesOf(steps) }
  return {
    ...rest,
    needs: {},
    links: undefined,
    read: async () => ({ live, owner: "ours", phase: "ready" }),
  } as unknown as TestStep
}
