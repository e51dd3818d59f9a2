import type { Policy } from "../../src/aws/iam/policy.ts"
import { judge, type Wanted } from "../../src/sandbox/authorization/evaluate.ts"

export interface Statement {
  readonly Effect: "Allow" | "Deny"
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
}

// What a statement of IAM has: our type leaves that to IAM.
export const statementsOf = ({ Statement }: Policy) => Statement as readonly Statement[]

export const allowing = (policy: Policy) => {
  const identity = [JSON.stringify(policy)]
  return (one: Wanted): boolean => judge({ identity }, one) === "allowed"
}

/** What of it the policy does not allow. */
export const lacking = (policy: Policy, needed: readonly Wanted[]): readonly string[] => {
  const allowed = allowing(policy)
  return [...new Set(needed.filter((one) => !allowed(one)).map(({ action, resource }) => `${action} on ${resource}`))]
}

/** What a policy allows, one action on one sort of things at a time, that nothing of all this asked for. */
export const idle = (policy: Policy, needed: readonly Wanted[]): readonly string[] =>
  statementsOf(policy)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap((one) =>
      [one.Action].flat().flatMap((Action) => {
        const asking = needed.filter(({ action }) => action === Action)
        return [one.Resource].flat().flatMap((Resource) => {
          const allowed = allowing({ ...policy, Statement: [{ ...one, Action, Resource }] })
          return asking.some(allowed) ? [] : [`${Action} on ${Resource}`]
        })
      }),
    )

export const without = (policy: Policy, gone: string): Policy => ({
  ...policy,
  // IAM takes no statement without an action.
  Statement: statementsOf(policy)
    .map((one) => ({ ...one, Action: [one.Action].flat().filter((action) => action !== gone) }))
    .filter(({ Action }) => Action.length > 0),
})
