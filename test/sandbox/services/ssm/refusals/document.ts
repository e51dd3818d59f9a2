import type { CreateDocumentCommandInput, SendCommandCommandInput } from "@aws-sdk/client-ssm"
import type { Ground } from "../ground.ts"
import { content, node, sent, withNode } from "../node.ts"
import { api, ours, type SsmRow } from "./case.ts"

const creating =
  (more: Partial<CreateDocumentCommandInput>) =>
  (aws: Ground): string =>
    aws.refused("CreateDocument", { Name: "new", Content: content(), ...more })

const holding = (more: object, lines?: readonly string[]) => creating({ Content: content(more, lines) })

const updating =
  (more: object) =>
  (aws: Ground): string =>
    withNode(aws).refused("UpdateDocument", { Name: "say", Content: content({ description: "new" }), ...more })

const invalid = "InvalidDocumentContent: The content of the document is not valid: "
const made = api("CreateDocument")

export const documentRows: readonly SsmRow[] = [
  ["a name of AWS's own for a document", "ValidationException: AWS-x is reserved", made, creating({ Name: "AWS-x" })],
  [
    "a document's name twice",
    "DocumentAlreadyExists: same name say",
    made,
    (aws) => withNode(aws).refused("CreateDocument", { Name: "say", Content: content() }),
  ],
  [
    "more documents than an account has",
    "DocumentLimitExceeded: 0",
    made,
    (aws) => {
      aws.quotas.set("Documents", 0)
      return creating({})(aws)
    },
  ],
  ["a document that is too long", "MaxDocumentSizeExceeded: 64 KB", made, holding({ description: "x".repeat(65_536) })],
  ["a document that is no JSON", `${invalid}JSON`, made, creating({ Content: "a: b" })],
  ["a list for a document", `${invalid}an object`, made, creating({ Content: "[]" })],
  ["an unknown property", `${invalid}unknown property x`, made, holding({ x: 1 })],
  ["an unknown schema", "InvalidDocumentSchemaVersion: 9.9", made, holding({ schemaVersion: "9.9" })],
  ["another schema", "NotImplemented: schema version 0.3", ours, holding({ schemaVersion: "0.3" })],
  ["no step", `${invalid}mainSteps is empty`, made, holding({ mainSteps: [] })],
  ["two steps", "NotImplemented: more than one step", ours, holding({ mainSteps: [{}, {}] })],
  ["another action", "NotImplemented: aws:x", ours, holding({ mainSteps: [{ action: "aws:x", name: "x" }] })],
  ["no action", `${invalid}action x`, made, holding({ mainSteps: [{ action: "x", name: "x" }] })],
  ["a place for no parameter", `${invalid}parameter Gone is used`, made, holding({}, ["echo {{ Gone }}"])],
  [
    "a parameter's odd name",
    `${invalid}parameter name a_b`,
    made,
    holding({ parameters: { a_b: { type: "String" } } }),
  ],
  ["a parameter of no type", `${invalid}parameter Word has the unknown`, made, holding({ parameters: { Word: {} } })],
  [
    "a default that the pattern does not allow",
    `${invalid}the default of parameter Word does not match`,
    made,
    holding({ parameters: { Word: { type: "String", default: "1", allowedPattern: "^a$" } } }),
  ],
  [
    "a pattern that is none",
    `${invalid}allowedPattern of parameter Word`,
    made,
    holding({ parameters: { Word: { type: "String", allowedPattern: "(" } } }),
  ],
  ["a document that is not there", "InvalidDocument: gone", api("UpdateDocument"), updating({ Name: "gone" })],
  ["the same content again", "DuplicateDocumentContent", api("UpdateDocument"), updating({ Content: content() })],
  [
    "a version's name twice",
    "DuplicateDocumentVersionName: first",
    api("UpdateDocument"),
    (aws) => {
      updating({})(aws)
      aws.run("UpdateDocument", { Name: "say", Content: content({ description: "2" }), VersionName: "first" })
      const Content = content({ description: "3" })
      return aws.refused("UpdateDocument", { Name: "say", Content, VersionName: "first" })
    },
  ],
  [
    "more versions than a document has",
    "DocumentVersionLimitExceeded: 1",
    api("UpdateDocument"),
    (aws) => {
      aws.quotas.set("DocumentVersions", 1)
      return updating({})(aws)
    },
  ],
  [
    "an older version's change",
    "InvalidDocumentVersion: not the latest",
    api("UpdateDocument"),
    (aws) => {
      updating({})(aws)
      return aws.refused("UpdateDocument", {
        Name: "say",
        Content: content({ description: "x" }),
        DocumentVersion: "1",
      })
    },
  ],
  [
    "a version that isn't",
    "InvalidDocumentVersion: 7",
    api("DescribeDocument"),
    (aws) => withNode(aws).refused("DescribeDocument", { Name: "say", DocumentVersion: "7" }),
  ],
  [
    "the default version's end",
    "InvalidDocumentOperation",
    api("DeleteDocument"),
    (aws) => withNode(aws).refused("DeleteDocument", { Name: "say", DocumentVersion: "1" }),
  ],
  [
    "an unknown filter of documents",
    "InvalidFilterKey: Colour",
    api("ListDocuments"),
    (aws) => aws.refused("ListDocuments", { Filters: [{ Key: "Colour", Values: ["red"] }] }),
  ],
]

