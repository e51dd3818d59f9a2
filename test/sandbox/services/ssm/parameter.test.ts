import { describe, expect, test } from "vitest"
import { images } from "../../../../src/sandbox/services/ec2/catalog.ts"
import { type Ground, ground } from "./ground.ts"

const valueAt = (aws: Ground, Name: string) => aws.run("GetParameter", { Name, WithDecryption: true }).Parameter?.Value

describe("a parameter", () => {
  test("is read by its name, its ARN and its version", () => {
    const aws = ground()
    const { Parameter } = aws.run("GetParameter", { Name: "/app/name" })
    expect(Parameter).toEqual({
      Name: "/app/name",
      Type: "String",
      Value: "one",
      Version: 1,
      LastModifiedDate: new Date(Date.UTC(2026, 10, 21)),
      ARN: "arn:aws:ssm:us-east-1:111122223333:parameter/app/name",
      DataType: "text",
    })
    expect(valueAt(aws, Parameter?.ARN ?? "")).toBe("one")
    expect(valueAt(aws, "arn:aws:ssm:us-east-1:111122223333:parameter/plain")).toBe("a,b")
    const version = aws.run("GetParameter", { Name: "/app/name:1" }).Parameter
    expect(version).toEqual({ ...Parameter, Selector: ":1" })
    expect(aws.run("GetParameter", { Name: `${Parameter?.ARN}:1` }).Parameter).toEqual(version)
  })

  test("keeps what an overwriting request does not say", () => {
    const aws = ground()
    aws.pass(60)
    const answer = aws.run("PutParameter", { Name: "/app/name", Value: "two", Overwrite: true })
    expect(answer).toEqual({ Version: 2, Tier: "Standard" })
    const [described] =
      aws.run("DescribeParameters", { ParameterFilters: [{ Key: "Name", Values: ["/app/name"] }] }).Parameters ?? []
    expect(described).toMatchObject({
      Type: "String",
      Description: "a name",
      Version: 2,
      LastModifiedDate: new Date(Date.UTC(2026, 10, 21, 0, 1)),
      LastModifiedUser: "arn:aws:iam::111122223333:user/tester",
    })
    expect(described).not.toHaveProperty("Value")
    expect(aws.run("ListTagsForResource", { ResourceType: "Parameter", ResourceId: "/app/name" }).TagList).toEqual([
      { Key: "scope", Value: "poc" },
    ])
  })

  test("may be overwritten before it is there, and empty tags are none", () => {
    const put = { Name: "/new", Value: "x", Overwrite: true, Tags: [] }
    expect(ground().run("PutParameter", { ...put, Type: "String" })).toEqual({ Version: 1, Tier: "Standard" })
  })

  test("of a secret shows its value only to those who ask for it", () => {
    const aws = ground()
    const shown = aws.run("GetParameter", { Name: "/app/db/password" }).Parameter?.Value
    expect(shown).not.toContain("secret")
    expect(valueAt(aws, "/app/db/password")).toBe("secret")
    const [one] = aws.run("GetParameters", { Names: ["/app/db/password"] }).Parameters ?? []
    expect(one?.Value).toBe(shown)
    const [below] = aws.run("GetParametersByPath", { Path: "/app/db", WithDecryption: true }).Parameters ?? []
    expect(below?.Value).toBe("secret")
  })

  test("of a secret has AWS's key until it has another, and keeps that", () => {
    const aws = ground()
    const secret = { Name: "/app/db/password", Value: "x", Overwrite: true }
    const key = () =>
      aws.run("DescribeParameters", { ParameterFilters: [{ Key: "Type", Values: ["SecureString"] }] }).Parameters?.[0]
        ?.KeyId
    expect(key()).toBe("alias/aws/ssm")
    aws.run("PutParameter", { ...secret, KeyId: "alias/mine" })
    aws.run("PutParameter", secret)
    expect(key()).toBe("alias/mine")
  })

  test("is another one in another region", () => {
    const aws = ground()
    aws.move("eu-west-1")
    expect(aws.refused("GetParameter", { Name: "/app/name" })).toMatch(/^ParameterNotFound/)
    aws.run("PutParameter", { Name: "/app/name", Type: "String", Value: "europe" })
    aws.move("us-east-1")
    expect(valueAt(aws, "/app/name")).toBe("one")
  })

  test("is gone with its tags, and its versions begin anew", () => {
    const aws = ground()
    aws.run("PutParameter", { Name: "/app/name", Value: "two", Overwrite: true })
    aws.run("DeleteParameter", { Name: "/app/name" })
    expect(aws.run("PutParameter", { Name: "/app/name", Type: "String", Value: "x" }).Version).toBe(1)
    expect(aws.run("ListTagsForResource", { ResourceType: "Parameter", ResourceId: "/app/name" }).TagList).toEqual([])
  })
})

