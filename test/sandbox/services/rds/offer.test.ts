import { expect, test } from "vitest"
import { ground } from "./ground.ts"

const versions = (more: object) =>
  ground()
    .run("DescribeDBEngineVersions", { Engine: "postgres", ...more })
    .DBEngineVersions?.map(({ EngineVersion }) => EngineVersion)

test("only versions that can be created are shown, unless all are wanted", () => {
  expect(versions({ DBParameterGroupFamily: "postgres15" })).toEqual(["15.16", "15.17", "15.18"])
  expect(versions({ EngineVersion: "15", IncludeAll: true })).toEqual([
    "15.4",
    "15.9",
    "15.12",
    "15.16",
    "15.17",
    "15.18",
  ])
  expect(versions({ EngineVersion: "15.18" })).toEqual(["15.18"])
  expect(versions({ DefaultOnly: true })).toEqual(["18.4"])
  expect(versions({})?.length).toBeGreaterThan(10)
})

test("a class is offered with its storages and zones, and only where it runs the version", () => {
  const options = (more: object) =>
    ground().run("DescribeOrderableDBInstanceOptions", { Engine: "postgres", ...more }).OrderableDBInstanceOptions ?? []
  const small = options({ EngineVersion: "15.18", DBInstanceClass: "db.t3.small" })
  expect(small.map(({ StorageType }) => StorageType)).toEqual(["gp2", "gp3"])
  expect(small[0]?.AvailabilityZones?.map(({ Name }) => Name)).not.toContain("us-east-1e")
  expect(options({ EngineVersion: "15.18", DBInstanceClass: "db.m4.large" })).toEqual([])
  expect(options({ EngineVersion: "15.18", DBInstanceClass: "db.t3.small", Vpc: false })).toEqual([])
})

test("all of a long list comes page by page", () => {
  const aws = ground()
  const all: (string | undefined)[] = []
  let Marker: string | undefined
  do {
    const page = aws.run("DescribeOrderableDBInstanceOptions", { Engine: "postgres", MaxRecords: 20, Marker })
    all.push(
      ...(page.OrderableDBInstanceOptions ?? []).map((o) => `${o.DBInstanceClass} ${o.EngineVersion} ${o.StorageType}`),
    )
    Marker = page.Marker
  } while (Marker !== undefined)
  expect(all.length).toBeGreaterThan(100)
  expect(new Set(all).size).toBe(all.length)
})
