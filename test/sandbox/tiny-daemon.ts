import { appendFileSync } from "node:fs"
import { runSandbox } from "../../src/sandbox/run.ts"
import { tinyServices } from "./tiny.ts"

// What the tests bundle and start in place of the real daemon: `node FILE DIR --speed N [--idle SECONDS]`.
const [dir = "", ...rest] = process.argv.slice(2)
const given = (name: string, usual: number) => {
  const at = rest.indexOf(name)
  return at < 0 ? usual : Number(rest[at + 1])
}
// How often it was started, also where it then found another one at work.
appendFileSync(`${dir}.starts`, `${process.pid}\n`)
const idle = given("--idle", 300) * 1000
runSandbox({ dir, speed: given("--speed", 60), region: "us-east-1", idle, services: tinyServices() }).catch(
  (error: unknown) => {
    process.stderr.write(`${error}\n`)
    process.exit(1)
  },
)
