import { createHash } from "node:crypto"
import { type Fields, isFields, isText, type Service } from "./read.ts"

export interface ImageWish {
  readonly system: string
  readonly commit: string
  /** Fields of `build` instead of the project's own, such as another Dockerfile. */
  readonly builds?: Readonly<Record<string, Fields>> | undefined
}

/**
 * What is built is called after its commit and after how it is built, so that two versions are two images: the node
 * builds what it has no image of that name of.
 */
export function imageOf(wish: ImageWish, name: string, service: Service): string {
  const build = buildOf(wish, name, service)
  if (build === undefined && isText(service.image)) return service.image
  const how = createHash("sha256").update(JSON.stringify(build ?? {}))
  return `smart0dte/${wish.system}-${name}:${wish.commit}-${how.digest("hex").slice(0, 8)}`
}

/** Nothing where the image is only fetched. */
export function buildOf({ builds }: ImageWish, name: string, { build }: Service): unknown {
  const instead = builds?.[name]
  if (instead === undefined) return build
  return { ...(isText(build) ? { context: build } : isFields(build) ? build : { context: "." }), ...instead }
}
