import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { scripts } from "../../templates/node/bash.ts"
import { hostileArguments } from "./hostile-values.ts"

const run = "0123456789abcdef0123456789abcdef"
const digest = "5a".repeat(32)

/** What may be told to a node about trading; of each, which of its words are somebody's to say. */
const orders: readonly (readonly [order: readonly string[], own: readonly number[]])[] = [
  [
    ["switch", "paper", "smart-0dte", "7"],
    [1, 2, 3],
  ],
  [
    ["switch", "live", "smart-0dte", "activate", "7", digest],
    [2, 3, 4, 5],
  ],
  [
    ["halt", "smart-0dte", "no"],
    [1, 2],
  ],
  [
    ["resume", "smart-0dte", "7"],
    [1, 2],
  ],
  [["once", run, "resume", "smart-0dte", "7"], [1]],
]

/** Left out, these mean what they mean otherwise: nothing more is confirmed, and no gateway goes. */
const optional: readonly string[] = ["no", digest]

const words = orders.flatMap(([order, own]) =>
  own.map((nth) => ({ order: order.join(" ").replace(digest, "DIGEST"), word: order[nth] ?? "", words: order, nth })),
)

describe("a node", () => {
  let root: string
  let fakes: string

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "smart0dte-hostile-"))
    fakes = join(root, "fakes")
    await mkdir(fakes)
    await mkdir(join(root, "etc/smart0dte"), { recursive: true })
    const self = "SCOPE=poc\nREGION=us-east-1\nBUCKET=b\nFILES=f\nADDRESS=10.20.0.9\nINSTANCE=i-0\n"
    await writeFile(join(root, "etc/smart0dte/node.env"), self)
    for (const name of ["aws", "curl", "docker", "python3", "chronyc"]) {
      await writeFile(join(fakes, name), `#!/bin/bash\ntouch '${root}/called'\nexit 1\n`)
      await chmod(join(fakes, name), 0o755)
    }
  })
  afterAll(() => rm(root, { recursive: true }))

  /** How each order ends: all of them by one process, which reads the scripts once. */
  async function tell(told: readonly (readonly string[])[]): Promise<readonly number[]> {
    await writeFile(join(root, "orders"), told.map((order) => `${order.length}\0${order.join("\0")}\0`).join(""))
    await writeFile(join(root, "driver.sh"), await driver())
    const env = { SMART0DTE_ROOT: root, PATH: `${fakes}:${process.env.PATH}` }
    const { stdout } = await execa("bash", [join(root, "driver.sh"), join(root, "orders")], {
      cwd: root,
      env,
      timeout: 30_000,
    })
    return stdout.split("\n").map(Number)
  }

  it("would do what it is told in the right words", async () => {
    expect(await tell([["halt", "smart-0dte", "no"]])).not.toEqual([2])
    expect(await readdir(root)).toContain("called")
    await rm(join(root, "called"))
  })

  it.each(words)("told $order takes nothing for $word that only looks like it", async ({ words: order, nth, word }) => {
    const wrong = hostileArguments(word).filter(([, value]) => value !== "" || !optional.includes(word))
    const codes = await tell(wrong.map(([, value]) => order.with(nth, value)))
    expect(codes.length).toBe(wrong.length)
    const taken = wrong.filter((_, each) => codes[each] !== 2).map(([how]) => how)
    expect(taken).toEqual([])
    // Nothing ran, neither of it nor because of it.
    expect(await readdir(root)).not.toContain("canary")
    expect(await readdir(root)).not.toContain("called")
  })
})

/** The script that documents call, but for its last lines, which would do one order and end. */
async function driver(): Promise<string> {
  const script = await readFile(join(scripts, "node.sh"), "utf8")
  const before = script.slice(0, script.indexOf('\nmain "$@"')).replace(/^here=.*$/m, `here=${scripts}`)
  return `${before}
set +e
mapfile -d '' -t all <"$1"
at=0
while ((at < \${#all[@]})); do
  count=\${all[at]}
  (set -e; main "\${all[@]:at+1:count}") >/dev/null 2>&1 </dev/null
  printf '%s\\n' "$?"
  at=$((at + 1 + count))
done
`
}
