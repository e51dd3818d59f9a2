import { UserError } from "../errors.ts"
import { environmentOf, mappedNames } from "./override/environment.ts"
import { isCode, mountsOf } from "./override/mounts.ts"
import { publishedBy } from "./override/ports.ts"
import { readCompose, type Service } from "./override/read.ts"
import { keptServices, type OverrideWish, overrideOf } from "./override.ts"

export interface Finding {
  readonly system: string
  /** Nothing where it is of the whole system. */
  readonly service?: string
  readonly what: "port" | "mount" | "reload" | "variable" | "unfit"
  /** Whether the override takes care of it; otherwise somebody must. */
  readonly handled: boolean
  readonly text: string
}

/** What there is to say of the projects' Compose files, as they are and as smart0dte would run them side by side. */
export function examine(wishes: readonly OverrideWish[]): readonly Finding[] {
  const findings = wishes.flatMap(examineOne)
  return [...findings, ...collisions(wishes.filter((wish) => !findings.some((each) => isUnfit(each, wish.system))))]
}

const isUnfit = ({ system, what }: Finding, name: string): boolean => system === name && what === "unfit"

function examineOne(wish: OverrideWish): readonly Finding[] {
  try {
    overrideOf(wish)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const text = error.hint === undefined ? error.message : `${error.message} (${error.hint})`
    return [{ system: wish.system, what: "unfit", handled: false, text }]
  }
  const kept = keptServices(readCompose(wish.compose), wish.remove)
  return Object.entries(kept).flatMap(([service, fields]) =>
    [...mounts(fields), ...reloads(fields), ...variables(wish, fields)].map((finding) => ({
      system: wish.system,
      service,
      ...finding,
    })),
  )
}

type OfService = Omit<Finding, "system" | "service">

const mounts = (service: Service): readonly OfService[] =>
  mountsOf(service)
    .filter(isCode)
    .map(({ source, target }) => ({
      what: "mount",
      handled: true,
      text: `${source} of the project lies over ${target}: left out, so that the image runs`,
    }))

const reloads = ({ command }: Service): readonly OfService[] =>
  /(^|[\s,])--reload([\s,]|$)/.test(String(command))
    ? [{ what: "reload", handled: true, text: "its command starts again at every change of a file: taken out" }]
    : []

/** What its developers' machines give it, and a node does not. */
function variables(wish: OverrideWish, service: Service): readonly OfService[] {
  const mapped = mappedNames(wish)
  return Object.entries(environmentOf(service)).flatMap(([name, value]) => {
    if (mapped.has(name)) return []
    const missing = value === undefined ? [name] : namesWithoutDefault(value)
    const gone = wish.remove.filter((removed) => new RegExp(`(^|[/@])${removed}(:|/|$)`).test(value ?? ""))
    return [
      ...missing.map((wanted) => variable(`${name} wants ${wanted}, which nothing gives it: set it in the config`)),
      ...gone.map((removed) => variable(`${name} names ${removed}, which is removed: set it in the config`)),
    ]
  })
}

const variable = (text: string): OfService => ({ what: "variable", handled: false, text })

// A default stands after a colon or a dash; two dollars are one that means itself.
const namesWithoutDefault = (value: string): readonly string[] =>
  [...value.replaceAll("$$", "").matchAll(/\$\{(\w+)\}|\$(\w+)/g)].flatMap(([, braced, bare]) => braced ?? bare ?? [])

/** Host ports that more than one project publishes, or that smart0dte would publish twice. */
function collisions(wishes: readonly OverrideWish[]): readonly Finding[] {
  const own = wishes.flatMap((wish) =>
    Object.entries(readCompose(wish.compose).services).flatMap(([service, fields]) =>
      publishedBy(fields).map((port) => ({ system: wish.system, service, port })),
    ),
  )
  const ours = wishes.flatMap((wish) =>
    Object.entries(wish.ports).map(([service, { host }]) => ({ system: wish.system, service, port: host })),
  )
  return [
    ...twice(own).map(({ system, service, port, by }) => {
      const now = wishes.find((wish) => wish.system === system)?.ports[service]?.host
      const text = `port ${port} is also published by ${by}: ${now === undefined ? "not published here" : `published as ${now}`}`
      return { system, service, what: "port" as const, handled: true, text }
    }),
    ...twice(ours).map(({ system, service, port, by }) => ({
      system,
      service,
      what: "port" as const,
      handled: false,
      text: `port ${port} is also given to ${by}: give it another in the config`,
    })),
  ]
}

interface Published {
  readonly system: string
  readonly service: string
  readonly port: number
}

const twice = (published: readonly Published[]): readonly (Published & { readonly by: string })[] =>
  published.flatMap((each, index) => {
    const first = published.findIndex(({ port }) => port === each.port)
    const other = published[first]
    return other === undefined || first === index ? [] : [{ ...each, by: `${other.system}'s ${other.service}` }]
  })
