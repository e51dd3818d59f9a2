import type * as Ssm from "@aws-sdk/client-ssm"
import { type Call, handlers, Refusal } from "../../../service.ts"
import { given } from "../../given.ts"
import { notServed, refuseUnserved } from "../../unserved.ts"
import { withTags } from "../tags.ts"
import { readContent } from "./content.ts"
import { type DocumentRecord, type DocumentVersion, documentFor, documents, latestOf, versionFor } from "./records.ts"
import { describedOf } from "./view.ts"

export const documentWriteHandlers = handlers<typeof Ssm>()({
  CreateDocument: (input, call) => {
    refuseUnserved(input, ["Requires", "Attachments", "DisplayName"])
    const name = given(input.Name, "name", "ValidationException")
    // The names that AWS keeps for itself.
    if (/^(aws|amazon|amzn)/i.test(name)) throw new Refusal("ValidationException", `Document name ${name} is reserved.`)
    if (input.DocumentType !== undefined && input.DocumentType !== "Command") {
      throw notServed(`documents of the type ${input.DocumentType}`)
    }
    if (documents(call).has(name)) {
      throw new Refusal("DocumentAlreadyExists", `Document with same name ${name} already exists`)
    }
    const limit = call.quota("Documents", 500)
    if (documents(call).all().length >= limit) {
      throw new Refusal("DocumentLimitExceeded", `You have reached the limit of ${limit} documents for this account.`)
    }
    const version = versionOf(call, input, 1)
    const Tags = withTags([], input.Tags)
    const record = {
      Name: name,
      Type: "Command",
      TargetType: input.TargetType,
      Versions: [version],
      Default: 1,
      Tags,
    } as const
    documents(call).put(name, record)
    return { DocumentDescription: describedOf(call, record, version) }
  },

  UpdateDocument: (input, call) => {
    refuseUnserved(input, ["Attachments", "DisplayName"])
    const record = documentFor(call, given(input.Name, "name", "ValidationException"))
    checkNewest(record, input.DocumentVersion)
    const next = versionOf(call, input, latestOf(record).number + 1)
    if (record.Versions.some(({ content, format }) => content === next.content && format === next.format)) {
      const message =
        "The content of the association document matches another document. Change the content of the document and try again."
      throw new Refusal("DuplicateDocumentContent", message)
    }
    if (next.name !== undefined && record.Versions.some(({ name }) => name === next.name)) {
      throw new Refusal("DuplicateDocumentVersionName", `The version name ${next.name} has already been used.`)
    }
    const limit = call.quota("DocumentVersions", 1000)
    if (record.Versions.length >= limit) {
      throw new Refusal("DocumentVersionLimitExceeded", `The document has exceeded the limit of ${limit} versions.`)
    }
    const TargetType = input.TargetType ?? record.TargetType
    const changed = { ...record, TargetType, Versions: [...record.Versions, next] }
    documents(call).put(record.Name, changed)
    return { DocumentDescription: describedOf(call, changed, next) }
  },

  UpdateDocumentDefaultVersion: (input, call) => {
    const record = documentFor(call, given(input.Name, "name", "ValidationException"))
    const { number, name } = versionFor(record, given(input.DocumentVersion, "documentVersion", "ValidationException"))
    documents(call).put(record.Name, { ...record, Default: number })
    return { Description: { Name: record.Name, DefaultVersion: String(number), DefaultVersionName: name } }
  },

  DeleteDocument: (input, call) => {
    refuseUnserved(input, ["VersionName", "Force"])
    const record = documentFor(call, given(input.Name, "name", "ValidationException"))
    if (input.DocumentVersion === undefined) {
      if (record.Shared?.length)
        throw new Refusal("InvalidDocumentOperation", `Document ${record.Name} is still shared: stop sharing it first.`)
      documents(call).delete(record.Name)
      return {}
    }
    const { number } = versionFor(record, input.DocumentVersion)
    if (number === record.Default) {
      throw new Refusal("InvalidDocumentOperation", "The default version of a document can't be deleted.")
    }
    documents(call).put(record.Name, { ...record, Versions: record.Versions.filter((one) => one.number !== number) })
    return {}
  },
})

const versionOf = (
  call: Call,
  input: Ssm.CreateDocumentCommandInput | Ssm.UpdateDocumentCommandInput,
  number: number,
): DocumentVersion => {
  const format = input.DocumentFormat ?? "JSON"
  if (format !== "JSON") throw notServed(`documents written in ${format}`)
  const content = given(input.Content, "content", "ValidationException")
  readContent(call, content)
  return { number, content, format, created: call.now, name: input.VersionName }
}

/** An update is made to the newest version, and says so. */
const checkNewest = (record: DocumentRecord, asked: string | undefined): void => {
  if (asked === undefined || versionFor(record, asked) === latestOf(record)) return
  const message = `The document version is not valid or does not exist: ${asked} is not the latest version.`
  throw new Refusal("InvalidDocumentVersion", message)
}
