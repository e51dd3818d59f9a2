import { attach } from "../../src/sandbox/connect.ts"

// What a command does, as a process of its own: `node FILE DIR ENTRY` attaches, says the sandbox's number, and ends.
const [dir = "", entry = ""] = process.argv.slice(2)
attach({ dir, start: { entry, speed: 60 } })
  .then(({ pid }) => process.stdout.write(`${pid}\n`))
  .catch((error: unknown) => {
    process.stderr.write(`${error}\n`)
    process.exit(1)
  })
