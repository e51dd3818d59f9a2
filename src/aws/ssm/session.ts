import { StartSessionCommand, TerminateSessionCommand } from "@aws-sdk/client-ssm"
import { execa } from "execa"
import { AwsError, UserError } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"

export interface SessionWish {
  readonly instance: string
  /** Left out, it is a shell. */
  readonly document?:
    | "AWS-StartSSHSession"
    | "AWS-StartPortForwardingSession"
    | "AWS-StartPortForwardingSessionToRemoteHost"
  readonly parameters?: Readonly<Record<string, string>>
  /** Kept by AWS with who opened it. */
  readonly reason: string
  /** The plugin, where it is not the one on the path. */
  readonly program?: string
}

/** A session that is open, and the plugin that speaks over it: a program with its arguments, none of them a secret. */
export interface Session {
  readonly id: string
  readonly program: string
  readonly args: readonly string[]
  /** Holds the session's token: it is handed on by the environment, since everybody may read arguments. */
  readonly env: Readonly<Record<string, string>>
}

/** Opens a session, for whoever runs its plugin. Look first whether there is one, with `requirePlugin`. */
export async function startSession(ctx: Cloud, wish: SessionWish): Promise<Session> {
  const { instance, document, parameters = {}, reason, program = plugin } = wish
  const asked = {
    Target: instance,
    ...(document !== undefined && { DocumentName: document }),
    Parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, [value]])),
    Reason: reason,
  }
  const { SessionId = "", StreamUrl, TokenValue } = await opened(ctx, asked)
  return {
    id: SessionId,
    program,
    args: [answerVariable, ctx.region, "StartSession", "", JSON.stringify(asked), await endpointOf(ctx)],
    env: { [answerVariable]: JSON.stringify({ SessionId, StreamUrl, TokenValue }) },
  }
}

async function opened(ctx: Cloud, asked: ConstructorParameters<typeof StartSessionCommand>[0]) {
  try {
    return await ctx.ssm.send(new StartSessionCommand(asked))
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "TargetNotConnected") throw error
    throw new UserError(`${asked.Target} is not connected to Systems Manager`, {
      hint: "is it running? smart0dte status says so; after a start it takes a minute",
      requestId: error.requestId,
      cause: error,
    })
  }
}

/** Ends it on AWS's side, whatever became of the plugin. */
export async function endSession(ctx: Cloud, { id }: Pick<Session, "id">): Promise<void> {
  await ctx.ssm.send(new TerminateSessionCommand({ SessionId: id }))
}

/** Refuses where the plugin is missing, or so old that it wants the session's token as an argument. */
export async function requirePlugin(program: string = plugin): Promise<void> {
  const { stdout, failed } = await execa(program, ["--version"], { reject: false, timeout: 10_000 })
  if (failed || stdout === undefined)
    throw new UserError("the Session Manager plugin is not installed", { hint: `install it: ${installing}` })
  if (!isAtLeast(stdout.trim(), oldest))
    throw new UserError(`the Session Manager plugin ${stdout.trim()} is too old: ${oldest.join(".")} is the oldest`, {
      hint: `install a newer one: ${installing}`,
    })
}

const plugin = "session-manager-plugin"

/** In the place of the session's answer the plugin takes the name of this variable, and reads it from there. */
const answerVariable = "AWS_SSM_START_SESSION_RESPONSE"

const oldest = [1, 2, 498, 0]

const installing =
  "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html"

function isAtLeast(version: string, wanted: readonly number[]): boolean {
  const parts = version.split(".").map(Number)
  const at = wanted.findIndex((part, i) => part !== parts[i])
  return at === -1 || (parts[at] ?? Number.NaN) > (wanted[at] ?? 0)
}

/** Where the plugin asks to go on with a session that was cut off. */
async function endpointOf(ctx: Cloud): Promise<string> {
  const custom = await ctx.ssm.config.endpoint?.()
  if (!custom) return `https://ssm.${ctx.region}.amazonaws.com`
  const port = custom.port === undefined ? "" : `:${custom.port}`
  return `${custom.protocol}//${custom.hostname}${port}`
}
