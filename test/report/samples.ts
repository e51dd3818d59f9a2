import type { StepRef } from "../../src/engine/events.ts"
import type { PlanResult, PricedRow, StatusResult } from "../../src/report/results.ts"

export const place = { environment: "poc", account: "123456789012", region: "us-east-1" }

export const ref = (key: string): StepRef => {
  const [kind = "", name = ""] = key.split("/")
  return { key, kind, name, scope: "poc" }
}

export const row = (key: string, more: Partial<PricedRow>): PricedRow => ({
  step: ref(key),
  action: "same",
  changes: [],
  holdsData: false,
  fields: {},
  prices: [],
  pricesNow: [],
  usual: 5,
  monthlyUsd: 0,
  monthlyUsdNow: 0,
  ...more,
})

/** One row of every sort that a plan can have. */
export const plan: PlanResult = {
  type: "plan",
  ...place,
  command: "deploy",
  rows: [
    row("vpc/main", { phase: "ready" }),
    row("subnet/public-a", {
      action: "create",
      fields: { id: "subnet-new", cidr: "10.20.10.0/24", vpcId: "vpc-new", zone: "", publicByDefault: false },
    }),
    row("security-group/app", {
      action: "update",
      cause: "drift",
      changes: [
        {
          field: "ingress",
          live: [{ from: 22, to: 22, peer: "0.0.0.0/0" }],
          want: [{ from: 3000, to: 3001, peer: "sg-0a1b2c3d4e5f60718" }],
          cause: "drift",
        },
      ],
    }),
    row("instance/node", {
      action: "replace",
      cause: "pending",
      because: "subnet/public-a is replaced",
      changes: [{ field: "instanceType", live: "t3.large", want: "t3.xlarge", cause: "pending" }],
      monthlyUsd: 131.57,
      monthlyUsdNow: 70.84,
    }),
    row("bucket/flow-logs", { action: "destroy", holdsData: true, monthlyUsdNow: 1.5 }),
    row("key-pair/node", { action: "leftover", because: "it is no longer part of the environment" }),
    row("role/node", { action: "blocked", because: "something of this name is there that is not ours" }),
  ],
  summary: {
    monthlyUsd: 131.57,
    monthlyUsdNow: 72.34,
    create: 1,
    update: 1,
    replace: 1,
    adopt: 0,
    destroy: 1,
    leftover: 1,
    blocked: 1,
    same: 1,
    apiCalls: 24,
  },
  notPriced: [],
  notIncluded: ["traffic to the internet (0.09 USD per GB)"],
  notes: [],
}

export const status: StatusResult = {
  type: "status",
  ...place,
  systems: [
    {
      system: "smart-0dte",
      node: "i-0a1b2c3d4e5f60718",
      trader: true,
      health: "healthy",
      mode: "development",
      trading: "active",
      commit: "3f786850e387550fdab836ed7e6dc881de23001b",
      digest: "sha256:0f",
      url: "http://balancer.example:3000",
      note: undefined,
    },
    {
      system: "mag7-7dte",
      node: "i-0a1b2c3d4e5f60718",
      trader: true,
      health: "unhealthy",
      mode: "development",
      trading: "active",
      commit: "",
      digest: "",
      url: "",
      note: "on node i-0a1b2c3d4e5f60718: backend exited with 1\nModuleNotFoundError: app.core",
    },
  ],
  rows: [
    { step: "vpc/main", state: "ready", id: "vpc-0a1b2c3d4e5f60718", note: undefined },
    { step: "security-group/load-balancer", state: "pending", id: "sg-0a1b2c3d4e5f60718", note: undefined },
    { step: "instance/node", state: "missing", id: "", note: "newer wish: diskGb" },
  ],
  outputs: { vpcId: "vpc-0a1b2c3d4e5f60718", zones: "us-east-1a,us-east-1b" },
  monthlyUsd: 168.07,
  next: ["smart0dte plan single"],
}
