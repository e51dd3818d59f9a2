/**
 * For whom there is a policy. Who has `bootstrap` makes the account's baseline, and nothing else. A deployer makes,
 * changes and destroys an environment. An operator releases, halts and resumes what trades with paper; a trader goes
 * live and approves it, with a second factor only. CI plans, deploys and goes live by three of them, none of which can
 * approve anything. And what works for an environment without a person deploys and operates in dev or stage and nowhere
 * else; in prod it reads, measures and changes nothing.
 */
export const policyNames = [
  "bootstrap",
  "deployer",
  "operator",
  "trader",
  "ci-plan",
  "ci-deploy",
  "ci-live",
  "dev",
  "stage",
  "prod",
] as const
export type PolicyName = (typeof policyNames)[number]

/** Those that are of one scope, whichever is asked about. */
export const scopeOf = (name: PolicyName): string | undefined =>
  name === "bootstrap" ? "account" : name === "dev" || name === "stage" || name === "prod" ? name : undefined
