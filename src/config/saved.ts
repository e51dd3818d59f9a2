import * as z from "zod/mini"
import { type Settings, settingsSchema } from "./settings.ts"

/** Settings that were resolved once and written down: nothing of today is mixed into them. Not good: what is wrong. */
export const savedSettings = (value: unknown): { readonly settings: Settings } | { readonly wrong: string } => {
  const { data, error } = z.safeParse(settingsSchema, value)
  if (error === undefined) return { settings: data }
  return { wrong: error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ") }
}
