import type * as Contacts from "@aws-sdk/client-account"
import { type Call, handlers, Refusal, type Service } from "../../service.ts"
import type { Table } from "../../store.ts"
import * as schemas from "./schemas.ts"

interface ContactRecord {
  readonly Name: string
  readonly Title: string
  readonly EmailAddress: string
  readonly PhoneNumber: string
}

const contactHandlers = handlers<typeof Contacts>()({
  GetAlternateContact: (input, call) => {
    refuseOthers(input.AccountId)
    return { AlternateContact: { ...contactOf(call, input), AlternateContactType: input.AlternateContactType } }
  },

  PutAlternateContact: (input, call) => {
    refuseOthers(input.AccountId)
    const { Name = "", Title = "", EmailAddress = "", PhoneNumber = "" } = input
    contacts(call).put(input.AlternateContactType ?? "", { Name, Title, EmailAddress, PhoneNumber })
    return {}
  },

  DeleteAlternateContact: (input, call) => {
    refuseOthers(input.AccountId)
    contactOf(call, input)
    contacts(call).delete(input.AlternateContactType ?? "")
    return {}
  },
})

/** Whom AWS writes to, besides the account's owner. */
export const account: Service = {
  signingName: "account",
  schemas,
  handlers: contactHandlers,
  reads: /^Get/,
  limits: [
    [/^Get/, 15, 10],
    [/^Put/, 8, 5],
    [/^/, 6, 1],
  ],
}

/** Only an organization's management account may name an account, and never itself. */
const refuseOthers = (id: string | undefined): void => {
  if (id === undefined) return
  throw new Refusal("AccessDeniedException", `User is not authorized to access account ${id}`, 403)
}

const contactOf = (
  call: Call,
  { AlternateContactType: type = "" }: { readonly AlternateContactType?: string | undefined },
) => {
  const found = contacts(call).get(type)
  if (found) return found
  throw new Refusal("ResourceNotFoundException", `No contact of the inputted alternate contact type found.`, 404)
}

/** An account's, whichever region asks. */
const contacts = (call: Call): Table<ContactRecord> => call.store.table("account/contact")
