import { bare, type Command, runIn, type Said, type Variables } from "./command.ts"
import { pythonProgram } from "./python.ts"

/** The `aws` command line as it comes from PyPI. */
export interface AwsCli {
  /** What is exported to whoever evaluates `smart0dte sandbox env`. */
  readonly exported: Variables
  run(args: readonly string[], others?: Variables): Promise<Said>
  /** The answer, of which `query` is the part that is wanted. */
  ask(line: string, query: string): Promise<unknown>
}

export async function awsCliOn(command: Command): Promise<AwsCli> {
  const aws = await pythonProgram("aws")
  const { stdout: script } = await command.run("sandbox", "env")
  const exported = await evaluated(script, command.dir)
  const url = exported.AWS_ENDPOINT_URL
  if (url === undefined) throw new Error(`smart0dte sandbox env names no endpoint: ${script}`)
  const run = (args: readonly string[], others: Variables = {}) =>
    // The variable alone is not enough: some services of this command line do not look at it, and would go to AWS.
    runIn(command.dir, { ...bare(command.dir), ...exported, ...others }, aws, ["--endpoint-url", url, ...args])
  return {
    exported,
    run,
    async ask(line, query) {
      const { exitCode, stdout, stderr } = await run([...line.split(" "), "--output", "json", "--query", query])
      if (exitCode !== 0) throw new Error(`aws ${line} ended with ${exitCode}: ${stderr}`)
      return JSON.parse(stdout)
    },
  }
}

/** By a real shell. */
async function evaluated(script: string, dir: string): Promise<Variables> {
  const { stdout } = await runIn(dir, bare(dir), "/bin/sh", ["-c", `${script}\nenv`])
  const lines = stdout.split("\n").map((line) => /^(AWS_\w+)=(.*)$/.exec(line))
  const set = lines.flatMap((found) => (found ? [[found[1] ?? "", found[2] ?? ""] as const] : []))
  const beforehand = Object.keys(bare(dir))
  return Object.fromEntries(set.filter(([name]) => !beforehand.includes(name)))
}
