import { isFields, type Service } from "./read.ts"

/** The host's ports that a service publishes by the project's own file, from short and long forms. */
export const publishedBy = ({ ports }: Service): readonly number[] =>
  Array.isArray(ports) ? ports.flatMap((port: unknown) => rangeOf(hostPart(port))) : []

function hostPart(port: unknown): string {
  if (isFields(port)) return port.published === undefined ? "" : String(port.published)
  // Without a colon the host picks one by itself.
  const parts = String(port)
    .replace(/\/\w+$/, "")
    .split(/:(?![^{]*\})/)
  return parts.length > 1 ? (parts.at(-2) ?? "") : ""
}

function rangeOf(text: string): readonly number[] {
  const [, first, last = first] = /^(?:\$\{\w+:-)?(\d+)(?:-(\d+))?\}?$/.exec(text) ?? []
  if (first === undefined) return []
  const length = Math.min(Math.max(Number(last) - Number(first), 0), 100) + 1
  return Array.from({ length }, (_, index) => Number(first) + index)
}
