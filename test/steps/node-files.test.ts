import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3"
import { GetParametersByPathCommand, PutParameterCommand } from "@aws-sdk/client-ssm"
import { describe, expect, it } from "vitest"
import { stateBucketName } from "../../src/aws/names.ts"
import { filesOfNodes } from "../../src/nodes/files.ts"
import { stateBucket } from "../../src/steps/bucket.ts"
import { nodeFiles } from "../../src/steps/node-files.ts"
import { bench, fieldsOf } from "./bench.ts"
import { scope } from "./network.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()
const place = { partition: "aws", region: "us-east-1", account: "111122223333" }
const bucket = stateBucket(place)
const Bucket = stateBucketName(place)
const files = (texts: Readonly<Record<string, string>>) => filesOfNodes(texts)
const wish = (texts: Readonly<Record<string, string>> = { "node.sh": "echo node", "text.sh": "echo text" }) =>
  nodeFiles({ scope, name: "main", bucket, ...files(texts) })
const { sha } = files({ "node.sh": "echo node", "text.sh": "echo text" })

const keys = async (Prefix = "") => {
  const { Contents = [] } = await on.cloud.s3.send(new ListObjectsV2Command({ Bucket, Prefix }))
  return Contents.map(({ Key = "" }) => Key)
}
const textOf = async (Key: string) =>
  (await on.cloud.s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()
const put = (Key: string, Body: string) => on.cloud.s3.send(new PutObjectCommand({ Bucket, Key, Body }))
const of = (name: string, version = sha) => `environments/poc/node/${version}/${name}`

describe("a node's files", () => {
  it("are missing where there is not even a bucket", async () => {
    expect((await on.see(wish())).state).toBe("missing")
  })

  it("lie in a folder of their content's name, with the sums that a node checks them by", async () => {
    await on.make(wish())
    expect(await keys("environments/poc/node/")).toEqual(["manifest", "node.sh", "text.sh"].map((name) => of(name)))
    expect(await textOf(of("node.sh"))).toBe("echo node")
    expect(await textOf(of("manifest"))).toMatch(/^[0-9a-f]{64} {2}node\.sh\n[0-9a-f]{64} {2}text\.sh\n$/)
    expect(await on.make(wish())).toEqual([])
  })

  it("of another version lie beside those that a node may still run, which are no difference", async () => {
    const newer = { "node.sh": "echo newer", "text.sh": "echo text" }
    expect(fieldsOf(await on.see(wish(newer)))).toEqual(["objects"])
    await on.make(wish(newer))
    expect(await keys("environments/poc/node/")).toHaveLength(6)
    expect(await textOf(of("node.sh"))).toBe("echo node")
    expect((await on.see(wish())).state).toBe("same")
    expect((await on.see(wish(newer))).state).toBe("same")
  })

  seesAndRepairs(on, () => wish(), { objects: () => put(of("node.sh"), "echo owned") }, [])

  it("of which one is changed or gone are put right, and the others are not touched", async () => {
    await put(of("node.sh"), "echo owned")
    await on.cloud.s3.send(new DeleteObjectCommand({ Bucket, Key: of("manifest") }))
    const before = on.sandbox.world.trace.list().length
    await on.make(wish())
    const written = on.sandbox.world.trace
      .list()
      .slice(before)
      .filter(({ operation }) => operation === "PutObject")
    expect(written).toHaveLength(2)
    expect(await textOf(of("node.sh"))).toBe("echo node")
    expect((await on.see(wish())).state).toBe("same")
  })

  it("go with all that came to lie beside them and with what nodes said, and with nothing of another environment", async () => {
    await put("environments/poc/override/smart-0dte/a.yaml", "services: {}")
    await put("environments/poc/output/c/i/stdout", "said")
    await put("environments/pocket/node/a/node.sh", "another's")
    const say = (Name: string) => on.cloud.ssm.send(new PutParameterCommand({ Name, Value: "{}", Type: "String" }))
    for (let count = 0; count < 12; count++) await say(`/smart0dte/poc/state/checkout/s${count}`)
    await say("/smart0dte/other/state/checkout/s")
    expect(await on.unmake(false, wish())).toEqual([])
    expect(await keys("environments/")).toEqual(["environments/pocket/node/a/node.sh"])
    const { Parameters = [] } = await on.cloud.ssm.send(
      new GetParametersByPathCommand({ Path: "/smart0dte", Recursive: true }),
    )
    expect(Parameters.map(({ Name }) => Name)).toEqual(["/smart0dte/other/state/checkout/s"])
    expect((await on.see(wish())).state).toBe("missing")
  })
})
