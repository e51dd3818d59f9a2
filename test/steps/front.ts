import { RunInstancesCommand } from "@aws-sdk/client-ec2"
import type { Session } from "../../src/aws/clients.ts"
import { idOf } from "../../src/aws/ids.ts"
import { step } from "../../src/aws/step.ts"
import { images } from "../../src/sandbox/services/ec2/catalog.ts"
import { accessLogsBucket } from "../../src/steps/bucket.ts"
import { instanceKind } from "../../src/steps/instance.ts"
import { internetGateway } from "../../src/steps/internet-gateway.ts"
import { loadBalancer } from "../../src/steps/load-balancer.ts"
import { securityGroup } from "../../src/steps/security-group.ts"
import { subnet } from "../../src/steps/subnet.ts"
import { targetGroup } from "../../src/steps/target-group.ts"
import { there } from "./bench.ts"
import { main, outside, scope, zones } from "./network.ts"

// What a front is made of, on what most things stand on.
export const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
const other = subnet({ scope, name: "public-b", cidr: "10.20.11.0/24", vpc: main, zones, zone: 1 })
const group = securityGroup({ scope, name: "front", description: "front", vpc: main, ports: [], reachesOut: true })

export const logs = accessLogsBucket({ place, scope })
export const balancer = loadBalancer({
  scope,
  name: "main",
  subnets: [outside, other],
  group,
  gateway: internetGateway({ scope, name: "main", vpc: main }),
  logs,
})

/** A machine as it comes: of it, only that it is there matters here. */
const machine = step({
  kind: { ...instanceKind, name: "machine" },
  name: "node",
  scope,
  needs: { outside },
  spec: {},
  async read(ctx, { outside }) {
    const id = outside && machines.get(ctx as Session)
    return id ? { live: { ...instanceKind.blank, id }, owner: "ours", phase: "ready" } : undefined
  },
  async create(ctx, { outside }) {
    const ImageId = there(images.find(({ architecture }) => architecture === "x86_64")).id
    const one = { ImageId, InstanceType: "t3.small" as const, MinCount: 1, MaxCount: 1, SubnetId: outside.id }
    const { Instances: [made] = [] } = await ctx.ec2.send(new RunInstancesCommand(one))
    machines.set(ctx as Session, idOf("i", made?.InstanceId))
    await ctx.clock.sleep(60_000)
  },
})
const machines = new Map<Session, `i-${string}`>()

export const group3000 = targetGroup({
  scope,
  name: "smart-0dte-frontend",
  vpc: main,
  port: 3000,
  path: "/",
  codes: "200-399",
  instance: machine,
})
export const group8000 = targetGroup({
  scope,
  name: "smart-0dte-backend",
  vpc: main,
  port: 8000,
  path: "/readyz",
  codes: "200",
  instance: machine,
})
