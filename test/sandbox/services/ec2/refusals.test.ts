import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { network } from "./network.ts"
import { catalogRows } from "./refusals/catalog.ts"
import { diskRows } from "./refusals/disk.ts"
import { endpointRows } from "./refusals/endpoint.ts"
import { gatewayRows } from "./refusals/gateway.ts"
import { groupRows } from "./refusals/group.ts"
import { idRows } from "./refusals/id.ts"
import { instanceRows } from "./refusals/instance.ts"
import { flowLogRows, keyRows } from "./refusals/key.ts"
import { launchRows } from "./refusals/launch.ts"
import { publicAddressRows } from "./refusals/public-address.ts"
import { quotaRows } from "./refusals/quota.ts"
import { routeRows } from "./refusals/route.ts"
import { ruleRows } from "./refusals/rule.ts"
import { subnetRows } from "./refusals/subnet.ts"
import { tagRows } from "./refusals/tag.ts"
import { volumeRows } from "./refusals/volume.ts"
import { vpcRows } from "./refusals/vpc.ts"

const rows = [
  ...vpcRows,
  ...tagRows,
  ...subnetRows,
  ...gatewayRows,
  ...publicAddressRows,
  ...routeRows,
  ...endpointRows,
  ...groupRows,
  ...ruleRows,
  ...launchRows,
  ...diskRows,
  ...volumeRows,
  ...instanceRows,
  ...catalogRows,
  ...quotaRows,
  ...idRows,
  ...keyRows,
  ...flowLogRows,
]

describe("refused as on AWS", () => {
  test.each(rows)("%s: %s (%s)", (_what, refusal, _source, attempt) => {
    const [code = "", says = ""] = refusal.split(/: (.*)/s)
    const answer = attempt(network())
    expect(answer.slice(0, answer.indexOf(": "))).toBe(code)
    expect(answer).toContain(says)
  })
})

/** A refusal that no row tries is one that nobody has seen. */
test("every refusal in the source stands in the table", () => {
  const folder = new URL("../../../../src/sandbox/services/ec2/", import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"))
  const written = files.flatMap((name) => {
    const text = readFileSync(new URL(name, folder), "utf8")
    return [...text.matchAll(/(?:Refusal\(\s*|notFound: |malformed: |refusal: |Code: )"([A-Z][\w.]+)"/g)].map(
      (found) => found[1],
    )
  })
  const tried = new Set(rows.map(([, refusal]) => refusal.split(": ")[0]))
  expect([...new Set(written)].filter((code) => !tried.has(code))).toEqual([])
})
