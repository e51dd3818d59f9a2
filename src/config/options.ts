import * as z from "zod"

const seconds = "expected whole seconds, 0 or more"
const speed = "expected a number greater than 0"

/** How a command runs, as opposed to what it makes: flags and variables, but never keys of the file. */
export const optionsSchema = z.strictObject({
  config: z.string("expected a path").min(1, "expected a path").optional(),
  output: z.enum(["text", "json", "markdown"], "expected text, json or markdown").default("text"),
  lockTimeout: z.int(seconds).min(0, seconds).default(120),
  sandbox: z.boolean("expected true or false").default(false),
  sandboxDir: z.string("expected a path").min(1, "expected a path").optional(),
  sandboxSpeed: z.number(speed).positive(speed).optional(),
})

export type Options = Readonly<z.output<typeof optionsSchema>>
