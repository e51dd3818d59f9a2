import { paginateListCommands, SendCommandCommand } from "@aws-sdk/client-ssm"
import { OutcomeUnknown, UserError } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { inReality } from "../in-time.ts"
import { everyItem } from "../pages.ts"

/** Where the whole output of a command is kept: Systems Manager itself returns no more than its beginning. */
export interface KeptAt {
  readonly bucket: string
  readonly prefix: string
}

export interface CommandWish {
  readonly document: string
  /** A number: what was looked at is what is run, whatever somebody makes the default meanwhile. */
  readonly version: string
  readonly instance: string
  readonly parameters: Readonly<Record<string, string>>
  /** 32 letters: the node does what has one id once, however often it is sent. */
  readonly run: string
  readonly output: KeptAt
  /** So many seconds later the node must have taken it up. */
  readonly deliverWithin?: number
  /** Done twice, it is as done once: where no answer comes it is sent again at once. */
  readonly harmless?: true
}

export interface Sent {
  readonly id: string
  readonly instance: string
  readonly output: KeptAt
}

/** Sends it once. Where no answer comes, it is looked for by its run id before it is sent again. */
export async function sendCommand(ctx: Cloud, wish: CommandWish): Promise<Sent> {
  const { instance, output } = wish
  for (let attempt = 1; ; attempt++) {
    try {
      return { id: await send(ctx, wish), instance, output }
    } catch (error) {
      if (!(error instanceof OutcomeUnknown)) throw error
      const id = wish.harmless ? undefined : await lost(ctx, wish)
      if (id !== undefined) return { id, instance, output }
      // The node knows the run id: a second one of it changes nothing.
      if (attempt === attempts) throw error
    }
  }
}

const attempts = 3

async function send(ctx: Cloud, wish: CommandWish): Promise<string> {
  const { Command } = await ctx.ssm.send(
    new SendCommandCommand({
      DocumentName: wish.document,
      DocumentVersion: wish.version,
      InstanceIds: [wish.instance],
      Parameters: Object.fromEntries(
        Object.entries({ ...wish.parameters, Run: wish.run }).map(([name, value]) => [name, [value]]),
      ),
      Comment: commentOf(wish),
      TimeoutSeconds: Math.max(wish.deliverWithin ?? 600, Math.ceil(inReality(ctx.clock, agents) / 1000)),
      OutputS3BucketName: wish.output.bucket,
      OutputS3KeyPrefix: wish.output.prefix,
    }),
  )
  if (!Command?.CommandId) throw new UserError(`Systems Manager took ${wish.document} and gave it no id`)
  return Command.CommandId
}

/** In milliseconds: where time runs fast, a node's minute may be over before this process has turned to it. */
const agents = 10_000

const commentOf = ({ run }: CommandWish) => `smart0dte run ${run}`

/** What was asked for a moment ago is listed within seconds. */
async function lost(ctx: Cloud, wish: CommandWish): Promise<string | undefined> {
  for (let looks = 0; looks < 5; looks++) {
    await ctx.clock.sleep(2_000)
    const wanted = { InstanceId: wish.instance, Filters: [{ key: "DocumentName" as const, value: wish.document }] }
    const listed = await everyItem(paginateListCommands({ client: ctx.ssm }, wanted), (page) => page.Commands)
    const found = listed.find(({ Comment }) => Comment === commentOf(wish))
    if (found?.CommandId) return found.CommandId
  }
  return undefined
}
