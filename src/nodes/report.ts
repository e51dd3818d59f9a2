import { DeleteParameterCommand, paginateGetParametersByPath } from "@aws-sdk/client-ssm"
import { bucketArn, documentArn, onAnything, onOwnNodes, parameterArn } from "../aws/allow.ts"
import { alreadyGone } from "../aws/already.ts"
import type { Cloud } from "../aws/cloud.ts"
import { parameterName } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import type { CloudKind } from "../aws/step.ts"
import type { DestroyOptions, Permission, Phase, Scope } from "../engine/types.ts"

/** What a node says of one thing on it, in a parameter below `state`. */
export interface Report {
  readonly scope: Scope
  /** The kind and the name, as in `checkout/smart-0dte`. */
  readonly report: string
  /** The fingerprint of what it was asked for last. */
  readonly wish: string
  /** The instance that says so. */
  readonly node: string
  /** When it was said, by the node's clock. */
  readonly at: string
}

interface ReportKind<Fields> {
  readonly name: string
  /** Texts that the node reports besides, each as it is where nothing is known of it. */
  readonly fields: Fields
  /** What to do when it has failed. */
  readonly hint: (name: string) => string
  readonly usually: { readonly create: number; readonly update: number }
  readonly before?: readonly string[]
  /** Which of the fields only the node knows. */
  readonly tells?: readonly (keyof Fields & string)[]
  /** What is to be taken off a node that stays. */
  readonly remove?: (ctx: Cloud, live: Report & Fields) => Promise<void>
  /** What that needs besides. */
  readonly allow?: readonly Permission[]
}

/** A kind of thing that happens on a node. It is told what to do by a command, and found by what the node reports. */
export function reportKind<Fields extends object>(own: ReportKind<Fields>): CloudKind<Report & Fields> {
  const { name, fields, usually, before, tells, remove, allow = [] } = own
  return {
    name,
    // A command that reaches the node twice under one run id is done once.
    unique: "token",
    async list(ctx, scopes) {
      const lists = await Promise.all(scopes.map((scope) => reportsOf(ctx, scope, own)))
      return lists.flat()
    },
    async destroy(ctx, live, { whole = false }: DestroyOptions) {
      if (!whole) await remove?.(ctx, live)
      await alreadyGone(
        ctx.ssm.send(new DeleteParameterCommand({ Name: parameterName(live.scope, folder, live.report) })),
      )
      return undefined
    },
    ...(before && { before }),
    ...(tells && { tells }),
    fixed: [],
    resumes: ["wish", "node"],
    blank: { scope: "", report: "", wish: "", node: "", at: "", ...fields },
    allow: [
      { action: ["ssm:GetParametersByPath", "ssm:DeleteParameter"], resource: parameterArn(`${folder}/${name}*`) },
      // The bucket is named where the output is kept.
      { action: "ssm:SendCommand", resource: documentArn("release") },
      { action: "ssm:SendCommand", resource: bucketArn("state") },
      onOwnNodes("ssm:SendCommand"),
      onAnything("ssm:ListCommands"),
      ...allow,
    ],
    usually: { ...usually, destroy: 2 },
  }
}

const folder = "state"

/** A path for each kind: pages are of ten, and all kinds' would have to be read one after the other. */
async function reportsOf<Fields extends object>(
  ctx: Cloud,
  scope: Scope,
  { name: kind, fields, hint }: ReportKind<Fields>,
) {
  const Path = parameterName(scope, folder, kind)
  const found = await everyItem(paginateGetParametersByPath({ client: ctx.ssm }, { Path }), (page) => page.Parameters)
  return found.map(({ Name = "", Value = "" }) => {
    const name = Name.slice(Path.length + 1)
    const said = parsed(Value)
    const known = Object.keys({ wish: "", node: "", at: "", ...fields })
    const texts = Object.fromEntries(known.map((key) => [key, textOf(said[key])]))
    // Every field is asked for by its own name, and is a text.
    const live = { ...texts, scope, report: `${kind}/${name}` } as Report & Fields
    return { scope, name, live, owner: "ours" as const, phase: phaseOf(said, hint(name)) }
  })
}

type Said = Readonly<Record<string, unknown>>

/** What nobody can read is a failure that the next run writes over. */
function parsed(text: string): Said {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === "object" && value !== null) return { ...value }
  } catch {
    // Said below.
  }
  return { phase: "failed", why: `its report cannot be read: ${text.slice(0, 80)}` }
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value)

function phaseOf({ phase, why, node }: Said, hint: string): Phase {
  if (phase === "ready" || phase === "pending") return phase
  return { failed: `on node ${textOf(node) || "unknown"}: ${textOf(why) || "it gave no reason"}`, hint }
}
