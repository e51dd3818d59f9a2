import { afterAll, beforeAll } from "vitest"
import { openCloud, type Session } from "../../src/aws/clients.ts"
import { scaledClock } from "../../src/aws/clock.ts"
import type { Cloud } from "../../src/aws/cloud.ts"
import { kindsOf } from "../../src/blueprints/kinds.ts"
import { systemsOf } from "../../src/blueprints/systems.ts"
import type { SystemsConfig } from "../../src/config/settings.ts"
import { type ApplyOptions, apply } from "../../src/engine/apply.ts"
import { destroy } from "../../src/engine/destroy.ts"
import { observe } from "../../src/engine/observe.ts"
import type { Run } from "../../src/engine/run.ts"
import type { Blueprint } from "../../src/engine/types.ts"
import { filesOfNodes } from "../../src/nodes/files.ts"
import { type InProcess, inProcess } from "../../src/sandbox/in-process.ts"
import { services } from "../../src/sandbox/services/index.ts"
import { stateBucket } from "../../src/steps/bucket.ts"
import { image, zones } from "../../src/steps/choice.ts"
import { instance } from "../../src/steps/instance.ts"
import { instanceProfile } from "../../src/steps/instance-profile.ts"
import { internetGateway } from "../../src/steps/internet-gateway.ts"
import { nodeRole } from "../../src/steps/role.ts"
import { routeTable } from "../../src/steps/route-table.ts"
import { securityGroup } from "../../src/steps/security-group.ts"
import { subnet } from "../../src/steps/subnet.ts"
import { vpc } from "../../src/steps/vpc.ts"
import { standIn, there } from "../steps/bench.ts"
import { type Obedient, obedient } from "./obedient.ts"

const kinds = kindsOf("environment")

const speed = 1000
const scope = "poc"
export const place = { account: "111122223333", partition: "aws", region: "us-east-1" } as const

/** One node with an obedient machine inside, and the engine on it. */
export interface NodeGround {
  readonly cloud: Session
  readonly sandbox: InProcess
  readonly machine: Obedient
  blueprint(systems?: SystemsConfig): Blueprint<Cloud>
  deploy(systems?: SystemsConfig, options?: ApplyOptions): ReturnType<typeof apply>
  look(systems?: SystemsConfig): ReturnType<typeof observe>
  takeDown(): ReturnType<typeof destroy>
}

export function nodeGround(): NodeGround {
  const opened: { sandbox?: InProcess; session?: Session } = {}
  const machine = obedient()
  beforeAll(async () => {
    const options = { account: place.account, region: place.region, machines: () => machine }
    opened.sandbox = await inProcess({ services: services(), speed, ...options })
    const { url, accessKeyId, secretAccessKey, region } = opened.sandbox.connection
    const at = { region, endpoint: url, onlyOrigin: url, credentials: { accessKeyId, secretAccessKey } }
    // What a program takes of real time is waited for as the command line does it.
    opened.session = await openCloud({ ...at, clock: { ...scaledClock(speed), patience: speed * 120_000 } })
  })
  afterAll(async () => {
    opened.session?.close()
    await opened.sandbox?.close()
  })
  const cloud = () => there(opened.session)
  return {
    get cloud() {
      return cloud()
    },
    get sandbox() {
      return there(opened.sandbox)
    },
    machine,
    blueprint: (systems) => blueprintOf(systems),
    deploy: (systems, options = {}) => apply(runOn(cloud()), blueprintOf(systems), kinds, options),
    look: (systems) => observe(cloud(), blueprintOf(systems), kinds),
    takeDown: () => destroy(runOn(cloud()), blueprintOf(), kinds, { purge: true }),
  }
}

/** As little around a node as it takes to reach it. */
function blueprintOf(systems: SystemsConfig = {}): Blueprint<Cloud> {
  const bucket = stateBucket(place)
  const instanceType = "t3.xlarge"
  const main = vpc({ scope, name: "main", cidr: "10.20.0.0/16" })
  const chosen = zones({ scope, instanceType })
  const home = subnet({ scope, name: "a", cidr: "10.20.1.0/24", vpc: main, zones: chosen, zone: 0 })
  const gateway = internetGateway({ scope, name: "main", vpc: main })
  const node = instance({
    scope,
    name: "node",
    instanceType,
    diskGb: 30,
    publicAddress: true,
    image: image({ scope, instanceType }),
    subnet: home,
    group: securityGroup({ scope, name: "app", description: "app", vpc: main, ports: [], reachesOut: true }),
    profile: instanceProfile({ scope, name: "node", role: nodeRole({ place, scope, name: "node" }) }),
    wayOut: routeTable({ scope, name: "public", vpc: main, subnets: [home], wayOut: gateway }),
    boot: { bucket: bucket.spec.bucket, files: filesOfNodes().sha },
  })
  const running = systemsOf({
    place,
    scope,
    systems,
    bucket,
    instance: node,
    volume: standIn({ id: "vol-1" }),
    database: standIn({ address: "db.example", port: 5432, masterSecret: "arn:master" }),
  })
  return { name: "node", scopes: [scope], steps: [bucket, node, ...running.steps] }
}

const nonces = new Map<string, number>()

function runOn(ctx: Session): Run<Session> {
  return {
    ctx,
    clock: ctx.clock,
    stop: new AbortController().signal,
    report: () => {},
    journal: {
      open: async (_, key) => ({ nonce: `${key} ${nonces.get(key) ?? 0}`, earlier: false }),
      close: (_, key) => void nonces.set(key, (nonces.get(key) ?? 0) + 1),
    },
    former: { load: async () => undefined, save: async () => {}, forget: async () => {} },
  }
}
