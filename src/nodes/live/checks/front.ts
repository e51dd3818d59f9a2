import type { LiveFacts } from "../facts.ts"
import { type Finding, lineFor, unless } from "./check.ts"

/** That not everybody in the world can knock. */
export const world = (facts: LiveFacts): Finding =>
  unless(
    facts.front.open,
    `say in allowedCidrs who may come in, and deploy; see: ${lineFor(facts, "access list")}`,
    "open to nobody but those allowed",
  )

/** That no password, token or order travels where others can read it: whoever is allowed in still comes through the internet. */
export const cleartext = ({ front }: LiveFacts): Finding =>
  unless(
    front.cleartext,
    "set domain in smart0dte.yaml for HTTPS, or loadBalancer: false to reach the systems by a tunnel; then deploy",
    "nothing is reached without encryption",
  )
