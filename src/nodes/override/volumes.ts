import { mountsOf } from "./mounts.ts"
import { type ComposeFile, type Fields, isFields, type Service } from "./read.ts"

/** The named volumes that are still used. Names of their own would be shared by both systems of a node. */
export function volumesOf(project: ComposeFile, services: readonly Service[]): Fields | undefined {
  const named = services.flatMap((service) => mountsOf(service).filter(({ kind }) => kind === "volume"))
  const used = [...new Set(named.flatMap(({ source }) => source ?? []))]
  if (used.length === 0) return undefined
  return Object.fromEntries(used.map((name) => [name, unshared(project.volumes[name])]))
}

export function unshared(declared: unknown): Fields {
  if (!isFields(declared)) return {}
  const { name: _name, external: _external, ...rest } = declared
  return rest
}
