import { describe, expect, test } from "vitest"
import { type Ground, ground, token } from "./ground.ts"

const SecretId = "app/password"
const read = (aws: Ground, more: object = {}) => aws.run("GetSecretValue", { SecretId, ...more }).SecretString
const put = (aws: Ground, name: string, SecretString: string) =>
  aws.run("PutSecretValue", { SecretId, ClientRequestToken: token(name), SecretString })

describe("a secret", () => {
  test("is read by its name and its ARN, whole or without its last letters", () => {
    const aws = ground()
    const { ARN = "", ...rest } = aws.run("GetSecretValue", { SecretId })
    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:111122223333:secret:app\/password-[0-9a-z]{6}$/)
    expect(rest).toMatchObject({ SecretString: "hunter2", VersionId: token("first"), VersionStages: ["AWSCURRENT"] })
    expect(aws.run("GetSecretValue", { SecretId: ARN }).SecretString).toBe("hunter2")
    expect(aws.run("GetSecretValue", { SecretId: ARN.slice(0, -7) }).SecretString).toBe("hunter2")
  })

  test("is described without its value, and says on which day it was read", () => {
    const aws = ground()
    aws.pass(3600)
    read(aws)
    const described = aws.run("DescribeSecret", { SecretId })
    expect(described).toMatchObject({
      Description: "of the app",
      Tags: [{ Key: "scope", Value: "poc" }],
      VersionIdsToStages: { [token("first")]: ["AWSCURRENT"] },
      LastAccessedDate: new Date(Date.UTC(2026, 10, 21)),
    })
    expect(JSON.stringify(described)).not.toContain("hunter2")
    expect(aws.run("DescribeSecret", { SecretId: "app/empty" })).not.toHaveProperty("VersionIdsToStages")
  })

  test("asked for twice under one token is made once, and written once", () => {
    const aws = ground()
    const again = { Name: SecretId, ClientRequestToken: token("first"), SecretString: "hunter2" }
    const { ARN } = aws.run("CreateSecret", again)
    expect(ARN).toBe(aws.run("DescribeSecret", { SecretId }).ARN)
    put(aws, "second", "new")
    put(aws, "second", "new")
    expect(aws.run("DescribeSecret", { SecretId }).VersionIdsToStages).toEqual({
      [token("first")]: ["AWSPREVIOUS"],
      [token("second")]: ["AWSCURRENT"],
    })
  })

  test("keeps its current value and the one before", () => {
    const aws = ground()
    put(aws, "second", "new")
    put(aws, "third", "newest")
    expect(read(aws)).toBe("newest")
    expect(read(aws, { VersionStage: "AWSPREVIOUS" })).toBe("new")
    expect(read(aws, { VersionId: token("second") })).toBe("new")
    expect(aws.refused("GetSecretValue", { SecretId, VersionId: token("first") })).toMatch("ResourceNotFoundException")
  })

  test("may have a version that is not the current one", () => {
    const aws = ground()
    const wish = { SecretId, ClientRequestToken: token("second"), SecretString: "new", VersionStages: ["AWSPENDING"] }
    expect(aws.run("PutSecretValue", wish).VersionStages).toEqual(["AWSPENDING"])
    expect(read(aws)).toBe("hunter2")
    expect(read(aws, { VersionStage: "AWSPENDING" })).toBe("new")
  })

  test("is updated with and without a new value", () => {
    const aws = ground()
    const changed = aws.run("UpdateSecret", { SecretId, ClientRequestToken: token("x"), Description: "other" })
    expect(changed).not.toHaveProperty("VersionId")
    aws.run("UpdateSecret", { SecretId, ClientRequestToken: token("y"), SecretString: "new" })
    expect(aws.run("DescribeSecret", { SecretId }).Description).toBe("other")
    expect(read(aws)).toBe("new")
  })

  test("of another region is not there", () => {
    const aws = ground()
    aws.move("eu-central-1")
    expect(aws.refused("DescribeSecret", { SecretId })).toMatch("ResourceNotFoundException")
  })
})

describe("a deleted secret", () => {
  test("can be described and restored, with its value, until its days are over", () => {
    const aws = ground()
    const SecretId = "app/leaving"
    const asked = aws.run("DescribeSecret", { SecretId }).DeletedDate
    expect(asked).toEqual(new Date(Date.UTC(2026, 10, 21)))
    aws.pass(6 * 24 * 3600)
    aws.run("RestoreSecret", { SecretId })
    expect(aws.run("GetSecretValue", { SecretId }).SecretString).toBe("old")
    aws.run("DeleteSecret", { SecretId, RecoveryWindowInDays: 7 })
    aws.pass(7 * 24 * 3600)
    expect(aws.refused("RestoreSecret", { SecretId })).toMatch("ResourceNotFoundException")
    aws.run("CreateSecret", { Name: SecretId, ClientRequestToken: token("first"), SecretString: "another" })
    expect(aws.run("GetSecretValue", { SecretId }).SecretString).toBe("another")
  })

  test("has thirty days where nothing else is said", () => {
    const { DeletionDate } = ground().run("DeleteSecret", { SecretId })
    expect(DeletionDate).toEqual(new Date(Date.UTC(2026, 11, 21)))
  })

  test("is gone at once when forced, whether it was there or not", () => {
    const aws = ground()
    for (const SecretId of ["app/password", "app/leaving", "app/nothing"]) {
      aws.run("DeleteSecret", { SecretId, ForceDeleteWithoutRecovery: true })
      expect(aws.refused("DescribeSecret", { SecretId })).toMatch("ResourceNotFoundException")
    }
  })
})