describe("a tier", () => {
  test.each([
    ["Intelligent-Tiering", 4096, "Standard"],
    ["Intelligent-Tiering", 4097, "Advanced"],
    ["Advanced", 1, "Advanced"],
    [undefined, 4096, "Standard"],
  ] as const)("%s, with a value of %d, becomes %s", (Tier, size, becomes) => {
    const aws = ground()
    expect(aws.run("PutParameter", { Name: "/new", Type: "String", Value: "x".repeat(size), Tier }).Tier).toBe(becomes)
  })

  test.each([undefined, "Intelligent-Tiering"] as const)("once advanced stays so, asked for %s", (Tier) => {
    const aws = ground()
    expect(aws.run("PutParameter", { Name: "plain", Value: "x", Overwrite: true, Tier }).Tier).toBe("Advanced")
  })
})

describe("several at once", () => {
  test("are answered in order, with what is not there beside them", () => {
    const Names = ["plain", "/gone", "/app/name:1", "/app/name:9", "/app/name", "plain"]
    const { InvalidParameters, Parameters } = ground().run("GetParameters", { Names })
    expect(Parameters?.map(({ Name, Selector = "" }) => `${Name}${Selector}`)).toEqual([
      "/app/name",
      "/app/name:1",
      "plain",
    ])
    expect(InvalidParameters).toEqual(["/app/name:9", "/gone"])
  })

  test("are deleted, with what was not there beside them", () => {
    const aws = ground()
    const Names = ["/gone", "plain", "/app/name"]
    expect(aws.run("DeleteParameters", { Names })).toEqual({
      DeletedParameters: ["plain", "/app/name"],
      InvalidParameters: ["/gone"],
    })
    expect(aws.run("DescribeParameters", {}).Parameters).toMatchObject([{ Name: "/app/db/password" }])
  })
})

describe("Amazon's own", () => {
  const prefix = "/aws/service/ami-amazon-linux-latest"

  test.each(["x86_64", "arm64"])("names the newest image for %s", (architecture) => {
    const Name = `${prefix}/al2023-ami-kernel-default-${architecture}`
    const { Parameter } = ground().run("GetParameter", { Name })
    const [newest] = images
      .filter((image) => image.architecture === architecture)
      .toSorted((a, b) => b.created.localeCompare(a.created))
    expect(Parameter).toMatchObject({
      Value: newest?.id,
      LastModifiedDate: new Date(newest?.created ?? ""),
      ARN: `arn:aws:ssm:us-east-1::parameter${Name}`,
      DataType: "aws:ec2:image",
    })
    expect(valueAt(ground(), Parameter?.ARN ?? "")).toBe(newest?.id)
  })

  test("are listed below their path, and not among the account's", () => {
    const aws = ground()
    expect(aws.run("GetParametersByPath", { Path: prefix }).Parameters).toHaveLength(2)
    expect(aws.run("GetParametersByPath", { Path: "/aws", Recursive: true }).Parameters).toHaveLength(2)
    expect(aws.run("DescribeParameters", {}).Parameters).toHaveLength(3)
    expect(aws.refused("DeleteParameter", { Name: `${prefix}/al2023-ami-kernel-default-arm64` })).toMatch(
      /^ParameterNotFound/,
    )
  })
})
