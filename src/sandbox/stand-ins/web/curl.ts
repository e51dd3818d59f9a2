import { writeFileSync } from "node:fs"
import { resolve } from "node:path"
import { type Context, Fault, notThere, type StandIn } from "../context.ts"
import { all, flag, type Parsed, parseFlags } from "../flags.ts"
import { type Answer, answerTo } from "./answers.ts"
import { optionsIn } from "./options.ts"

export const curl: StandIn = async (on) => {
  const parsed = parseFlags("curl", on.args, { values: VALUES, switches: SWITCHES })
  const [address = "", another] = parsed.rest
  if (another !== undefined) throw notThere("curl of several addresses")
  const config = flag(parsed, "-K")
  if (config !== undefined && config !== "-") throw notThere(`curl -K ${config}: options come from its input`)
  const { headers, user } = optionsIn(config === undefined ? "" : on.input())
  const data = all(parsed, "-d").join("&")
  const how = flag(parsed, "--aws-sigv4")
  const question = {
    method: flag(parsed, "-X") ?? (data === "" ? "GET" : "POST"),
    url: urlOf(address),
    headers: Object.fromEntries([...headers, ...all(parsed, "-H")].map(headerOf)),
    body: data,
    ...(how !== undefined && { signing: { how, user: user ?? "" } }),
  }
  const answer = await answerTo(on, question)
  const says = flag(parsed, "-s") === undefined || flag(parsed, "-S") !== undefined
  if ("code" in answer) {
    writeOut(on, parsed, 0)
    if (says) on.err(`curl: (${answer.code}) ${answer.why}\n`)
    return answer.code
  }
  if (answer.status >= 400 && flag(parsed, "-f") !== undefined) {
    writeOut(on, parsed, answer.status)
    if (says) on.err(`curl: (22) The requested URL returned error: ${answer.status}\n`)
    return 22
  }
  deliver(on, parsed, answer)
  writeOut(on, parsed, answer.status)
  return 0
}

const VALUES = [
  ["-o", "--output"],
  ["-X", "--request"],
  ["-H", "--header"],
  ["-d", "--data", "--data-raw"],
  ["-w", "--write-out"],
  ["-K", "--config"],
  ["--aws-sigv4"],
  ["-m", "--max-time"],
  ["--connect-timeout"],
  ["--retry"],
  ["--retry-delay"],
  ["--retry-max-time"],
  ["--proto"],
  ["--noproxy"],
]

const SWITCHES = [
  ["-f", "--fail"],
  ["-s", "--silent"],
  ["-S", "--show-error"],
  ["-L", "--location"],
  ["--retry-connrefused"],
  ["--retry-all-errors"],
  ["--tlsv1.2"],
]

function urlOf(address: string): URL {
  try {
    return new URL(address)
  } catch {
    throw new Fault(`curl: (3) URL rejected: ${address}`, 3)
  }
}

const headerOf = (line: string): readonly [string, string] => {
  const at = line.indexOf(":")
  return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]
}

function deliver(on: Context, parsed: Parsed, { body }: Answer): void {
  const file = flag(parsed, "-o")
  if (file === undefined || file === "-") on.out(body)
  else if (file !== "/dev/null") writeFileSync(resolve(on.cwd, file), body)
}

function writeOut(on: Context, parsed: Parsed, status: number): void {
  const format = flag(parsed, "-w")
  if (format === undefined) return
  if (/%\{(?!http_code\}|response_code\})/.test(format)) throw notThere(`curl -w ${format}`)
  on.out(format.replace(/%\{(http|response)_code\}/g, String(status).padStart(3, "0")).replaceAll("\\n", "\n"))
}
