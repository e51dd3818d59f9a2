import type { LiveFacts } from "../facts.ts"
import { type Finding, unless } from "./check.ts"

/** That not everybody in the world can knock. */
export const world = ({ front: { open } }: LiveFacts): Finding =>
  unless(
    open,
    "say in allowedCidrs who may come in, and deploy; see: smart0dte access list",
    "open to nobody but those allowed",
  )

/** That no password, token or order travels where others can read it: whoever is allowed in still comes through the internet. */
export const cleartext = ({ front }: LiveFacts): Finding =>
  unless(
    front.cleartext,
    "set domain in smart0dte.yaml for HTTPS, or loadBalancer: false and reach the systems with: smart0dte open; then deploy",
    "nothing is reached without encryption",
  )
