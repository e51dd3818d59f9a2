import {
  DeleteAccountPasswordPolicyCommand,
  GetAccountPasswordPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
} from "@aws-sdk/client-iam"
import { onAnything } from "../aws/allow.ts"
import { alreadyGone, unlessNotFound } from "../aws/already.ts"
import type { Cloud } from "../aws/cloud.ts"
import { type CloudKind, step } from "../aws/step.ts"
import type { Scope } from "../engine/types.ts"

/** What a password for the console must be. */
export interface PasswordPolicy {
  /** Without one, IAM has rules of its own. */
  readonly present: boolean
  readonly length: number
  readonly symbols: boolean
  readonly numbers: boolean
  readonly capitals: boolean
  readonly smallLetters: boolean
  /** Whether everybody may change their own. */
  readonly ownChange: boolean
  /** Days; 0 where a password lasts for ever. */
  readonly longest: number
  /** How many former ones cannot be taken again. */
  readonly remembered: number
  /** Whether only an administrator lets somebody in whose password has expired. */
  readonly locksOut: boolean
}

export const passwordPolicy = ({ scope }: { readonly scope: Scope }) =>
  step({
    kind: passwordPolicyKind,
    name: "main",
    scope,
    needs: {},
    spec: wanted,
    async read(ctx) {
      return { live: await policyOf(ctx), owner: "ours", phase: "ready" }
    },
    update: (ctx, live) => put(ctx, stricterOf(live, wanted)),
    async restore(ctx, live, former) {
      if (former.present) await put(ctx, former)
      else if (live.present) await alreadyGone(ctx.iam.send(new DeleteAccountPasswordPolicyCommand({})))
    },
  })

type Rules = Omit<PasswordPolicy, "present">

/** What the CIS benchmark asks for: long ones that never come back. Those who must change often write theirs down. */
const wanted: Rules = {
  length: 14,
  symbols: true,
  numbers: true,
  capitals: true,
  smallLetters: true,
  ownChange: true,
  longest: 0,
  remembered: 24,
  locksOut: false,
}

/** Field by field: what somebody asks beyond what is wanted is not taken back. */
const stricterOf = (one: Rules, other: Rules): Rules => ({
  length: Math.max(one.length, other.length),
  symbols: one.symbols || other.symbols,
  numbers: one.numbers || other.numbers,
  capitals: one.capitals || other.capitals,
  smallLetters: one.smallLetters || other.smallLetters,
  // Nobody is the safer where people cannot change theirs.
  ownChange: one.ownChange || other.ownChange,
  longest: one.longest && other.longest ? Math.min(one.longest, other.longest) : one.longest || other.longest,
  remembered: Math.max(one.remembered, other.remembered),
  locksOut: one.locksOut || other.locksOut,
})

export const passwordPolicyKind: CloudKind<PasswordPolicy> = {
  name: "password-policy",
  unique: "name",
  fixed: [],
  blank: {
    present: false,
    length: 8,
    symbols: false,
    numbers: false,
    capitals: false,
    smallLetters: false,
    ownChange: false,
    longest: 0,
    remembered: 0,
    locksOut: false,
  },
  agrees: (field, live) => {
    const rules: Rules = { ...wanted, [field]: live }
    return stricterOf(rules, wanted)[field as keyof Rules] === live
  },
  allow: [
    onAnything("iam:GetAccountPasswordPolicy", "iam:UpdateAccountPasswordPolicy", "iam:DeleteAccountPasswordPolicy"),
  ],
  usually: { create: 1, update: 1 },
}

/** All of it: what is left out would fall back to what IAM makes of nothing. */
async function put({ iam }: Cloud, rules: Rules): Promise<void> {
  await iam.send(
    new UpdateAccountPasswordPolicyCommand({
      MinimumPasswordLength: rules.length,
      RequireSymbols: rules.symbols,
      RequireNumbers: rules.numbers,
      RequireUppercaseCharacters: rules.capitals,
      RequireLowercaseCharacters: rules.smallLetters,
      AllowUsersToChangePassword: rules.ownChange,
      HardExpiry: rules.locksOut,
      // Neither takes a 0.
      ...(rules.longest > 0 && { MaxPasswordAge: rules.longest }),
      ...(rules.remembered > 0 && { PasswordReusePrevention: rules.remembered }),
    }),
  )
}

async function policyOf({ iam }: Cloud): Promise<PasswordPolicy> {
  const answer = await unlessNotFound(iam.send(new GetAccountPasswordPolicyCommand({})))
  if (!answer?.PasswordPolicy) return passwordPolicyKind.blank
  const { PasswordPolicy: found } = answer
  return {
    present: true,
    length: found.MinimumPasswordLength ?? 6,
    symbols: found.RequireSymbols ?? false,
    numbers: found.RequireNumbers ?? false,
    capitals: found.RequireUppercaseCharacters ?? false,
    smallLetters: found.RequireLowercaseCharacters ?? false,
    ownChange: found.AllowUsersToChangePassword ?? false,
    longest: found.MaxPasswordAge ?? 0,
    remembered: found.PasswordReusePrevention ?? 0,
    locksOut: found.HardExpiry ?? false,
  }
}
