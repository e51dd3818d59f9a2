import {
  CreateDocumentCommand,
  DeleteDocumentCommand,
  DescribeDocumentPermissionCommand,
  ListDocumentsCommand,
  ModifyDocumentPermissionCommand,
  UpdateDocumentCommand,
  UpdateDocumentDefaultVersionCommand,
} from "@aws-sdk/client-ssm"
import { describe, expect, it } from "vitest"
import type { Session } from "../../src/aws/clients.ts"
import { document } from "../../src/steps/document.ts"
import { bench, fieldsOf } from "./bench.ts"
import { scope } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()

const saying = (word: string) => ({
  schemaVersion: "2.2",
  description: word,
  parameters: {},
  mainSteps: [{ action: "aws:runShellScript", name: "run", inputs: { runCommand: [`echo ${word}`] } }],
})
const wish = (word = "hello", name = "release") => document({ scope, name, content: saying(word) })
const Name = "smart0dte-poc-release"

const rewrite = async ({ ssm }: Session, content: object) => {
  const { DocumentDescription } = await ssm.send(
    new UpdateDocumentCommand({ Name, Content: JSON.stringify(content), DocumentVersion: "$LATEST" }),
  )
  await ssm.send(
    new UpdateDocumentDefaultVersionCommand({ Name, DocumentVersion: DocumentDescription?.DocumentVersion }),
  )
}
const share = (AccountIdsToAdd: string[], name = Name) =>
  on.cloud.ssm.send(new ModifyDocumentPermissionCommand({ Name: name, PermissionType: "Share", AccountIdsToAdd }))
const sharedNow = async () =>
  (await on.cloud.ssm.send(new DescribeDocumentPermissionCommand({ Name, PermissionType: "Share" }))).AccountIds
const others = (count: number) => Array.from({ length: count }, (_, n) => String(444455550000 + n))

describe("a document", () => {
  it("is made for instances, is private, and is named by its version", async () => {
    expect((await on.see(wish())).state).toBe("missing")
    await on.make(wish())
    expect(await on.live(wish())).toEqual({ document: Name, version: "1", content: saying("hello"), shared: [] })
    expect(await on.make(wish())).toEqual([])
    const { DocumentIdentifiers: [listed] = [] } = await on.cloud.ssm.send(
      new ListDocumentsCommand({ Filters: [{ Key: "Name", Values: [Name] }] }),
    )
    expect(listed).toMatchObject({ DocumentType: "Command", TargetType: "/AWS::EC2::Instance" })
  })

  it("of another content is another version, which is the default", async () => {
    const other = wish("other")
    expect(fieldsOf(await on.see(other))).toEqual(["content"])
    await on.make(other)
    expect(await on.live(other)).toMatchObject({ version: "2", content: saying("other") })
  })

  it("of a content that it had before is that version again: AWS keeps no two of the same", async () => {
    await on.make(wish())
    expect(await on.live(wish())).toMatchObject({ version: "1", content: saying("hello") })
    await on.cloud.ssm.send(new DeleteDocumentCommand({ Name, DocumentVersion: "2" }))
    await on.make(wish("third"))
    await on.make(wish())
    expect(await on.live(wish())).toMatchObject({ version: "1", content: saying("hello") })
  })

  it("that a version was added to is as it was, as long as that is not the default", async () => {
    const Content = JSON.stringify(saying("prepared"))
    await on.cloud.ssm.send(new UpdateDocumentCommand({ Name, Content, DocumentVersion: "$LATEST" }))
    expect((await on.see(wish())).state).toBe("same")
  })

  seesAndRepairs(
    on,
    () => wish(),
    {
      content: (cloud) => rewrite(cloud, saying("owned")),
      shared: () => share(["all"]),
    },
    ["document"],
  )

  it("of which one word was changed is seen, wherever it stands", async () => {
    await on.make(wish())
    const { mainSteps, ...rest } = saying("hello")
    await rewrite(on.cloud, { mainSteps, ...rest, parameters: { More: { type: "String", default: "x" } } })
    expect(fieldsOf(await on.see(wish()))).toEqual(["content"])
    await on.make(wish())
  })

  it("that is shared with many is taken back from all of them, and its content is left alone", async () => {
    const before = await on.live(wish())
    const accounts = others(55)
    for (let at = 0; at < 55; at += 20) await share(accounts.slice(at, at + 20))
    const { changes } = await on.see(wish())
    expect(changes).toEqual([expect.objectContaining({ field: "shared", live: accounts, want: [] })])
    const rewritten = () =>
      on.sandbox.world.trace.list().filter(({ operation }) => operation === "UpdateDocument").length
    const former = rewritten()
    await on.make(wish())
    expect([await sharedNow(), rewritten() - former]).toEqual([[], 0])
    expect((await on.live(wish())).version).toBe(before.version)
  })

  it("of somebody else's is not taken over", async () => {
    const stranger = wish("hello", "taken")
    const Content = JSON.stringify(saying("theirs"))
    const taken = { Name: "smart0dte-poc-taken", DocumentType: "Command" } as const
    await on.cloud.ssm.send(new CreateDocumentCommand({ ...taken, Content }))
    expect((await on.see(stranger)).state).not.toBe("missing")
    await expect(on.make(stranger)).rejects.toThrow("is there that is not ours")
    await on.cloud.ssm.send(new DeleteDocumentCommand({ Name: taken.Name }))
  })

  it("goes with all its versions, also where it is shared, and is made again as the first one", async () => {
    await share(["all"])
    expect(await on.unmake(false, wish())).toEqual([])
    expect((await on.see(wish())).state).toBe("missing")
    await on.make(wish())
    expect(await on.live(wish())).toMatchObject({ version: "1", shared: [] })
    await on.unmake(false, wish())
  })
})
