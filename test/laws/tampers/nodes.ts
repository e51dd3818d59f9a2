import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3"
import {
  GetParameterCommand,
  ModifyDocumentPermissionCommand,
  PutParameterCommand,
  UpdateDocumentCommand,
  UpdateDocumentDefaultVersionCommand,
} from "@aws-sdk/client-ssm"
import type { Session } from "../../../src/aws/clients.ts"
import { stateBucketName } from "../../../src/aws/names.ts"
import { checkoutKind } from "../../../src/nodes/checkout.ts"
import { databasesKind } from "../../../src/nodes/databases.ts"
import { imagesKind } from "../../../src/nodes/images.ts"
import { influxKind } from "../../../src/nodes/influx.ts"
import { nodeKind } from "../../../src/nodes/node.ts"
import { overrideKind } from "../../../src/nodes/override-file.ts"
import type { Report } from "../../../src/nodes/report.ts"
import { systemKind } from "../../../src/nodes/system.ts"
import { documentKind } from "../../../src/steps/document.ts"
import { nodeFilesKind } from "../../../src/steps/node-files.ts"
import { settingKind } from "../../../src/steps/setting.ts"
import { tampersOf } from "./table.ts"

const name = "it is the name, and nothing is renamed"
const instance = "who speaks is who writes it: the law would need a second node"

/** Writes over what a node has said. */
const saying =
  (changed: object) =>
  async ({ ssm }: Session, { scope, report }: Report) => {
    const Name = `/smart0dte/${scope}/state/${report}`
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name }))
    const Value = JSON.stringify({ ...JSON.parse(Parameter?.Value ?? "{}"), ...changed })
    return ssm.send(new PutParameterCommand({ Name, Value, Overwrite: true }))
  }

const wish = saying({ wish: "0000000000000000" })

export const nodeTampers = [
  tampersOf(documentKind, {
    fields: {
      content: async ({ ssm }, { document: Name, content }) => {
        const Content = JSON.stringify({ ...content, description: "Another" })
        const { DocumentDescription } = await ssm.send(
          new UpdateDocumentCommand({ Name, Content, DocumentVersion: "$LATEST" }),
        )
        const DocumentVersion = DocumentDescription?.DocumentVersion
        return ssm.send(new UpdateDocumentDefaultVersionCommand({ Name, DocumentVersion }))
      },
      shared: ({ ssm }, { document: Name }) =>
        ssm.send(
          new ModifyDocumentPermissionCommand({ Name, PermissionType: "Share", AccountIdsToAdd: ["999988887777"] }),
        ),
    },
    fixed: { document: name },
  }),
  tampersOf(settingKind, {
    fields: {
      lines: ({ ssm }, { parameter: Name }) =>
        ssm.send(
          new PutParameterCommand({ Name, Value: "repository=https://elsewhere.example/x.git\n", Overwrite: true }),
        ),
    },
    fixed: { parameter: name },
  }),
  tampersOf(nodeFilesKind, {
    fields: {
      objects: [
        async ({ s3, ...place }, { scope, objects }) => {
          const Key = `environments/${scope}/node/${Object.keys(objects).find((one) => one.endsWith("/node.sh"))}`
          return s3.send(new PutObjectCommand({ Bucket: stateBucketName(place), Key, Body: "echo owned" }))
        },
        async ({ s3, ...place }, { scope, objects }) => {
          const Key = `environments/${scope}/node/${Object.keys(objects).find((one) => one.endsWith("/manifest"))}`
          return s3.send(new DeleteObjectCommand({ Bucket: stateBucketName(place), Key }))
        },
      ],
    },
    fixed: {},
  }),
  tampersOf(overrideKind, {
    fields: {
      key: ({ ssm }, { parameter: Name }) =>
        ssm.send(new PutParameterCommand({ Name, Value: "environments/poc/override/other.yaml", Overwrite: true })),
      stored: ({ s3, ...place }, { key: Key }) =>
        s3.send(new DeleteObjectCommand({ Bucket: stateBucketName(place), Key })),
    },
    fixed: { parameter: name },
  }),
  tampersOf(nodeKind, { fields: { wish }, fixed: { node: instance } }),
  tampersOf(influxKind, { fields: { wish }, fixed: { node: instance } }),
  tampersOf(databasesKind, { fields: { wish }, fixed: { node: instance } }),
  tampersOf(checkoutKind, {
    fields: {
      wish,
      repository: saying({ repository: "https://elsewhere.example/x.git" }),
      ref: saying({ ref: "elsewhere" }),
    },
    fixed: { node: instance },
  }),
  tampersOf(imagesKind, { fields: { wish, commit: saying({ commit: "0" }) }, fixed: { node: instance } }),
  tampersOf(systemKind, {
    fields: {
      wish,
      commit: saying({ commit: "0" }),
      override: saying({ override: "0" }),
      digest: saying({ digest: "0" }),
    },
    fixed: { node: instance },
  }),
]
