import { DeleteAlternateContactCommand, PutAlternateContactCommand } from "@aws-sdk/client-account"
import {
  CreateNotificationCommand,
  DeleteNotificationCommand,
  type Notification,
  UpdateBudgetCommand,
} from "@aws-sdk/client-budgets"
import { UpdateCostAllocationTagsStatusCommand } from "@aws-sdk/client-cost-explorer"
import { DisableEbsEncryptionByDefaultCommand } from "@aws-sdk/client-ec2"
import {
  DeleteAccountPasswordPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
  type UpdateAccountPasswordPolicyRequest,
} from "@aws-sdk/client-iam"
import { DeletePublicAccessBlockCommand, PutPublicAccessBlockCommand } from "@aws-sdk/client-s3-control"
import type { Session } from "../../../src/aws/clients.ts"
import { type Budget, budgetKind } from "../../../src/steps/budget.ts"
import { type AlternateContact, contactKind } from "../../../src/steps/contact.ts"
import { costTagsKind } from "../../../src/steps/cost-tags.ts"
import { ebsEncryptionKind } from "../../../src/steps/ebs-encryption.ts"
import { passwordPolicyKind } from "../../../src/steps/password-policy.ts"
import { publicAccessBlockKind } from "../../../src/steps/public-access-block.ts"
import { serviceLinkedRoleKind } from "../../../src/steps/service-linked-role.ts"
import { type KindTampers, tampersOf } from "./table.ts"
import { watchingTampers } from "./watching.ts"

const name = "it is the name, and nothing is renamed"
const stricter = "any other is stricter than what is wanted, and so as wanted"

/** Lets one of the four through again; the others stay. */
const unblock = (off: string) => (by: Session) =>
  by.s3control.send(
    new PutPublicAccessBlockCommand({
      AccountId: by.account,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
        [off]: false,
      },
    }),
  )

const strict: UpdateAccountPasswordPolicyRequest = {
  MinimumPasswordLength: 14,
  RequireSymbols: true,
  RequireNumbers: true,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  AllowUsersToChangePassword: true,
  PasswordReusePrevention: 24,
}

const weaken = (other: UpdateAccountPasswordPolicyRequest) => (by: Session) =>
  by.iam.send(new UpdateAccountPasswordPolicyCommand({ ...strict, ...other }))

/** All contacts of the tests are of the same person, but for their role, which the title names. */
const rename = (other: Partial<AlternateContact>) => (by: Session, live: AlternateContact) => {
  const { person, title, email, phone } = { ...live, ...other }
  const AlternateContactType = typeOf(live)
  const [Name, Title, EmailAddress, PhoneNumber] = [person, title, email, phone]
  return by.contacts.send(
    new PutAlternateContactCommand({ AlternateContactType, Name, Title, EmailAddress, PhoneNumber }),
  )
}

const typeOf = ({ title }: AlternateContact) => title.toUpperCase() as "BILLING" | "OPERATIONS" | "SECURITY"

const noticeOf = ({ notices: [first] }: Budget): Notification => ({
  NotificationType: first?.of,
  ComparisonOperator: first?.comparison,
  Threshold: first?.at,
  ThresholdType: first?.unit,
})

/** In us-east-1, where the tests are, the very same clients reach what watches the spending. */
const there = (kind: string): KindTampers => {
  const table = watchingTampers.find((one) => one.kind === kind)
  if (!table) throw new Error(`there is no table of ${kind}`)
  return { ...table, kind: `spending-${kind}` }
}

export const accountTampers: readonly KindTampers[] = [
  tampersOf(publicAccessBlockKind, {
    fields: {
      blockAcls: [
        unblock("BlockPublicAcls"),
        {
          does: (by) => by.s3control.send(new DeletePublicAccessBlockCommand({ AccountId: by.account })),
          seen: () => ["blockAcls", "ignoreAcls", "blockPolicies", "restrict"],
        },
      ],
      ignoreAcls: unblock("IgnorePublicAcls"),
      blockPolicies: unblock("BlockPublicPolicy"),
      restrict: unblock("RestrictPublicBuckets"),
    },
    fixed: {},
  }),
  tampersOf(ebsEncryptionKind, {
    fields: { enabled: ({ ec2 }) => ec2.send(new DisableEbsEncryptionByDefaultCommand({})) },
    fixed: {},
  }),
  tampersOf(passwordPolicyKind, {
    fields: {
      length: [
        weaken({ MinimumPasswordLength: 8 }),
        {
          does: ({ iam }) => iam.send(new DeleteAccountPasswordPolicyCommand({})),
          seen: () => ["length", "symbols", "numbers", "capitals", "smallLetters", "ownChange", "remembered"],
        },
      ],
      symbols: weaken({ RequireSymbols: false }),
      numbers: weaken({ RequireNumbers: false }),
      capitals: weaken({ RequireUppercaseCharacters: false }),
      smallLetters: weaken({ RequireLowercaseCharacters: false }),
      ownChange: weaken({ AllowUsersToChangePassword: false }),
      remembered: weaken({ PasswordReusePrevention: 1 }),
    },
    fixed: { longest: stricter, locksOut: stricter },
  }),
  tampersOf(contactKind, {
    fields: {
      person: [
        rename({ person: "Somebody Else" }),
        {
          does: (by, live) =>
            by.contacts.send(new DeleteAlternateContactCommand({ AlternateContactType: typeOf(live) })),
          seen: () => ["person", "title", "email", "phone"],
        },
      ],
      title: rename({ title: "Nobody" }),
      email: rename({ email: "else@example.com" }),
      phone: rename({ phone: "+1 202 555 0199" }),
    },
    fixed: {},
  }),
  tampersOf(costTagsKind, {
    fields: {
      inactive: ({ costs }) => {
        const CostAllocationTagsStatus = [{ TagKey: "smart0dte:environment", Status: "Inactive" as const }]
        return costs.send(new UpdateCostAllocationTagsStatusCommand({ CostAllocationTagsStatus }))
      },
    },
    fixed: {},
  }),
  tampersOf(serviceLinkedRoleKind, { fields: {}, fixed: { roleName: name } }),
  tampersOf(budgetKind, {
    fields: {
      usd: ({ budgets, account: AccountId }, { budgetName: BudgetName }) => {
        const BudgetLimit = { Amount: "9000", Unit: "USD" }
        const NewBudget = { BudgetName, BudgetLimit, TimeUnit: "MONTHLY" as const, BudgetType: "COST" as const }
        return budgets.send(new UpdateBudgetCommand({ AccountId, NewBudget }))
      },
      notices: [
        ({ budgets, account: AccountId }, live) =>
          budgets.send(
            new DeleteNotificationCommand({ AccountId, BudgetName: live.budgetName, Notification: noticeOf(live) }),
          ),
        async ({ budgets, account: AccountId }, live) => {
          const common = { AccountId, BudgetName: live.budgetName }
          await budgets.send(new DeleteNotificationCommand({ ...common, Notification: noticeOf(live) }))
          const Subscribers = [{ SubscriptionType: "EMAIL" as const, Address: "else@example.com" }]
          return budgets.send(new CreateNotificationCommand({ ...common, Notification: noticeOf(live), Subscribers }))
        },
      ],
    },
    fixed: { budgetName: name },
  }),
  ...["topic", "subscription", "alarm"].map(there),
]