const sending =
  (more: Partial<SendCommandCommandInput>) =>
  (aws: Ground): string => {
    const usual = { DocumentName: "say", InstanceIds: [node], Parameters: { Kind: ["one"] } }
    return withNode(aws).refused("SendCommand", { ...usual, ...more })
  }

const send = api("SendCommand")
const elsewhere = "i-0fedcba9876543210"

export const commandRows: readonly SsmRow[] = [
  ["an unknown document", "InvalidDocument: gone", send, sending({ DocumentName: "gone" })],
  ["a document with another hash", "InvalidDocument: hash", send, sending({ DocumentHash: "0" })],
  ["no instance", "InvalidInstanceId", send, sending({ InstanceIds: [] })],
  ["an unknown instance", "InvalidInstanceId: not in a valid state", send, sending({ InstanceIds: [elsewhere] })],
  [
    "an instance that is stopped",
    "InvalidInstanceId: not in a valid state",
    send,
    (aws) => {
      withNode(aws)
      aws.put("ec2/instance@us-east-1", node, { id: node, states: [[0, "stopped"]] })
      return aws.refused("SendCommand", { DocumentName: "say", InstanceIds: [node], Parameters: { Kind: ["one"] } })
    },
  ],
  [
    "an instance that has just been started anew",
    "InvalidInstanceId: not in a valid state",
    send,
    (aws) => {
      withNode(aws, { rebooted: Date.UTC(2026, 10, 21) })
      const wish = { DocumentName: "say", InstanceIds: [node], Parameters: { Kind: ["one"] } }
      aws.pass(14)
      const refused = aws.refused("SendCommand", wish)
      aws.pass(1)
      aws.run("SendCommand", wish)
      return refused
    },
  ],
  ["an instance twice", "DuplicateInstanceId", send, sending({ InstanceIds: [node, node] })],
  ["an unknown parameter", "InvalidParameters: [Colour]", send, sending({ Parameters: { Colour: ["red"] } })],
  ["no value where one is needed", 'InvalidParameters: "Kind" requires', send, sending({ Parameters: {} })],
  ["two values for one", "InvalidParameters: one value", send, sending({ Parameters: { Kind: ["one", "two"] } })],
  ["a value that is not allowed", "InvalidParameters: [one, two]", send, sending({ Parameters: { Kind: ["six"] } })],
  [
    "a value that the pattern does not allow",
    "InvalidParameters: ^[a-z]+$",
    send,
    sending({ Parameters: { Kind: ["one"], Word: ["; rm"] } }),
  ],
  [
    "to ask at once",
    "InvocationDoesNotExist",
    api("GetCommandInvocation"),
    (aws) => {
      const Parameters = { Kind: ["one"] }
      const { Command } = withNode(aws).run("SendCommand", { DocumentName: "say", InstanceIds: [node], Parameters })
      return aws.refused("GetCommandInvocation", { CommandId: Command?.CommandId, InstanceId: node })
    },
  ],
  [
    "another plugin's output",
    "InvalidPluginName: other",
    api("GetCommandInvocation"),
    (aws) => {
      const CommandId = sent(withNode(aws))
      return aws.refused("GetCommandInvocation", { CommandId, InstanceId: node, PluginName: "other" })
    },
  ],
  [
    "an unknown command",
    "InvalidCommandId: gone",
    api("CancelCommand"),
    (aws) => aws.refused("CancelCommand", { CommandId: "gone" }),
  ],
  [
    "an instance that has no part in it",
    "InvalidInstanceId",
    api("CancelCommand"),
    (aws) => aws.refused("CancelCommand", { CommandId: sent(withNode(aws)), InstanceIds: [elsewhere] }),
  ],
  [
    "an unknown filter of commands",
    "InvalidFilterKey: Colour",
    api("ListCommands"),
    (aws) => {
      withNode(aws)
      // The client's type knows better.
      const Filters = [{ key: "Colour" as "Status", value: "red" }]
      return aws.refused("ListCommands", { Filters })
    },
  ],
  [
    "a session to what is not there",
    "TargetNotConnected",
    api("StartSession"),
    (aws) => aws.refused("StartSession", { Target: elsewhere }),
  ],
  [
    "a session with a command's document",
    "InvalidDocument: type of say",
    api("StartSession"),
    (aws) => withNode(aws).refused("StartSession", { Target: node, DocumentName: "say" }),
  ],
  [
    "a session with a port that is none",
    "ValidationException: portNumber",
    api("StartSession"),
    (aws) =>
      withNode(aws).refused("StartSession", {
        Target: node,
        DocumentName: "AWS-StartPortForwardingSession",
        Parameters: { portNumber: ["99999"] },
      }),
  ],
  [
    "deleting a document that others may still run",
    "InvalidDocumentOperation: still shared",
    api("DeleteDocument"),
    (aws) => {
      withNode(aws).run("ModifyDocumentPermission", { Name: "say", PermissionType: "Share", AccountIdsToAdd: ["all"] })
      return aws.refused("DeleteDocument", { Name: "say" })
    },
  ],
  [
    "sharing a document with more accounts than may be",
    "DocumentPermissionLimit: 1 accounts",
    api("ModifyDocumentPermission"),
    (aws) => {
      aws.quotas.set("DocumentShares", 1)
      const AccountIdsToAdd = ["444455556666", "777788889999"]
      return withNode(aws).refused("ModifyDocumentPermission", {
        Name: "say",
        PermissionType: "Share",
        AccountIdsToAdd,
      })
    },
  ],
]
