import { execa } from "execa"
import { describe, expect, it } from "vitest"
import { world } from "./small-world.ts"

async function script(shell: string): Promise<string> {
  const at = world()
  expect(await at.run(`completion ${shell}`)).toBe(0)
  return at.said.out
}

describe("completion", () => {
  it.each([
    ["smart0dte de", ["deploy", "destroy"]],
    ["smart0dte deploy s", ["single"]],
    ["smart0dte sandbox st", ["start", "stop", "status"]],
    ["smart0dte sandbox fault thr", ["throttle"]],
    ["smart0dte deploy --pr", ["--prune", "--profile"]],
    ["smart0dte --sandbox destroy --confirm-", ["--confirm-purge"]],
    ["smart0dte completion ", ["bash", "zsh", "fish"]],
  ])("bash knows what follows '%s'", async (line, expected) => {
    const words = line.split(" ")
    const ask = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}; _smart0dte; printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout } = await execa("bash", ["--norc", "-c", `${await script("bash")}\n${ask}`])
    const found = stdout.split("\n")
    expect(found.filter((word) => !word.startsWith("--") || line.includes("--")).sort()).toEqual([...expected].sort())
  })

  it("is written for each shell in its own words", async () => {
    expect(await script("zsh")).toContain("#compdef smart0dte")
    expect(await script("zsh")).toContain('"sandbox/fault") found=(throttle')
    expect(await script("fish")).toContain("complete -c smart0dte -f -n '__fish_use_subcommand' -a deploy")
    expect(await script("fish")).toContain(
      "complete -c smart0dte -n '__fish_seen_subcommand_from destroy' -l confirm-purge",
    )
  })
})
