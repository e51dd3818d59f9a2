import type { CommandUnknownOpts } from "@commander-js/extra-typings"
import { describe, expect, it } from "vitest"
import type { App } from "../../src/app.ts"
import { type DeployFlags, deployCommand } from "../../src/commands/deploy.ts"
import { type DestroyFlags, destroyCommand } from "../../src/commands/destroy.ts"
import type { Ending } from "../../src/commands/ends.ts"
import { commands } from "../../src/commands/index.ts"
import { type PlanFlags, planCommand } from "../../src/commands/plan.ts"
import { type FaultFlags, faultCommand } from "../../src/commands/sandbox-fault.ts"
import { type UnlockFlags, unlockCommand } from "../../src/commands/unlock.ts"

// Parsing asks the outside world for nothing but to take the exit code.
const app = { exit() {} } as unknown as Ending

async function parsed<Flags>(
  make: (app: Ending, run: (app: App, flags: Flags) => Promise<0>) => unknown,
  line: string,
) {
  let got: Flags | undefined
  const command = make(app, async (_, flags) => {
    got = flags
    return 0
  }) as CommandUnknownOpts
  await command
    .exitOverride()
    .configureOutput({ writeErr() {} })
    .parseAsync(line.split(" "), { from: "user" })
  return got
}

describe("what is typed", () => {
  it("plan", async () => {
    expect(
      await parsed<PlanFlags>(planCommand, "single --detailed-exitcode --renew choice/image --renew choice/zones"),
    ).toEqual({
      color: true,
      target: "single",
      detailedExitcode: true,
      renew: ["choice/image", "choice/zones"],
    })
  })

  it("deploy", async () => {
    const line =
      "single -y --prune --confirm=poc --adopt role/node --replace x/y --lock-timeout 0 --allowed-cidrs 203.0.113.0/24 --flow-logs"
    expect(await parsed<DeployFlags>(deployCommand, line)).toEqual({
      color: true,
      target: "single",
      yes: true,
      prune: true,
      confirm: "poc",
      adopt: ["role/node"],
      replace: ["x/y"],
      lockTimeout: "0",
      allowedCidrs: "203.0.113.0/24",
      flowLogs: true,
    })
  })

  it("destroy", async () => {
    expect(await parsed<DestroyFlags>(destroyCommand, "single --confirm poc --purge --confirm-purge poc")).toEqual({
      color: true,
      target: "single",
      confirm: "poc",
      purge: true,
      confirmPurge: "poc",
    })
  })

  it("unlock and faults take numbers", async () => {
    expect(await parsed<UnlockFlags>(unlockCommand, "--force --epoch 7")).toMatchObject({ force: true, epoch: 7 })
    expect(await parsed<FaultFlags>(faultCommand, "throttle --share 0.3 --times 2")).toMatchObject({
      name: "throttle",
      share: 0.3,
      times: 2,
    })
    await expect(parsed<FaultFlags>(faultCommand, "throttle --share some")).rejects.toThrow('"some" is not a number')
    await expect(parsed<FaultFlags>(faultCommand, "flood")).rejects.toThrow("Allowed choices are throttle")
  })
})

describe("help", () => {
  const all = (list: readonly CommandUnknownOpts[]): readonly CommandUnknownOpts[] =>
    list.flatMap((command) => [command, ...all(command.commands)])

  it.each(all(commands(app)).map((command) => [command.name(), command] as const))(
    "of %s has two examples",
    (_, command) => {
      let text = ""
      command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp()
      const [, examples = ""] = text.split("\nExamples:\n")
      expect(examples.trimEnd().split("\n")).toHaveLength(2)
      expect(examples).toContain("smart0dte ")
    },
  )
})
