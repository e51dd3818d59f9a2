import { DeleteParameterCommand, PutParameterCommand, paginateGetParametersByPath } from "@aws-sdk/client-ssm"
import { parameterArn } from "../aws/allow.ts"
import { alreadyGone } from "../aws/already.ts"
import type { Cloud } from "../aws/cloud.ts"
import { parameterName } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Lives, Needs, Scope } from "../engine/types.ts"

/** What a node is to run, in a parameter that its scripts read: a line for each key. */
export interface Setting {
  readonly parameter: string
  readonly lines: Readonly<Record<string, string>>
}

export interface SettingWish<N extends Needs> {
  readonly scope: Scope
  /** A system's own, or one that both share. */
  readonly name: string
  readonly folder: Folder
  readonly needs: N
  /** `key=value` lines, with what only the needs know. */
  readonly text: (lives: Lives<N>) => string
}

type Folder = "systems" | "settings"

export const setting = <N extends Needs>({ scope, name, folder, needs, text }: SettingWish<N>) => {
  const parameter = parameterName(scope, folder, name)
  const put = (ctx: Cloud, Value: string, more: object) =>
    ctx.ssm.send(
      // Beyond 4 KB a parameter costs something, and AWS takes it so only where that is asked for.
      new PutParameterCommand({ Name: parameter, Type: "String", Tier: "Intelligent-Tiering", Value, ...more }),
    )
  return step({
    kind: settingKind,
    name,
    scope,
    needs,
    spec: { parameter },
    links: (lives) => ({ lines: linesOf(text(lives)) }),
    async create(ctx, lives, birth) {
      await put(ctx, text(lives), { Tags: birthTags(birth) })
    },
    async update(ctx, _, _changes, lives) {
      await put(ctx, text(lives), { Overwrite: true })
    },
  })
}

export const settingKind: CloudKind<Setting> = {
  name: "setting",
  unique: "name",
  async list(ctx, scopes) {
    const lists = await Promise.all(scopes.flatMap((scope) => folders.map((folder) => settingsIn(ctx, scope, folder))))
    return lists.flat()
  },
  async destroy(ctx, { parameter }) {
    await alreadyGone(ctx.ssm.send(new DeleteParameterCommand({ Name: parameter })))
    return undefined
  },
  fixed: ["parameter"],
  blank: { parameter: "", lines: {} },
  allow: [
    ...["systems*", "settings*"].map((name) => ({
      action: ["ssm:GetParametersByPath", "ssm:PutParameter", "ssm:AddTagsToResource", "ssm:DeleteParameter"],
      resource: parameterArn(name),
    })),
  ],
  price: ({ lines }) => (sizeOf(lines) > 4096 ? [{ sku: "ssm/advanced-parameter", units: 1 }] : []),
  usually: { create: 1, update: 1, destroy: 1 },
}

const folders = ["systems", "settings"] as const satisfies readonly Folder[]

async function settingsIn(ctx: Cloud, scope: Scope, folder: Folder) {
  const Path = parameterName(scope, folder)
  const found = await everyItem(paginateGetParametersByPath({ client: ctx.ssm }, { Path }), (page) => page.Parameters)
  return found.map(({ Name = "", Value = "" }) => ({
    scope,
    name: Name.slice(Path.length + 1),
    live: { parameter: Name, lines: linesOf(Value) },
    owner: "ours" as const,
    phase: "ready" as const,
  }))
}

/** Split at the first `=`, as the scripts do. */
function linesOf(text: string): Readonly<Record<string, string>> {
  const lines = text.split("\n").filter((line) => line !== "")
  return Object.fromEntries(lines.map((line) => [line.split("=", 1)[0], line.slice(line.indexOf("=") + 1)]))
}

const sizeOf = (lines: Setting["lines"]) =>
  Object.entries(lines).reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value) + 2, 0)
