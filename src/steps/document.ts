import { isDeepStrictEqual } from "node:util"
import {
  CreateDocumentCommand,
  DeleteDocumentCommand,
  DescribeDocumentCommand,
  GetDocumentCommand,
  paginateListDocuments,
  UpdateDocumentCommand,
  UpdateDocumentDefaultVersionCommand,
} from "@aws-sdk/client-ssm"
import { documentArn, onAnything } from "../aws/allow.ts"
import type { Cloud } from "../aws/cloud.ts"
import { listed } from "../aws/listed.ts"
import { nameFor, prefix } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { sharedWith, unshare } from "../aws/ssm/document-sharing.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"
import { AwsError, NotFound } from "../errors.ts"

/** What may be run on a node: each says one power, and IAM says who has it. */
export interface Document {
  readonly document: string
  /** The number of the version that is the default. */
  readonly version: string
  readonly content: object
  /** The accounts besides ours that may see and run it; `all` is everybody's. */
  readonly shared: readonly string[]
}

export interface DocumentWish {
  readonly scope: Scope
  readonly name: string
  readonly content: object
}

export const document = ({ scope, name, content }: DocumentWish) => {
  const Name = nameFor(scope, name, 128)
  const Content = JSON.stringify(content)
  return step({
    kind: documentKind,
    name,
    scope,
    needs: {},
    spec: { document: Name, content, shared: [] },
    async occupant(ctx) {
      const other = await contentAt(ctx, Name)
      return other && { document: Name, shared: [], ...other }
    },
    async create(ctx, _, birth) {
      await ctx.ssm.send(
        new CreateDocumentCommand({
          Name,
          Content,
          DocumentType: "Command",
          DocumentFormat: "JSON",
          TargetType: "/AWS::EC2::Instance",
          Tags: birthTags(birth),
        }),
      )
    },
    async update(ctx, _, changes) {
      if (changes.some(({ field }) => field === "shared")) await unshare(ctx, Name)
      if (!changes.some(({ field }) => field === "content")) return
      const DocumentVersion = (await newVersion(ctx, Name, Content)) ?? (await versionWith(ctx, Name, content))
      if (DocumentVersion !== undefined)
        await ctx.ssm.send(new UpdateDocumentDefaultVersionCommand({ Name, DocumentVersion }))
    },
  })
}

/** Nothing where there was a version with this content before: AWS keeps no two of the same. */
async function newVersion(ctx: Cloud, Name: string, Content: string): Promise<string | undefined> {
  try {
    const command = new UpdateDocumentCommand({ Name, Content, DocumentFormat: "JSON", DocumentVersion: "$LATEST" })
    return (await ctx.ssm.send(command)).DocumentDescription?.DocumentVersion
  } catch (error) {
    if (error instanceof AwsError && error.code === "DuplicateDocumentContent") return undefined
    throw error
  }
}

/** The newest version that says this; versions that somebody deleted leave gaps. */
async function versionWith(ctx: Cloud, Name: string, content: object): Promise<string | undefined> {
  const { Document: described } = await ctx.ssm.send(new DescribeDocumentCommand({ Name }))
  for (let number = Number(described?.LatestVersion ?? 0); number > 0; number--) {
    const found = await contentAt(ctx, Name, String(number))
    if (found && isDeepStrictEqual(found.content, content)) return found.version
  }
  return undefined
}

export const documentKind: CloudKind<Document> = {
  name: "document",
  unique: "name",
  async list(ctx, scopes) {
    const Filters = [
      { Key: "Owner", Values: ["Self"] },
      { Key: "Name", Values: [`${prefix}-`] },
    ]
    const pages = paginateListDocuments({ client: ctx.ssm }, { Filters })
    const documents = await everyItem(pages, (page) => page.DocumentIdentifiers)
    return listed("document", tagged(documents), ({ Name = "", DocumentVersion = "" }) => ({
      live: { document: Name, version: DocumentVersion, content: {}, shared: [] },
      phase: "ready",
    })).filter(({ scope }) => scopes.includes(scope))
  },
  async complete(ctx, found) {
    const { document: Name } = found.live
    const [whole, shared] = await Promise.all([contentAt(ctx, Name), sharedWith(ctx, Name)])
    return whole ? { ...found, live: { document: Name, ...whole, shared } } : found
  },
  completes: 2,
  async destroy(ctx, { document: Name, shared }) {
    // AWS deletes nothing that others may still run.
    if (shared.length > 0) await unshare(ctx, Name)
    await ctx.ssm.send(new DeleteDocumentCommand({ Name }))
    return undefined
  },
  fixed: ["document"],
  blank: { document: "", version: "", content: {}, shared: [] },
  allow: [
    onAnything("ssm:ListDocuments"),
    {
      action: [
        "ssm:DescribeDocument",
        "ssm:DescribeDocumentPermission",
        "ssm:ModifyDocumentPermission",
        "ssm:GetDocument",
        "ssm:CreateDocument",
        "ssm:AddTagsToResource",
        "ssm:UpdateDocument",
        "ssm:UpdateDocumentDefaultVersion",
        "ssm:DeleteDocument",
      ],
      resource: documentArn("*"),
    },
  ],
  usually: { create: 2, update: 2, destroy: 1 },
}

/** What the default, or this version, says; nothing where there is none. */
async function contentAt(ctx: Cloud, Name: string, DocumentVersion?: string) {
  try {
    const command = new GetDocumentCommand({ Name, ...(DocumentVersion !== undefined && { DocumentVersion }) })
    const { Content, DocumentVersion: version = "" } = await ctx.ssm.send(command)
    return { version, content: contentOf(Content) }
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}

/** Somebody may have written it in YAML, which is then simply another content. */
function contentOf(text: string | undefined): object {
  try {
    const value: unknown = JSON.parse(text ?? "")
    return typeof value === "object" && value !== null ? value : {}
  } catch {
    return { text }
  }
}

const tagged = <Thing extends { readonly Tags?: readonly FoundTag[] | undefined }>(things: readonly Thing[]) =>
  things.map(({ Tags, ...thing }) => ({ ...thing, Tags: Tags?.map(({ Key = "", Value = "" }) => ({ Key, Value })) }))

interface FoundTag {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}
