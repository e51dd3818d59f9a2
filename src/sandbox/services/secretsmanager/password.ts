import { randomInt } from "node:crypto"
import type * as client from "@aws-sdk/client-secrets-manager"
import { handlers } from "../../service.ts"
import { badParameter } from "./records.ts"

export const passwordHandlers = handlers<typeof client>()({
  GetRandomPassword: (input) => ({ RandomPassword: random(input) }),
})

/** Real chance, so that nobody takes a sandbox's password for one that can be told in advance. */
export const random = (wish: client.GetRandomPasswordCommandInput): string => {
  const length = Number(wish.PasswordLength ?? 32)
  const types = typesOf(wish)
  if (types.length === 0) throw badParameter("Password can't be empty: every character type is excluded.")
  const each = wish.RequireEachIncludedType ?? true
  if (each && length < types.length) {
    throw badParameter("Password length is too short based on the required types.")
  }
  const all = types.join("")
  const first = each ? types.map(oneOf) : []
  const rest = Array.from({ length: length - first.length }, () => oneOf(all))
  return shuffled([...first, ...rest]).join("")
}

/** The characters of each type that is left. */
const typesOf = (wish: client.GetRandomPasswordCommandInput): readonly string[] => {
  const excluded = new Set(wish.ExcludeCharacters ?? "")
  const types = [
    wish.ExcludeLowercase ? "" : "abcdefghijklmnopqrstuvwxyz",
    wish.ExcludeUppercase ? "" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    wish.ExcludeNumbers ? "" : "0123456789",
    wish.ExcludePunctuation ? "" : "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    wish.IncludeSpace ? " " : "",
  ]
  return types.map((type) => [...type].filter((one) => !excluded.has(one)).join("")).filter((type) => type !== "")
}

const oneOf = (characters: string): string => characters.charAt(randomInt(characters.length))

const shuffled = (items: readonly string[]): readonly string[] =>
  items
    .map((item) => [randomInt(2 ** 32), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item)
