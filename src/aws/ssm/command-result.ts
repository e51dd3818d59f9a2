import { GetObjectCommand, paginateListObjectsV2 } from "@aws-sdk/client-s3"
import { GetCommandInvocationCommand, type GetCommandInvocationCommandOutput } from "@aws-sdk/client-ssm"
import { Interrupted, NotYet, UserError } from "../../errors.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"
import type { Sent } from "./send-command.ts"

/** How a command ended on its node. */
export interface CommandEnd {
  readonly succeeded: boolean
  /** Systems Manager's word for it, such as `Success`, `Failed` or `DeliveryTimedOut`. */
  readonly status: string
  /** Of the script; -1 where none ran. */
  readonly code: number
  readonly output: string
  readonly errors: string
}

export interface Patience {
  readonly stop: AbortSignal
  /** In milliseconds. */
  readonly atMost: number
  /** Told when the node is found to have taken it up. */
  readonly taken?: () => void
  /** Between two looks; left out, as suits what takes its time. */
  readonly every?: number
}

/** Waits until the command is over; what Systems Manager cuts is read whole from where it was kept. */
export async function commandResult(ctx: Cloud, sent: Sent, patience: Patience): Promise<CommandEnd> {
  const { stop, atMost, every, taken } = patience
  const since = ctx.clock.now()
  for (;;) {
    const seen = await look(ctx, sent)
    if (seen && !onItsWay.has(seen.Status ?? "Pending")) return endOf(ctx, sent, seen)
    if (seen?.Status === "InProgress") taken?.()
    if (ctx.clock.now() - since > atMost + (ctx.clock.patience ?? 0))
      throw new UserError(`${sent.instance} has not answered for ${Math.round((ctx.clock.now() - since) / 1000)} s`, {
        hint: `it may still be at it: aws ssm get-command-invocation --command-id ${sent.id} --instance-id ${sent.instance}`,
      })
    await ctx.clock.sleep(every ?? (seen ? 2_000 : 1_000), stop)
    if (stop.aborted)
      throw new Interrupted(`stopped while ${sent.instance} was still at it`, {
        hint: "what it was told goes on there; the same command again shows how it stands",
      })
  }
}

const onItsWay: ReadonlySet<string> = new Set(["Pending", "InProgress", "Delayed", "Cancelling"])

/** Nothing for a moment after it was sent: the invocation is made a little later than the command. */
async function look(ctx: Cloud, { id, instance }: Sent): Promise<GetCommandInvocationCommandOutput | undefined> {
  try {
    return await ctx.ssm.send(new GetCommandInvocationCommand({ CommandId: id, InstanceId: instance }))
  } catch (error) {
    if (error instanceof NotYet) return undefined
    throw error
  }
}

async function endOf(ctx: Cloud, sent: Sent, seen: GetCommandInvocationCommandOutput): Promise<CommandEnd> {
  const { Status = "Failed", StatusDetails, ResponseCode = -1 } = seen
  const [output, errors] = await Promise.all([
    whole(ctx, sent, "stdout", seen.StandardOutputContent ?? "", shown.output),
    whole(ctx, sent, "stderr", seen.StandardErrorContent ?? "", shown.errors),
  ])
  return { succeeded: Status === "Success", status: StatusDetails || Status, code: ResponseCode, output, errors }
}

/** So many bytes the node's agent hands on; what has as many was cut. */
const shown = { output: 24_000, errors: 8_000 }

/** The agent puts the whole of it into the bucket when the command is over, and is given a moment for it. */
async function whole(ctx: Cloud, sent: Sent, stream: "stdout" | "stderr", text: string, most: number): Promise<string> {
  if (Buffer.byteLength(text) < most) return text
  const { bucket, prefix } = sent.output
  const where = { Bucket: bucket, ExpectedBucketOwner: ctx.account }
  const Prefix = `${prefix}/${sent.id}/${sent.instance}/`
  for (let looks = 0; looks < 5; looks++) {
    const pages = paginateListObjectsV2({ client: ctx.s3 }, { ...where, Prefix })
    const kept = await everyItem(pages, (page) => page.Contents)
    const key = kept.find(({ Key }) => Key?.endsWith(`/${stream}`))?.Key
    if (key !== undefined) {
      const { Body } = await ctx.s3.send(new GetObjectCommand({ ...where, Key: key }))
      return (await Body?.transformToString()) ?? text
    }
    await ctx.clock.sleep(2_000)
  }
  return `${text}\n(cut here: the rest was not found in s3://${bucket}/${Prefix})`
}
