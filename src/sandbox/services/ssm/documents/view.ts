import { createHash } from "node:crypto"
import type * as Ssm from "@aws-sdk/client-ssm"
import type { Call } from "../../../service.ts"
import { seconds } from "../../ec2/rules/timeline.ts"
import { readContent } from "./content.ts"
import { type DocumentRecord, type DocumentVersion, latestOf } from "./records.ts"

/** A new version can be used at once, but is shown as being made for a moment. */
const birth = seconds(2)

export const describedOf = (call: Call, record: DocumentRecord, version: DocumentVersion): Ssm.DocumentDescription => {
  const { description, parameters, schemaVersion } = readContent(call, version.content)
  return {
    Name: record.Name,
    Owner: call.account,
    Author: call.account,
    CreatedDate: new Date(version.created),
    Status: statusOf(call, record, version),
    DocumentVersion: String(version.number),
    DefaultVersion: String(record.Default),
    LatestVersion: String(latestOf(record).number),
    ...(version.name !== undefined && { VersionName: version.name }),
    Description: description,
    Hash: hashOf(version.content),
    HashType: "Sha256",
    Parameters: Object.entries(parameters).map(([Name, one]) => ({
      Name,
      Type: one.type === "String" ? "String" : "StringList",
      Description: one.description,
      DefaultValue:
        one.default === undefined || typeof one.default === "string" ? one.default : JSON.stringify(one.default),
    })),
    PlatformTypes: ["Linux", "MacOS"],
    DocumentType: record.Type,
    DocumentFormat: version.format,
    SchemaVersion: schemaVersion,
    ...(record.TargetType !== undefined && { TargetType: record.TargetType }),
    Tags: [...record.Tags],
  }
}

/** The hash is over the content as it was sent. */
export const hashOf = (content: string): string => createHash("sha256").update(content).digest("hex")

export const statusOf = (call: Call, record: DocumentRecord, version: DocumentVersion): Ssm.DocumentStatus => {
  if (call.now >= version.created + birth) return "Active"
  return record.Versions[0] === version ? "Creating" : "Updating"
}
