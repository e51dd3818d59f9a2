import * as z from "zod/mini"
import { named, portNumber, strict } from "./strict.ts"

const port = "expected a port from 1 to 65535"

const image =
  "expected an image by its digest, such as ghcr.io/gnzsnz/ib-gateway@sha256:... with 64 digits: a tag may be another image tomorrow"

// A registry's host, with a port or not, folders, and a tag that says nothing where there is a digest.
const imagePattern =
  /^[a-z0-9][a-z0-9.-]*(:\d{1,5})?(\/[a-z0-9][a-z0-9._-]*)+(:[\w][\w.-]{0,127})?@sha256:[0-9a-f]{64}$/

/** Which gateway to the broker runs, and at which of its ports the applications find it. */
export const gatewaySchema = strict({
  image: z
    .optional(named(imagePattern, image))
    .check(z.describe("The gateway's image by its digest. Without one no gateway runs, and nothing goes live.")),
  livePort: z
    ._default(portNumber(port), 4003)
    .check(z.describe("Where a live gateway listens on its network of containers.")),
  paperPort: z
    ._default(portNumber(port), 4004)
    .check(z.describe("Where a paper gateway listens on its network of containers.")),
})

const account = "expected the broker's account for live trading, such as U1234567"

/** What going live is bound to. */
export const liveSchema = strict({
  account: z
    .optional(
      named(/^[A-Z]{1,3}\d{4,12}$/, account).check(({ value, issues }) => {
        // Those of paper trading begin with D; an order there would be no order.
        if (value.startsWith("D"))
          issues.push({ code: "custom", message: `${account}: D is of a paper account`, input: value })
      }),
    )
    .check(z.describe("The broker's account that may trade live; the gateway must be logged in to this one.")),
  approval: z
    ._default(z.enum(["required", "optional"], "expected required or optional"), "optional")
    .check(z.describe("Whether a second person has to approve going live at a terminal, too.")),
})

export type GatewayConfig = Readonly<z.output<typeof gatewaySchema>>

/** In the sandbox a rehearsal wants what only a real broker has. */
export const withSampleGateway = <Given extends { readonly gateway: GatewayConfig; readonly live: LiveConfig }>(
  settings: Given,
): Given => ({
  ...settings,
  gateway: { image: sampleImage, ...settings.gateway },
  live: { account: "U1234567", ...settings.live },
})

export type LiveConfig = Readonly<z.output<typeof liveSchema>>

const sampleImage = `samples.smart0dte.invalid/ib-gateway@sha256:${"5a".repeat(32)}`
