import type { Place } from "../aws/cloud.ts"
import type { Need } from "../aws/step.ts"
import type { GatewayConfig, LiveConfig, SystemsConfig } from "../config/settings.ts"
import type { AnyStep, Scope } from "../engine/types.ts"
import { checkout } from "../nodes/checkout.ts"
import { databases } from "../nodes/databases.ts"
import {
  composeDocument,
  execDocument,
  haltDocument,
  releaseDocument,
  resumeDocument,
  switchLiveDocument,
  switchPaperDocument,
} from "../nodes/documents.ts"
import { filesOfNodes } from "../nodes/files.ts"
import { images } from "../nodes/images.ts"
import { influx } from "../nodes/influx.ts"
import { usualPorts } from "../nodes/modes.ts"
import { node } from "../nodes/node.ts"
import type { OnNode } from "../nodes/on-node.ts"
import { overrideFile } from "../nodes/override-file.ts"
import { planOf, type SystemPlan } from "../nodes/plan.ts"
import { gatewaySettingText } from "../nodes/setting.ts"
import { system } from "../nodes/system.ts"
import { systemFacts, systems } from "../nodes/systems.ts"
import { choice } from "../steps/choice.ts"
import { document } from "../steps/document.ts"
import { nodeFiles } from "../steps/node-files.ts"
import { setting } from "../steps/setting.ts"
import { trading } from "../steps/trading.ts"

export interface SystemsWish {
  /** What is said of the two systems; one that is not enabled is left out. */
  readonly systems: SystemsConfig
  /** Left out, no gateway runs. */
  readonly gateway?: GatewayConfig
  readonly live?: Pick<LiveConfig, "account">
}

interface Kept {
  readonly arn: string
}

export interface SystemsGiven extends SystemsWish {
  readonly place: Place
  readonly scope: Scope
  readonly bucket: Need<{ readonly bucket: string }>
  readonly instance: OnNode["instance"]
  /** That of the time series. */
  readonly volume: Need<{ readonly id: string }>
  readonly database: Need<{ readonly address: string; readonly port: number; readonly masterSecret: string }>
  readonly cache?: Need<{ readonly address: string; readonly port: number }> | undefined
  readonly secrets?: readonly Need<Kept>[]
}

/** What runs on the node: the two systems, and what both of them use there. */
export function systemsOf(given: SystemsGiven) {
  const { scope, place, instance } = given
  const wanted = systems.filter((name) => given.systems[name]?.enabled ?? true)
  const files = filesOfNodes()
  const stored = nodeFiles({ scope, name: "main", bucket: given.bucket, ...files })
  const release = document({ scope, name: "release", content: releaseDocument })
  const others = Object.entries(powers).map(([name, content]) => document({ scope, name, content }))
  const on: OnNode = { scope, instance, release, files }
  // A node says of itself that it has started, whatever it is to run.
  if (wanted.length === 0) return { files, systems: [], steps: [node({ ...on, stored })] }
  const shared = sharedOf({ ...given, on, stored, wanted })
  const running = wanted.map((name) =>
    systemOf(
      { on, ...shared, trading: trading({ scope, system: name, bucket: given.bucket, instance }) },
      planOf(scope, place, name, given.systems[name] ?? {}, given.gateway),
      given.systems[name]?.ref,
    ),
  )
  const steps: readonly AnyStep[] = [stored, release, ...others, ...shared.steps, ...running]
  return { files, systems: running, steps }
}

/** What a node can be told besides a release, each by a document of its own: who may run it is said of each alone. */
const powers: Readonly<Record<string, object>> = {
  compose: composeDocument,
  exec: execDocument,
  halt: haltDocument,
  resume: resumeDocument,
  "switch-live": switchLiveDocument,
  "switch-paper": switchPaperDocument,
}

interface SharedGiven extends SystemsGiven {
  readonly on: OnNode
  readonly stored: Need<object>
  readonly wanted: readonly (keyof typeof systemFacts)[]
}

/** What both systems of a node use. */
function sharedOf(given: SharedGiven) {
  const { on, stored, wanted, volume, database, cache, secrets = [] } = given
  const { scope } = on
  const names = wanted.map((name) => `database.${name}=${systemFacts[name].database}\n`).join("")
  const main = node({ ...on, stored })
  const early = setting({
    scope,
    name: "node",
    folder: "settings",
    needs: { volume },
    text: ({ volume }) => `${names}influxVolume=${volume.id}\n`,
  })
  const data = setting({
    scope,
    name: "data",
    folder: "settings",
    needs: { database },
    text: ({ database: { address, port, masterSecret } }) =>
      `${names}databaseHost=${address}\ndatabasePort=${port}\nmasterSecret=${masterSecret}\n`,
  })
  // By itself: what is made in the database waits for no cache, nor for one that another comes in place of.
  const near =
    cache &&
    setting({
      scope,
      name: "cache",
      folder: "settings",
      needs: { cache },
      text: ({ cache: { address, port } }) => `cacheHost=${address}\ncachePort=${port}\n`,
    })
  const gateway = setting({
    scope,
    name: "gateway",
    folder: "settings",
    needs: {},
    text: () => gatewaySettingText({ ...usualPorts, ...given.gateway, ...given.live }),
  })
  const kept = influx({ ...on, node: main, setting: early, secrets })
  const made = databases({ ...on, node: main, data, secrets })
  const after: readonly Need<object>[] = [kept, made]
  // Each volume has tokens of its own: what runs is told of another one, too.
  const places = near ? [early, data, near, gateway] : [early, data, gateway]
  return { main, places, after, steps: [main, ...places, kept, made] }
}

interface Beneath {
  readonly on: OnNode
  readonly main: Need<object>
  readonly places: ReturnType<typeof sharedOf>["places"]
  readonly after: readonly Need<object>[]
  /** Without a record of how it trades, a node starts nothing that trades. */
  readonly trading: Need<object>
}

function systemOf({ on, main, places, after, trading }: Beneath, plan: SystemPlan, given: string | undefined) {
  const { scope } = on
  const { system: name, settings, settingFor, overrideFor } = plan
  // Which ref it was is kept: a release that names another one need not be said again.
  const ref = choice({ scope, name: `ref-${name}`, asks: 0, pick: async () => "main", value: given })
  const told = setting({
    scope,
    name,
    folder: "systems",
    needs: { ref },
    text: ({ ref }) => settingFor(ref.value),
  })
  const source = checkout({ ...on, system: name, node: main, setting: told })
  const override = overrideFile({ scope, system: name, checkout: source, settings, make: overrideFor })
  const built = images({ ...on, system: name, checkout: source, override })
  return system({
    ...on,
    system: name,
    checkout: source,
    override,
    images: built,
    setting: told,
    places,
    after: [...after, trading],
  })
}
