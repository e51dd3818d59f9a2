import { parse, stringify } from "yaml"
import type { Fields } from "../compose/fields.ts"
import { listOf, objectAt } from "../compose/fields.ts"
import { Fault } from "../context.ts"
import { LABEL, PORT_LABEL, type RealEngine } from "./engine.ts"
import { ownImage, ownName } from "./names.ts"

/**
 * A node's Compose file as it can stand beside others on one engine. A node's address is none of this machine's: what it
 * publishes there is published on the loopback, at a port that the engine picks, and found again by a label.
 */
export function fittedFile(engine: RealEngine, text: string): string {
  const file = objectAt(parse(text, { merge: true }), "top-level object")
  const each = (list: unknown, change: (one: Fields) => Fields) =>
    Object.fromEntries(
      Object.entries(objectAt(list ?? {}, "")).map(([name, one]) => [name, change(objectAt(one ?? {}, name))]),
    )
  const networks = each(file.networks, (one) =>
    one.external === true ? { ...one, name: ownName(engine, String(one.name)) } : one,
  )
  return stringify({ ...file, services: each(file.services, (one) => fitted(engine, one)), networks })
}

function fitted(engine: RealEngine, service: Fields): Fields {
  const ports = listOf(service.ports).map(published)
  const labels = ports.map(({ inside, port }) => `${PORT_LABEL}${port}=${inside}`)
  return {
    ...service,
    ...(typeof service.image === "string" && { image: ownImage(engine, service.image) }),
    ...(ports.length > 0 && { ports: ports.map(({ inside }) => `127.0.0.1::${inside}`) }),
    labels: [...labelsOf(service.labels), `${LABEL}=${engine.prefix}`, ...labels],
    // The logs of AWS are no more here than AWS is.
    logging: { driver: "json-file", options: { "max-size": "10m", "max-file": "3" } },
  }
}

function published(given: unknown): { readonly port: string; readonly inside: string } {
  const [, port, inside] = /^[\d.]+:(\d+):(\d+)$/.exec(String(given)) ?? []
  if (port === undefined || inside === undefined)
    throw new Fault(`the sandbox publishes ports of the form ADDRESS:PORT:PORT, and not "${given}"`, 125)
  return { port, inside }
}

const labelsOf = (given: unknown): readonly string[] =>
  Array.isArray(given)
    ? given.map(String)
    : Object.entries(objectAt(given ?? {}, "labels")).map(([name, value]) => `${name}=${value}`)
