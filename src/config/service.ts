import * as z from "zod/mini"
import { checkAll } from "./check.ts"
import { fromFlags } from "./given.ts"
import { settingsSchema } from "./settings.ts"

const schema = z.strictObject({ service: settingsSchema.shape.env })

/** Of which environment a service is: one that `--env` takes, too. Scopes of other names have other things in them. */
export const readService = (service: string | undefined): string | undefined =>
  checkAll(schema, fromFlags({ service }, ["service"])).service
