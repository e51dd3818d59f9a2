import { describe, expect, it } from "vitest"
import file from "../../src/sandbox/constraints.json" with { type: "json" }
import { type Constraints, constraintsOf, patternOf } from "../../src/sandbox/constraints.ts"
import { services } from "../../src/sandbox/services/index.ts"
import { validate } from "../../src/sandbox/validate.ts"
import { dialectOf } from "../../src/sandbox/wire/dialect.ts"

describe("an input is refused before any resource is looked at", () => {
  const check = (service: string, operation: string, input: object) => {
    const schemas = services().find(({ signingName }) => signingName === service)?.schemas ?? {}
    const dialect = dialectOf(service, schemas)
    const found = dialect.operations.get(operation)
    if (!found) throw new Error(`${service} does not serve ${operation}`)
    const refusal = validate(dialect, found, input)
    return refusal && { code: refusal.code, message: refusal.message }
  }
  const role = { RoleName: "r", AssumeRolePolicyDocument: "{}" }

  it("for a pattern, a length and a range", () => {
    expect(check("iam", "CreateRole", { ...role, RoleName: "a b" })).toEqual({
      code: "ValidationError",
      message:
        "1 validation error detected: Value 'a b' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    })
    expect(check("iam", "CreateRole", { ...role, RoleName: "r".repeat(65) })?.message).toContain(
      "at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64",
    )
    expect(check("iam", "CreateRole", { ...role, MaxSessionDuration: 3599 })?.message).toContain(
      "Value '3599' at 'maxSessionDuration' failed to satisfy constraint: Member must have value greater than or equal to 3600",
    )
    expect(check("iam", "CreateRole", { ...role, RoleName: "r".repeat(64), MaxSessionDuration: 3600 })).toBeUndefined()
  })

  it("for several at once, and what is inside lists", () => {
    const Tags = [
      { Key: "ok", Value: "" },
      { Key: "", Value: "*" },
    ]
    expect(check("iam", "CreateRole", { AssumeRolePolicyDocument: "{}", Tags })?.message).toBe(
      [
        "3 validation errors detected: Value null at 'roleName' failed to satisfy constraint: Member must not be null",
        "Value '' at 'tags.2.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
        "Value '*' at 'tags.2.member.value' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*",
      ].join("; "),
    )
  })

  it("for an enumeration", () => {
    expect(check("s3", "PutObject", { Bucket: "b", Key: "k", ObjectLockMode: "STRICT" })).toEqual({
      code: "InvalidArgument",
      message:
        "Value 'STRICT' at 'objectLockMode' failed to satisfy constraint: Member must satisfy enum value set: [GOVERNANCE, COMPLIANCE]",
    })
  })

  it("for what stands in a document of S3, without saying where", () => {
    expect(check("s3", "PutBucketVersioning", { Bucket: "b", VersioningConfiguration: { Status: "On" } })).toEqual({
      code: "MalformedXML",
      message: "The XML you provided was not well-formed or did not validate against our published schema",
    })
  })
})

describe("the generated constraints", () => {
  it.each(services().map(({ signingName, handlers }) => [signingName, handlers] as const))(
    "cover what %s serves: run build/constraints.py when this fails",
    (name, handlers) => {
      expect(Object.keys(constraintsOf(name).operations)).toEqual(expect.arrayContaining(Object.keys(handlers)))
    },
  )

  it("have patterns that can be read, and shapes for all names", () => {
    const all: Readonly<Record<string, Constraints>> = file.services
    for (const { operations, shapes } of Object.values(all)) {
      for (const name of Object.values(operations)) if (name !== "") expect(shapes).toHaveProperty([name])
      for (const { item, key, members = {}, pattern, value } of Object.values(shapes)) {
        if (pattern !== undefined) expect(() => patternOf(pattern)).not.toThrow()
        const below = [...Object.values(members), item, key, value].filter((name) => name !== undefined)
        for (const name of below) expect(shapes).toHaveProperty([name])
      }
    }
  })
})
