import type { Outcome } from "../../src/engine/perform.ts"
import type { Thing } from "./evidence.ts"

/** What stays when an environment is destroyed, though everything goes well: each kind of thing, and how it is said. */
export interface Remains {
  readonly kind: string
  /** Where the sandbox keeps what stays. */
  readonly what: string
  readonly says: RegExp
}

const declared: readonly Remains[] = [
  {
    kind: "database",
    what: "rds/snapshot",
    says: /^the snapshot smart0dte-poc-postgres-final-[0-9a-z]+: 50 GB at most, 4\.75 USD a month at most on \d{4}-\d\d-\d\d$/,
  },
  {
    kind: "volume",
    what: "ec2/snapshot",
    says: /snapshot.* USD a month/,
  },
  {
    kind: "secret",
    what: "secretsmanager/secret",
    says: /^the secret \S+, free of charge, until \d{4}-\d\d-\d\d/,
  },
  {
    kind: "subscription",
    what: "sns/subscription",
    says: /never answered.* 0\.00 USD$/,
  },
]

/** What was said to stay and is not declared so, or not in these words. */
export const surprises = ({ remains }: Pick<Outcome, "remains">): readonly string[] =>
  remains
    .filter(({ step, what }) => !declared.some(({ kind, says }) => kind === step.kind && says.test(what)))
    .map(({ step, what }) => `${step.key}: ${what}`)

/** All but what may stay. */
export const withoutRemains = (things: readonly Thing[]): readonly Thing[] =>
  things.filter((thing) => !declared.some(({ what }) => what === thing.what))
