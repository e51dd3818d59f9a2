import type { Cloud, Place } from "../aws/cloud.ts"
import type { AccountItem, BootstrapConfig, ContactRole } from "../config/settings.ts"
import { type AnyStep, type Blueprint, keyOf, type Wishes } from "../engine/types.ts"
import { wishesOf } from "../engine/wishes.ts"
import { stateBucket } from "../steps/bucket.ts"
import { contact } from "../steps/contact.ts"
import { costTags } from "../steps/cost-tags.ts"
import { ebsEncryption } from "../steps/ebs-encryption.ts"
import { passwordPolicy } from "../steps/password-policy.ts"
import { publicAccessBlock } from "../steps/public-access-block.ts"
import { record } from "../steps/record.ts"
import { serviceLinkedRole } from "../steps/service-linked-role.ts"
import { type BillingWish, billingOf } from "./billing.ts"
import { watchersOf } from "./watchers.ts"
import type { WatchingWish } from "./watching.ts"

export type Told = Omit<WatchingWish, "logDays">

export interface AccountWish extends BillingWish {
  readonly place: Place
  readonly items: readonly AccountItem[]
  readonly contacts: BootstrapConfig["contacts"]
  /** Who is told of changes, where that is somebody else than who is told of spending. */
  readonly toldOfChanges?: Told | undefined
  /** Keys of what stays as it is though the last who spoke of it did not want it: no run has wished it. */
  readonly unasked?: ReadonlySet<string> | undefined
  /** What earlier runs wished of items that this one leaves alone. */
  readonly others?: Wishes | undefined
}

/** What an account has whatever runs in it. */
export function account(wish: AccountWish): Blueprint<Cloud> {
  const bucket = stateBucket(wish.place)
  const steps = stepsOf(wish)
  const asked = steps.filter((step) => !wish.unasked?.has(keyOf(step)))
  const wishes = besides(wish.others ?? {}, wishesOf([bucket, ...asked]))
  return { name: "account", scopes: [scope], first: record({ scope, bucket, wishes }), steps, ground: [bucket] }
}

/** Of what both wish, such as a trail without its key, the others' part stays known. */
const besides = (others: Wishes, own: Wishes): Wishes => ({
  ...others,
  ...Object.fromEntries(Object.entries(own).map(([key, fields]) => [key, { ...others[key], ...fields }])),
})

function stepsOf(wish: AccountWish): readonly AnyStep<Cloud>[] {
  const has = (item: AccountItem) => wish.items.includes(item)
  const when = (item: AccountItem, steps: () => readonly AnyStep<Cloud>[]) => (has(item) ? steps() : [])
  return [
    ...when("public-access-block", () => [publicAccessBlock({ scope })]),
    ...when("ebs-encryption", () => [ebsEncryption({ scope })]),
    ...when("password-policy", () => [passwordPolicy({ scope })]),
    ...when("contacts", () => contactsOf(wish)),
    ...when("cost-tags", () => [costTags({ scope })]),
    ...when("service-linked-roles", () => used.map((service) => serviceLinkedRole({ scope, service }))),
    ...billingOf({ ...wish, scope, alarms: has("spending-alarms"), budget: has("budget") }),
    ...watchersOf({
      scope,
      place: wish.place,
      trail: has("trail"),
      trailKey: has("trail-key"),
      changeAlarms: has("change-alarms") ? (wish.toldOfChanges ?? wish) : undefined,
      analyzer: has("analyzer"),
      config: has("config"),
      configRole: when("config", () => [serviceLinkedRole({ scope, service: "config" })]),
      guardduty: has("guardduty"),
      securityHub: has("security-hub"),
    }).steps,
  ]
}

/** What environments are made of. */
const used = ["elasticache", "elasticloadbalancing", "rds"] as const

const roles = ["billing", "operations", "security"] as const satisfies readonly ContactRole[]

/** Only a person can know them: who is named nowhere is left as he is. */
const contactsOf = ({ contacts }: AccountWish) =>
  roles.flatMap((role) => {
    const named = contacts[role]
    if (!named) return []
    const { name: person, ...rest } = named
    return [contact({ scope, role, person: { person, ...rest } })]
  })

const scope = "account"
