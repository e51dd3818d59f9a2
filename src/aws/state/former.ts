import type { FormerValues } from "../../engine/run.ts"
import type { Scope } from "../../engine/types.ts"
import { UserError } from "../../errors.ts"
import { jsonOf } from "./json.ts"
import { getIfAny, type Objects } from "./objects.ts"

/** Former values as objects, one for each setting: `former/account/password-policy/main.json`. */
export function formerValues(objects: Objects): FormerValues {
  return {
    async load(scope, key) {
      const { text } = await getIfAny(objects, pathOf(scope, key))
      return text === undefined ? undefined : storedValue(objects, pathOf(scope, key), text)
    },
    async save(scope, key, value) {
      // Where one is there already, that one was the value before our first change.
      await objects.put(pathOf(scope, key), `${JSON.stringify(value)}\n`, undefined)
    },
    async forget(scope, key) {
      for (;;) {
        const { etag } = await objects.get(pathOf(scope, key))
        if (etag === undefined || (await objects.remove(pathOf(scope, key), etag))) return
      }
    },
  }
}

const pathOf = (scope: Scope, key: string): string => `former/${scope}/${key}.json`

function storedValue(objects: Objects, key: string, text: string): object {
  const value = jsonOf(text, isObject)
  if (value) return value
  throw new UserError(`s3://${objects.bucket}/${key} holds no former value: "${text.slice(0, 40)}"`, {
    hint: "set that setting by hand as it was, then delete the object",
  })
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null
