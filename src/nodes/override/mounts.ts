import { isFields, isText, type Service } from "./read.ts"

export interface Mount {
  readonly kind: "bind" | "volume" | "anonymous" | "other"
  readonly source: string | undefined
  readonly target: string
  /** As the project wrote it. */
  readonly written: unknown
}

/** The mounts of a service, from their short and long forms. */
export const mountsOf = ({ volumes }: Service): readonly Mount[] =>
  Array.isArray(volumes) ? volumes.map((written) => (isText(written) ? fromText(written) : fromFields(written))) : []

/** A folder of the project inside a container: then what runs is the folder, and not the image. */
export const isCode = ({ kind, source }: Mount): boolean =>
  kind === "bind" && source !== undefined && !source.startsWith("/")

/** What stays: no code, and nothing that only kept a part of the code's folder free. */
export function mountsKept(service: Service): readonly unknown[] {
  const mounts = mountsOf(service)
  const code = mounts.filter(isCode).map(({ target }) => `${target.replace(/\/+$/, "")}/`)
  return mounts
    .filter((mount) => !isCode(mount))
    .filter(({ kind, target }) => kind !== "anonymous" || !code.some((folder) => target.startsWith(folder)))
    .map(({ written }) => written)
}

function fromText(written: string): Mount {
  // A colon inside ${NAME:-default} separates nothing.
  const [first = "", second] = written.split(/:(?![^{]*\})/)
  if (second === undefined) return { kind: "anonymous", source: undefined, target: first, written }
  return { kind: /^[./~$]/.test(first) ? "bind" : "volume", source: first, target: second, written }
}

function fromFields(written: unknown): Mount {
  const { type, source, target } = isFields(written) ? written : {}
  const path = isText(source) ? source : undefined
  const place = isText(target) ? target : ""
  if (type === "bind") return { kind: "bind", source: path, target: place, written }
  if (type !== "volume") return { kind: "other", source: undefined, target: place, written }
  return { kind: path === undefined ? "anonymous" : "volume", source: path, target: place, written }
}
