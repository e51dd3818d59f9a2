import { Argument, Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes, UserError } from "../errors.ts"
import type { GatewayRow } from "../report/results/gateway.ts"
import type { Ending } from "./ends.ts"
import { findEnvironment } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { commandLine } from "./next.ts"
import { findNode, leaving } from "./on-node.ts"
import { open, withAccount } from "./opening.ts"
import { pluginFor } from "./plugin.ts"

export interface LoginFlags extends GlobalFlags {
  readonly kind: GatewayRow["gateway"] | undefined
}

export function loginCommand(app: Ending, run = login) {
  return new Command("login")
    .description("Reach a gateway's screen through a tunnel, for the second factor, until Ctrl-C.")
    .addArgument(new Argument("[gateway]", "live or paper; left out, the one that waits").choices(["live", "paper"]))
    .addHelpText("after", examples("smart0dte gateway login", "smart0dte gateway login live --env poc"))
    .action(async (kind, own, command) =>
      app.exit(await run(app, { ...flagsOf(own, command), kind: kind as LoginFlags["kind"] })),
    )
}

export async function login(app: App, flags: LoginFlags): Promise<ExitCode> {
  const opened = await open(app, "gateway login", flags)
  const { report, config } = opened
  return withAccount(app, opened, flags, async (account) => {
    const [{ requirePlugin }, { openTunnel }, { gatewaysOn }] = await Promise.all([
      import("../aws/ssm/session.ts"),
      import("../aws/ssm/tunnel.ts"),
      import("./gateway-rows.ts"),
    ])
    const program = pluginFor(app, config)
    await requirePlugin(program)
    const scope = await findEnvironment(account, config)
    const place = await findNode(account, scope)
    const rows = await app.interrupts.settling((stop) => gatewaysOn(account, place, "smart-0dte", stop), leaving)
    const { gateway, screen } = chosen(rows, flags.kind, scope)
    return app.interrupts.settling(async (stop) => {
      const local = account.sandbox ? 0 : screen
      const wish = { instance: place.instance, host: "127.0.0.1", port: screen, local, program }
      const tunnel = await openTunnel(account.cloud, { ...wish, reason: `smart0dte gateway login ${gateway}` })
      try {
        report.show({
          type: "facts",
          about: `the screen of the ${gateway} gateway of ${scope}`,
          facts: {
            address: `vnc://127.0.0.1:${tunnel.port}`,
            node: place.instance,
            "second factor": "asked for on that screen, or on the telephone of whoever owns the account",
            password: `GATEWAY_SCREEN_PASSWORD of the secret smart0dte/${scope}/node/generated`,
          },
          next: [passwordLine(account, scope), commandLine(account, `gateway status --env ${scope}`)],
        })
        report.note("Ctrl-C ends it")
        return await untilOver(tunnel.ended, gateway, stop)
      } finally {
        await tunnel.close()
      }
    }, "closing the tunnel")
  })
}

/** That one line of the secret, which has others. A command to copy: of the sandbox it stays in the sandbox. */
export function passwordLine({ cloud, sandbox }: Pick<Account, "cloud" | "sandbox">, scope: string): string {
  const ask = `secretsmanager get-secret-value --secret-id smart0dte/${scope}/node/generated --region ${cloud.region} --query SecretString --output text | sed -n s/^GATEWAY_SCREEN_PASSWORD=//p`
  const line = sandbox
    ? `(eval "$(smart0dte sandbox env)"; aws --endpoint-url "$AWS_ENDPOINT_URL" ${ask})`
    : `aws ${ask}`
  return `read the password: ${line}`
}

function chosen(rows: readonly GatewayRow[], kind: LoginFlags["kind"], scope: string) {
  const running = rows.filter(({ state, screen }) => state !== "none" && screen !== undefined)
  const meant = running.filter(({ gateway }) => kind === undefined || gateway === kind)
  const found = meant.find(({ account }) => account === "") ?? meant[0]
  if (found?.screen !== undefined) return { gateway: found.gateway, screen: found.screen }
  throw new UserError(`no ${kind ?? ""}${kind === undefined ? "" : " "}gateway runs in ${scope}`, {
    hint: "one runs once gateway.image is set in smart0dte.yaml and deployed; the live one only while it is needed",
  })
}

/** Only a signal ends it as it should. */
async function untilOver(ended: Promise<string>, gateway: string, stop: AbortSignal): Promise<ExitCode> {
  const stopped = new Promise<undefined>((resolve) => {
    if (stop.aborted) resolve(undefined)
    stop.addEventListener("abort", () => resolve(undefined), { once: true })
  })
  const words = await Promise.race([stopped, ended])
  if (words === undefined || stop.aborted) return exitCodes.interrupted
  throw new UserError(`the tunnel to the ${gateway} gateway ended: ${words}`, { hint: "run the same command again" })
}
