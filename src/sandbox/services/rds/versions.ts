import type * as rds from "@aws-sdk/client-rds"
import { type Call, handlers, Refusal } from "../../service.ts"
import { zonesOf } from "../ec2/catalog.ts"
import { notServed, refuseUnserved } from "../unserved.ts"
import {
  classes,
  type EngineVersion,
  type InstanceClass,
  runs,
  storageTypes,
  upgradesOf,
  versionOf,
  versions,
} from "./catalog.ts"
import { pageOf } from "./pages.ts"

export const versionHandlers = handlers<typeof rds>()({
  DescribeDBEngineVersions(input) {
    refuseUnserved(input, ["Filters", "ListSupportedCharacterSets", "ListSupportedTimezones"])
    const { Engine, EngineVersion: wanted, DBParameterGroupFamily: family, DefaultOnly, IncludeAll } = input
    if (Engine !== undefined && Engine !== "postgres") throw notServed(`the engine ${Engine} of RDS`)
    const open = versions.filter(({ creatable }) => creatable || IncludeAll)
    const found = open
      .filter(({ version, major }) => wanted === undefined || version === wanted || major === wanted)
      .filter((one) => family === undefined || one.family === family)
    const shown = DefaultOnly ? found.slice(-1) : found
    const { items, Marker } = pageOf(shown, ({ version }) => sortable(version), input)
    return { DBEngineVersions: items.map(view), Marker }
  },

  DescribeOrderableDBInstanceOptions(input, call) {
    refuseUnserved(input, ["Filters", "AvailabilityZoneGroup"])
    const { Engine, EngineVersion: version, DBInstanceClass: name, LicenseModel, Vpc } = input
    if (Engine !== "postgres") throw notServed(`the engine ${Engine} of RDS`)
    if (version !== undefined && !versionOf(version))
      throw new Refusal("InvalidParameterValue", `Cannot find version ${version} for ${Engine}`)
    const offered = classes
      .filter((one) => name === undefined || one.name === name)
      .flatMap((one) => optionsOf(call, one, version))
      .filter(() => LicenseModel === undefined || LicenseModel === license)
      // Outside of a VPC nothing is offered any more.
      .filter(() => Vpc !== false)
    const nameOf = (option: rds.OrderableDBInstanceOption) =>
      `${option.DBInstanceClass} ${sortable(option.EngineVersion ?? "")} ${option.StorageType}`
    const { items, Marker } = pageOf(offered, nameOf, input)
    return { OrderableDBInstanceOptions: [...items], Marker }
  },
})

export const license = "postgresql-license"

/** Names sort by letters; 15.9 comes before 15.18. */
const sortable = (version: string): string => version.replaceAll(/\d+/g, (digits) => digits.padStart(4, "0"))

const view = (one: EngineVersion): rds.DBEngineVersion => ({
  Engine: "postgres",
  MajorEngineVersion: one.major,
  EngineVersion: one.version,
  DBParameterGroupFamily: one.family,
  DBEngineDescription: "PostgreSQL",
  DBEngineVersionDescription: `PostgreSQL ${one.version}`,
  Status: one.creatable ? "available" : "deprecated",
  ExportableLogTypes: ["postgresql", "upgrade", "iam-db-auth-error"],
  SupportsLogExportsToCloudwatchLogs: true,
  SupportsReadReplica: true,
  SupportedCACertificateIdentifiers: ["rds-ca-rsa2048-g1", "rds-ca-ecc384-g1", "rds-ca-rsa4096-g1"],
  SupportsCertificateRotationWithoutRestart: true,
  ValidUpgradeTarget: upgradesOf(one).map((to) => ({
    Engine: "postgres",
    EngineVersion: to.version,
    Description: `PostgreSQL ${to.version}`,
    AutoUpgrade: false,
    IsMajorVersionUpgrade: to.major !== one.major,
  })),
})

const optionsOf = (call: Call, one: InstanceClass, wanted: string | undefined): rds.OrderableDBInstanceOption[] =>
  versions
    .filter((version) => version.creatable && runs(one, version))
    .filter(({ version }) => wanted === undefined || version === wanted)
    .flatMap(({ version }) =>
      Object.entries(storageTypes).map(([StorageType, { smallest, largest }]) => ({
        Engine: "postgres",
        EngineVersion: version,
        DBInstanceClass: one.name,
        LicenseModel: license,
        AvailabilityZones: zonesOffering(call, one).map((Name) => ({ Name })),
        MultiAZCapable: true,
        ReadReplicaCapable: true,
        Vpc: true,
        SupportsStorageEncryption: true,
        StorageType,
        SupportsIops: StorageType === "gp3",
        SupportsStorageAutoscaling: true,
        SupportsPerformanceInsights: true,
        SupportsEnhancedMonitoring: true,
        MinStorageSize: smallest,
        MaxStorageSize: largest,
      })),
    )

export const zonesOffering = (call: Call, { notIn }: InstanceClass): readonly string[] =>
  zonesOf(call.region)
    .map(({ name }) => name)
    .filter((zone) => !notIn.includes(zone))
