import * as z from "zod/mini"
import { settingsSchema } from "./settings.ts"

/** What editors check smart0dte.yaml against while it is written. */
export const jsonSchema = (): object => ({
  ...z.toJSONSchema(settingsSchema, { io: "input" }),
  title: "smart0dte.yaml",
})
