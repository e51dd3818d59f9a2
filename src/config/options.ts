import * as z from "zod/mini"

const seconds = "expected whole seconds, 0 or more"
const lease = "expected a number of seconds from 3 up"
const speed = "expected a number greater than 0"
const profile = "expected the name of a profile"
const path = z.string("expected a path").check(z.minLength(1, "expected a path"))

/** How a command runs, as opposed to what it makes: flags and variables, but never keys of the file. */
export const optionsSchema = z.strictObject({
  config: z.optional(path),
  output: z._default(z.enum(["text", "json", "markdown"], "expected text, json or markdown"), "text"),
  lockTimeout: z._default(z.int(seconds).check(z.gte(0, seconds)), 120),
  sandbox: z._default(z.boolean("expected true or false"), false),
  sandboxDir: z.optional(path),
  sandboxProfile: z.optional(z.string(profile).check(z.minLength(1, profile))),
  sandboxSpeed: z.optional(z.number(speed).check(z.positive(speed))),
  sandboxDocker: z.optional(z.boolean("expected true or false")),
  sandboxLease: z.optional(z.number(lease).check(z.minimum(3, lease))),
})

export type Options = Readonly<z.output<typeof optionsSchema>>
