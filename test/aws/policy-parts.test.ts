import { describe, expect, it } from "vitest"
import { inOrder } from "../../src/aws/iam/policy-parts.ts"

const part = (name: string, is: string, becomes: string) => ({ name, is: [...is], becomes: [...becomes] })
const order = (...parts: ReturnType<typeof part>[]) => inOrder(parts).map(({ name }) => name)

describe("the order in which shared policies are written anew", () => {
  it("goes from the end where statements move on, and from the beginning where they move up", () => {
    expect(order(part("1", "ab", "xa"), part("2", "cd", "bc"), part("3", "", "d"))).toEqual(["3", "2", "1"])
    expect(order(part("1", "ab", "bc"), part("2", "cd", "de"), part("3", "ef", "f"))).toEqual(["1", "2", "3"])
  })

  it("follows them where some move on and others up", () => {
    expect(order(part("1", "ab", "a"), part("2", "c", "b"), part("3", "d", "cd"))).toEqual(["3", "2", "1"])
  })

  it("lets go of what is wanted no more, and comes to an end where statements change places", () => {
    expect(order(part("1", "ab", "b"), part("2", "c", ""))).toHaveLength(2)
    expect(order(part("1", "a", "b"), part("2", "b", "a")).toSorted()).toEqual(["1", "2"])
  })
})
