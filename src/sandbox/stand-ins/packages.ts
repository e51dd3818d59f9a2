import { join } from "node:path"
import { type Context, Fault, notThere, type StandIn } from "./context.ts"
import { parseFlags } from "./flags.ts"
import { changeRecords, readRecords } from "./records.ts"

export const dnf: StandIn = (on) => {
  const { rest } = parseFlags("dnf", on.args, {
    values: [],
    switches: [
      ["-y", "--assumeyes"],
      ["-q", "--quiet"],
    ],
  })
  const [verb, ...names] = rest
  if (verb !== "install") throw notThere(`dnf ${verb}`)
  if (on.facts.reach === "nothing") {
    throw new Fault(
      "Errors during downloading metadata for repository 'amazonlinux':\n" +
        "  - Curl error (28): Timeout was reached\nError: Failed to download metadata for repo 'amazonlinux'",
    )
  }
  const unknown = names.find((name) => !KNOWN.includes(name))
  if (unknown !== undefined)
    throw new Fault(`No match for argument: ${unknown}\nError: Unable to find a match: ${unknown}`)
  changeRecords<readonly string[]>(fileOf(on), [], (present) => [...new Set([...present, ...names])])
  on.out("Complete! (stand-ins of the sandbox: nothing was installed)\n")
  return 0
}

/** Refuses to be a command whose package was not installed: the image of a node does not have it. */
export function needsPackage(on: Context, command: string, name: string): void {
  if (!readRecords<readonly string[]>(fileOf(on), []).includes(name))
    throw new Fault(`${command}: command not found`, 127)
}

export const hasPackage = (on: Context, name: string): boolean =>
  readRecords<readonly string[]>(fileOf(on), []).includes(name)

const fileOf = ({ paths }: Context): string => join(paths.records, "packages.json")

/** Of Amazon Linux 2023's packages those that a node may want. */
const KNOWN: readonly string[] = ["amazon-cloudwatch-agent", "docker", "git", "postgresql15", "tar", "xfsprogs"]
