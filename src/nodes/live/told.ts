import { GetParameterCommand } from "@aws-sdk/client-ssm"
import type { Cloud } from "../../aws/cloud.ts"
import { parameterName } from "../../aws/names.ts"
import { linesOf } from "../../aws/secrets/lines.ts"
import { listSecrets } from "../../aws/secrets/list-secrets.ts"
import { NotFound } from "../../errors.ts"
import { type System, systemFacts } from "../systems.ts"
import type { Limits } from "../variables.ts"
import type { GatewayFacts } from "./facts.ts"
import { limitsIn } from "./limits.ts"

// What nodes are told stands in parameters: it counts, and not what a configuration on some machine says.

export interface Told {
  readonly limits: Limits | undefined
  /** The keys that it is given and cannot do without. */
  readonly keys: readonly string[]
}

export async function toldTo(cloud: Cloud, scope: string, system: System): Promise<Told> {
  const lines = linesOf(await parameterOf(cloud, scope, "systems", system))
  const told = (name: string) => lines[`mode.live.variable.${name}`] ?? lines[`variable.${name}`] ?? ""
  const limits = limitsIn(["DAILY_LOSS_LIMIT", "DEFAULT_POSITION_SIZE", "MAX_POSITIONS_PER_USER"].map(told).join("/"))
  const inLive = Object.entries(lines).filter(([name]) => !/^mode\.(development|testing)\./.test(name))
  const keys = inLive.flatMap(([, value]) => secretsIn(value, system))
  return { limits, keys: [...new Set(keys)].filter((name) => !systemFacts[system].secrets.includes(name)) }
}

const secretsIn = (value: string, system: System): readonly string[] =>
  [...value.matchAll(/\{secret:([^{}#]+)#([^{}#]+)\}/g)].flatMap(([, secret, name = ""]) =>
    secret === `${system}/keys` ? [name] : [],
  )

export interface KeysFacts {
  /** Such as `smart-0dte/keys POLYGON_API_KEY`. */
  readonly unset: ReadonlySet<string>
  /** Lines without a value of the live account's; nothing where there is no such secret. */
  readonly credentials: readonly string[] | undefined
}

/** From tags: no value is read for it. */
export async function keysFacts(cloud: Cloud, scope: string): Promise<KeysFacts> {
  const all = await listSecrets(cloud, scope)
  const live = all.filter(({ secret }) => secret === "broker-live/keys")
  return {
    unset: new Set(all.filter(({ unset }) => unset).map(({ secret, line }) => `${secret} ${line}`)),
    credentials: live.length === 0 ? undefined : live.filter(({ unset }) => unset).map(({ line }) => line),
  }
}

export async function gatewayFacts(cloud: Cloud, scope: string, configured: string | undefined): Promise<GatewayFacts> {
  const { image = "", account = "", approval } = linesOf(await parameterOf(cloud, scope, "settings", "gateway"))
  return { image, account, approval: approval === "required" ? approval : "optional", configured }
}

async function parameterOf(cloud: Cloud, scope: string, ...path: readonly [string, string]): Promise<string> {
  try {
    const { Parameter } = await cloud.ssm.send(new GetParameterCommand({ Name: parameterName(scope, ...path) }))
    return Parameter?.Value ?? ""
  } catch (error) {
    if (error instanceof NotFound) return ""
    throw error
  }
}
