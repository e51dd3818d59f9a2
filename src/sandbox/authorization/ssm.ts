import { tagsOf } from "../services/ec2/rules/tags.ts"
import { arnOf } from "../services/ssm/records.ts"
import { anything, both, on, type Row, type Rows, taggedAt, want } from "./needs.ts"

/** The ARN of a parameter has its name without the slash before it; a path is one, too. */
const parameter =
  (action?: string): Row =>
  (ask) =>
    [ask.input.Name, ask.input.Names, ask.input.Path]
      .flat()
      .filter((name): name is string => typeof name === "string")
      .map((name) => want(ask, arnOf(ask.call, name.replace(/\/$/, "")), { action }))

const document = on("document/{Name}")

const named: Row = (ask) => {
  const name = String(ask.input.DocumentName ?? "SSM-SessionManagerRunShell")
  const owner = /^(AWS|Amazon)/.test(name) ? "" : ask.call.account
  return [want(ask, `arn:${ask.call.partition}:ssm:${ask.call.region}:${owner}:document/${name}`)]
}

/** Nodes are known to Systems Manager by EC2's tags. */
const nodes: Row = (ask) =>
  [ask.input.InstanceIds, ask.input.Target]
    .flat()
    .filter((id): id is string => typeof id === "string")
    .map((id) => {
      const tags = tagsOf(ask.call, id)
      const context = Object.fromEntries(tags.map(({ Key, Value }) => [`ssm:resourceTag/${Key}`, Value]))
      const { account, partition, region } = ask.call
      return want(ask, `arn:${partition}:ec2:${region}:${account}:instance/${id}`, {
        tags,
        context: {
          ...context,
          "ssm:SessionDocumentAccessCheck": ask.operation === "StartSession" ? "true" : undefined,
        },
      })
    })

/** Where the output is to be kept, if anywhere. */
const keptAt: Row = (ask) => {
  const { OutputS3BucketName: bucket } = ask.input
  return typeof bucket === "string" ? [want(ask, `arn:${ask.call.partition}:s3:::${bucket}`)] : []
}

const tagging: Row = (ask) => {
  const type = ask.input.ResourceType === "Document" ? "document/" : "parameter/"
  return on(`${type}{ResourceId}`)({ ...ask, input: { ResourceId: String(ask.input.ResourceId).replace(/^\//, "") } })
}

const bornTagged: Row = (ask) =>
  taggedAt(
    "parameter/{Name}",
    "ssm:AddTagsToResource",
  )({
    ...ask,
    input: { ...ask.input, Name: String(ask.input.Name).replace(/^\//, "") },
  })

export const ssmRows: Rows = {
  AddTagsToResource: tagging,
  CancelCommand: anything(),
  CreateDocument: both(document, taggedAt("document/{Name}", "ssm:AddTagsToResource")),
  DeleteDocument: document,
  DeleteParameter: parameter(),
  DeleteParameters: parameter(),
  DescribeDocument: document,
  DescribeDocumentPermission: document,
  DescribeInstanceInformation: anything(),
  DescribeParameters: anything(),
  GetCommandInvocation: anything(),
  GetDocument: document,
  GetParameter: parameter(),
  GetParameters: parameter(),
  GetParametersByPath: parameter(),
  ListCommandInvocations: anything(),
  ListCommands: anything(),
  ListDocuments: anything(),
  ListTagsForResource: tagging,
  ModifyDocumentPermission: document,
  PutParameter: both(parameter(), bornTagged),
  RemoveTagsFromResource: tagging,
  SendCommand: both(nodes, named, keptAt),
  StartSession: both(nodes, named),
  TerminateSession: on("session/{SessionId}"),
  UpdateDocument: document,
  UpdateDocumentDefaultVersion: document,
}
