import { paginateGetParametersByPath } from "@aws-sdk/client-ssm"
import type { Cloud } from "../aws/cloud.ts"
import { parameterName } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import type { Scope } from "../engine/types.ts"

type Health = "healthy" | "unhealthy" | "unknown"

/** What a node's own watch has said last of each system; it speaks when something changes. */
export async function healthOf(ctx: Cloud, scope: Scope): Promise<Readonly<Record<string, Health>>> {
  const Path = parameterName(scope, "state", "health")
  const found = await everyItem(paginateGetParametersByPath({ client: ctx.ssm }, { Path }), (page) => page.Parameters)
  return Object.fromEntries(found.map(({ Name = "", Value = "" }) => [Name.slice(Path.length + 1), healthIn(Value)]))
}

function healthIn(text: string): Health {
  try {
    const { health }: { readonly health?: unknown } = JSON.parse(text)
    return health === "healthy" || health === "unhealthy" ? health : "unknown"
  } catch {
    return "unknown"
  }
}