describe("a list", () => {
  const names = (aws: Ground, more: object = {}) => aws.run("ListSecrets", more).SecretList?.map(({ Name }) => Name)
  const by = (Key: string, ...Values: string[]) => ({ Filters: [{ Key: Key as "name", Values }] })

  test("leaves out what is on its way out, unless asked for it", () => {
    expect(names(ground())).toEqual(["app/empty", "app/password"])
    expect(names(ground(), { IncludePlannedDeletion: true })).toEqual(["app/empty", "app/leaving", "app/password"])
  })

  test("is narrowed by how names and tags begin, and by what they must not begin with", () => {
    expect(names(ground(), by("name", "app/p", "x"))).toEqual(["app/password"])
    expect(names(ground(), by("name", "App/p"))).toEqual([])
    expect(names(ground(), by("tag-key", "sco"))).toEqual(["app/password"])
    expect(names(ground(), by("tag-value", "dev"))).toEqual([])
    expect(names(ground(), by("name", "!app/p"))).toEqual(["app/empty"])
    expect(names(ground(), by("owning-service", "rds"))).toEqual([])
    const both = [...by("name", "app").Filters, ...by("tag-key", "scope").Filters]
    expect(names(ground(), { Filters: both })).toEqual(["app/password"])
  })

  test("comes in pages, and without values", () => {
    const aws = ground()
    const { SecretList, NextToken } = aws.run("ListSecrets", { MaxResults: 1 })
    expect(SecretList).toMatchObject([{ Name: "app/empty" }])
    const rest = aws.run("ListSecrets", { MaxResults: 1, NextToken })
    expect(rest.SecretList).toMatchObject([{ SecretVersionsToStages: { [token("first")]: ["AWSCURRENT"] } }])
    expect(rest).not.toHaveProperty("NextToken")
    expect(JSON.stringify(rest)).not.toContain("hunter2")
  })
})

test("tags are added, changed and taken away", () => {
  const aws = ground()
  const Tags = [
    { Key: "scope", Value: "dev" },
    { Key: "set", Value: "yes" },
  ]
  aws.run("TagResource", { SecretId, Tags })
  expect(aws.run("DescribeSecret", { SecretId }).Tags).toEqual(Tags)
  aws.run("UntagResource", { SecretId, TagKeys: ["scope", "nothing"] })
  expect(aws.run("DescribeSecret", { SecretId }).Tags).toEqual([{ Key: "set", Value: "yes" }])
})

test("a policy is kept, shown and taken away", () => {
  const aws = ground()
  const Statement = { Effect: "Deny", Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*" }
  const ResourcePolicy = JSON.stringify({ Version: "2012-10-17", Statement })
  expect(aws.run("GetResourcePolicy", { SecretId })).not.toHaveProperty("ResourcePolicy")
  aws.run("PutResourcePolicy", { SecretId, ResourcePolicy, BlockPublicPolicy: true })
  expect(aws.run("GetResourcePolicy", { SecretId }).ResourcePolicy).toBe(ResourcePolicy)
  aws.run("DeleteResourcePolicy", { SecretId })
  expect(aws.run("GetResourcePolicy", { SecretId })).not.toHaveProperty("ResourcePolicy")
})

describe("a random password", () => {
  const random = (more: object = {}) => ground().run("GetRandomPassword", more).RandomPassword ?? ""

  test("has each type of characters that is not excluded, and as many as asked for", () => {
    expect(random()).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^\w\s]).{32}$/)
    expect(random({ PasswordLength: 48, ExcludePunctuation: true })).toMatch(/^[A-Za-z0-9]{48}$/)
    expect(random({ PasswordLength: 4 })).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^A-Za-z0-9]).{4}$/)
    const digits = { ExcludePunctuation: true, ExcludeUppercase: true, ExcludeLowercase: true }
    expect(random({ ...digits, ExcludeCharacters: "01234567" })).toMatch(/^[89]{32}$/)
    expect(random({ ...digits, ExcludeNumbers: true, IncludeSpace: true })).toBe(" ".repeat(32))
    expect(random({ PasswordLength: 1, RequireEachIncludedType: false })).toHaveLength(1)
  })

  test("is another each time", () => {
    expect(random()).not.toBe(random())
  })
})
