// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what this is about
import { describe, expect, it } from "vitest"
import { render } from "../../src/templates/render.ts"

describe("a rendered document", () => {
  it("has values in place of its placeholders, however deep, and keeps the rest", () => {
    const document = { a: ["arn:${partition}:${name}", 1, null], b: { c: "${name}${name}", d: true } }
    expect(render(document, { partition: "aws", name: "x" })).toEqual({
      a: ["arn:aws:x", 1, null],
      b: { c: "xx", d: true },
    })
  })

  it("leaves IAM's own variables to IAM", () => {
    expect(render("${aws:username}", {})).toBe("${aws:username}")
  })

  it("cannot be given a second statement by a value", () => {
    expect(render({ Resource: "${name}" }, { name: '"},{"Effect":"Allow' })).toEqual({
      Resource: '"},{"Effect":"Allow',
    })
  })

  it("is not made without all of its values", () => {
    expect(() => render("${bucket}", { place: "x" })).toThrow("no value for ${bucket}")
    expect(() => render("${toString}", {})).toThrow("no value for ${toString}")
  })
})
