import type * as client from "@aws-sdk/client-account"
import { expect, it } from "vitest"
import { account } from "../../../../src/sandbox/services/account/index.ts"
import { provesRefusals, type Row } from "../refusal-table.ts"
import { type Rig, rigOf } from "../rig.ts"

type Ground = Rig<typeof client>

const ground = (): Ground => rigOf<typeof client>(account)
const person = { Name: "Ada", Title: "Accounts", EmailAddress: "ada@example.com", PhoneNumber: "1" }

const rows: readonly Row<Ground>[] = [
  [
    "nobody is named",
    "ResourceNotFoundException",
    "Account Management API reference: GetAlternateContact",
    (aws) => aws.refused("GetAlternateContact", { AlternateContactType: "BILLING" }),
  ],
  [
    "nobody to take off",
    "ResourceNotFoundException",
    "Account Management API reference: DeleteAlternateContact",
    (aws) => aws.refused("DeleteAlternateContact", { AlternateContactType: "BILLING" }),
  ],
  [
    "an account is named",
    "AccessDeniedException",
    "Account Management API reference: AccountId",
    (aws) => aws.refused("PutAlternateContact", { AlternateContactType: "BILLING", AccountId: "1", ...person }),
  ],
]

provesRefusals(new URL("../../../../src/sandbox/services/account/", import.meta.url), rows, ground)

it("keeps one contact for each role, whichever region asks", () => {
  const aws = ground()
  aws.run("PutAlternateContact", { AlternateContactType: "SECURITY", ...person })
  aws.move("eu-central-1")
  const { AlternateContact } = aws.run("GetAlternateContact", { AlternateContactType: "SECURITY" })
  expect(AlternateContact).toEqual({ AlternateContactType: "SECURITY", ...person })
  expect(aws.refused("GetAlternateContact", { AlternateContactType: "BILLING" })).toContain("ResourceNotFound")
})
