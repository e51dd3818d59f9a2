import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { execa } from "execa"
import { parse } from "yaml"
import { sweep } from "../sweep.ts"
import { judgedIn, lendToJob } from "./ci-identity.ts"

const page = readFileSync(new URL("../../docs/ci.md", import.meta.url), "utf8")
const bin = fileURLToPath(new URL("../../bin/smart0dte.js", import.meta.url))

interface Step {
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, string | number>>
  readonly env?: Readonly<Record<string, string>>
  readonly run?: string
}

export interface Job {
  /** One of GitHub's. */
  readonly environment?: string
  readonly steps: readonly Step[]
}

export interface Workflow {
  readonly name: string
  /** What it is begun by: a word, or a word with particulars. */
  readonly on: string | Readonly<Record<string, unknown>>
  readonly permissions: Readonly<Record<string, string>>
  readonly defaults: { readonly run: { readonly shell: string } }
  readonly jobs: Readonly<Record<string, Job>>
}

export const workflows: readonly Workflow[] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) =>
  parse(text),
)

export interface Outcome {
  /** Of the step that failed, or 0. */
  readonly code: number
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  /** What was told to programs other than smart0dte. */
  readonly told: readonly string[]
  readonly said: string
}

/** A machine of GitHub's, with a sandbox in the place of AWS. */
export interface Runner {
  readonly dir: string
  job(workflow: string, name: string, values?: Readonly<Record<string, string>>): Promise<Outcome>
  smart0dte(line: string): Promise<number>
  /** From now on policies are enforced, and each job has the role that it asks for and nothing else. */
  enforce(): Promise<void>
  /** Who was judged by his policies since then. */
  judged(): Promise<readonly string[]>
  /** From now on, this is what smart0dte is. */
  pretend(script: string): void
  close(): Promise<void>
}

export function runner(): Runner {
  const dir = mkdtempSync(join(tmpdir(), "smart0dte-ci-"))
  const programs = join(dir, "bin")
  mkdirSync(programs)
  const put = (name: string, script: string) =>
    writeFileSync(join(programs, name), `#!/usr/bin/env bash\n${script}\n`, { mode: 0o755 })
  for (const name of ["gh", "npm"]) put(name, `printf '%s\\n' "${name} $*" >> "$TOLD"`)
  put("smart0dte", `exec "${process.execPath}" "${bin}" "$@"`)
  const env = {
    PATH: `${programs}:${process.env.PATH}`,
    HOME: dir,
    CI: "true",
    SMART0DTE_SANDBOX: "1",
    SMART0DTE_SANDBOX_DIR: join(dir, "sandbox"),
    SMART0DTE_SANDBOX_SPEED: "120",
  }
  const bash = (script: string, more: Readonly<Record<string, string>> = {}) =>
    execa("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
      cwd: dir,
      env: { ...env, ...more },
      extendEnv: false,
      reject: false,
      stdin: "ignore",
    })
  const sandbox = join(dir, "sandbox")
  let enforced = false
  const succeed = async (line: string) => {
    const { exitCode, stderr } = await bash(line)
    if (exitCode !== 0) throw new Error(`${line}: ${stderr}`)
  }
  return {
    dir,
    async job(workflow, name, values = {}) {
      const found = jobOf(workflow, name)
      const own = enforced ? await lendToJob(sandbox, found) : {}
      return perform(found.job.steps, { dir, bash: (script, more) => bash(script, { ...own, ...more }), values })
    },
    smart0dte: async (line) => (await bash(`smart0dte ${line}`)).exitCode ?? -1,
    async enforce() {
      await succeed("smart0dte sandbox start --enforce")
      await succeed("smart0dte iam ci-role --repo acme/trading --env poc")
      enforced = true
    },
    judged: () => judgedIn(sandbox),
    pretend(script) {
      put("smart0dte", script)
      enforced = false
    },
    async close() {
      put("smart0dte", `exec "${process.execPath}" "${bin}" "$@"`)
      await bash("smart0dte sandbox stop")
      await sweep(dir)
    },
  }
}

function jobOf(name: string, job: string): { readonly workflow: Workflow; readonly job: Job } {
  const workflow = workflows.find((one) => one.name === name)
  const found = workflow?.jobs[job]
  if (workflow === undefined || found === undefined) throw new Error(`the page has no job ${job} of ${name}`)
  return { workflow, job: found }
}

interface Machine {
  readonly dir: string
  bash(
    script: string,
    env: Readonly<Record<string, string>>,
  ): Promise<{ exitCode?: number; stdout?: string; stderr?: string }>
  readonly values: Readonly<Record<string, string>>
}

async function perform(steps: readonly Step[], { dir, bash, values }: Machine): Promise<Outcome> {
  const files = {
    GITHUB_OUTPUT: join(dir, "output"),
    GITHUB_STEP_SUMMARY: join(dir, "summary"),
    TOLD: join(dir, "told"),
  }
  for (const file of Object.values(files)) writeFileSync(file, "")
  const known: Record<string, string> = { ...values }
  const outputs: Record<string, string> = {}
  let [said, code] = ["", 0]
  for (const step of steps) {
    if (step.run === undefined || !holds(step.if, known)) continue
    writeFileSync(files.GITHUB_OUTPUT, "")
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value, known)] as const)
    const ended = await bash(step.run, { ...files, ...Object.fromEntries(own) })
    said += `${ended.stdout ?? ""}\n${ended.stderr ?? ""}\n`
    for (const line of readFileSync(files.GITHUB_OUTPUT, "utf8").trim().split("\n").filter(Boolean)) {
      const [name = "", ...value] = line.split("=")
      outputs[name] = value.join("=")
      known[`steps.${step.id}.outputs.${name}`] = value.join("=")
    }
    code = ended.exitCode ?? -1
    if (code !== 0) break
  }
  const told = readFileSync(files.TOLD, "utf8").trim().split("\n").filter(Boolean)
  return { code, outputs, summary: readFileSync(files.GITHUB_STEP_SUMMARY, "utf8"), told, said }
}

/** The one form of condition that the page has. */
function holds(condition: string | undefined, known: Readonly<Record<string, string>>): boolean {
  if (condition === undefined) return true
  const [, name = "", wanted] = /^([\w.]+) == '([^']*)'$/.exec(condition) ?? []
  if (wanted === undefined) throw new Error(`nobody here knows what ${condition} means`)
  return (known[name] ?? "") === wanted
}

const filled = (value: string, known: Readonly<Record<string, string>>): string =>
  value.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, name: string) => known[name] ?? "")
