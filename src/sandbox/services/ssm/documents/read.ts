import type * as Ssm from "@aws-sdk/client-ssm"
import { type Call, handlers, Refusal } from "../../../service.ts"
import { given } from "../../given.ts"
import { pageByName } from "../../pages.ts"
import { refuseUnserved } from "../../unserved.ts"
import { badToken } from "../pages.ts"
import { type DocumentRecord, documentFor, documents, versionFor } from "./records.ts"
import { describedOf, statusOf } from "./view.ts"

export const documentReadHandlers = handlers<typeof Ssm>()({
  DescribeDocument: (input, call) => {
    refuseUnserved(input, ["VersionName"])
    const record = documentFor(call, given(input.Name, "name", "ValidationException"))
    return { Document: describedOf(call, record, versionFor(record, input.DocumentVersion)) }
  },

  GetDocument: (input, call) => {
    refuseUnserved(input, ["VersionName"])
    const record = documentFor(call, given(input.Name, "name", "ValidationException"))
    const version = versionFor(record, input.DocumentVersion)
    refuseUnserved({ format: input.DocumentFormat === version.format ? undefined : input.DocumentFormat }, ["format"])
    return {
      Name: record.Name,
      CreatedDate: new Date(version.created),
      DocumentVersion: String(version.number),
      VersionName: version.name,
      Status: statusOf(call, record, version),
      Content: version.content,
      DocumentType: record.Type,
      DocumentFormat: version.format,
    }
  },

  /** AWS's own documents are listed as well where nobody asks for one's own: the sandbox keeps none. */
  ListDocuments: (input, call) => {
    refuseUnserved(input, ["DocumentFilterList"])
    const tests = (input.Filters ?? []).map(testOf)
    const found = documents(call)
      .all()
      .filter((record) => tests.every((test) => test(record)))
    const wish = { size: input.MaxResults ?? 50, token: input.NextToken, refuse: badToken }
    const { items, next } = pageByName(found, ({ Name }) => Name, wish)
    return { DocumentIdentifiers: items.map((record) => identifierOf(call, record)), NextToken: next }
  },
})

const testOf = ({ Key = "", Values = [] }: Ssm.DocumentKeyValuesFilter): ((record: DocumentRecord) => boolean) => {
  if (Key === "Owner") return () => Values.some((value) => value === "Self" || value === "All")
  if (Key === "Name") return ({ Name }) => Values.some((value) => Name.startsWith(value))
  if (Key === "DocumentType") return ({ Type }) => Values.includes(Type)
  if (Key.startsWith("tag:")) {
    const key = Key.slice("tag:".length)
    return ({ Tags }) => Tags.some((tag) => tag.Key === key && Values.includes(tag.Value))
  }
  throw new Refusal("InvalidFilterKey", `The specified filter key is not valid: ${Key}.`)
}

const identifierOf = (call: Call, record: DocumentRecord): Ssm.DocumentIdentifier => {
  const {
    Name,
    CreatedDate,
    Owner,
    PlatformTypes,
    DocumentVersion,
    DocumentType,
    SchemaVersion,
    DocumentFormat,
    TargetType,
    Tags,
  } = describedOf(call, record, versionFor(record))
  return {
    Name,
    CreatedDate,
    Owner,
    PlatformTypes,
    DocumentVersion,
    DocumentType,
    SchemaVersion,
    DocumentFormat,
    TargetType,
    Tags,
  }
}
