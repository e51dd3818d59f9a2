import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { scripts } from "./machines/scripts.ts"
import { runSandbox } from "./run.ts"
import { services } from "./services/index.ts"

// The process of its own: `node sandbox.cjs DIR --speed N`. It is no command for users: the tool starts it.
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    speed: { type: "string", default: "60" },
    region: { type: "string", default: "us-east-1" },
    idle: { type: "string", default: "300" },
    docker: { type: "boolean", default: false },
  },
})
const [dir] = positionals
const speed = Number(values.speed)
const idle = Number(values.idle) * 1000
if (dir === undefined || !(speed > 0) || !(idle > 0)) {
  process.stderr.write(`usage: sandbox DIR [--speed N] [--region REGION] [--idle SECONDS] [--docker]\n`)
  process.exit(2)
}
// All of a distribution stands in one folder.
const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url))
// What it was started with is then all that Docker's client wants to know.
const docker = values.docker
  ? Object.fromEntries(Object.entries(process.env).map(([name, value = ""]) => [name, value]))
  : undefined
const machines = { dir, docker, plugin: beside("session-manager-plugin.cjs"), samples: beside("samples.json") }
runSandbox({
  dir,
  speed,
  idle,
  region: values.region,
  services: services(),
  docker: values.docker,
  machines: (world, url) => scripts({ ...machines, world, url }),
}).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
