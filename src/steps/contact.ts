import {
  DeleteAlternateContactCommand,
  GetAlternateContactCommand,
  PutAlternateContactCommand,
} from "@aws-sdk/client-account"
import { onAnything } from "../aws/allow.ts"
import { alreadyGone, unlessNotFound } from "../aws/already.ts"
import type { Cloud } from "../aws/cloud.ts"
import { type CloudKind, step } from "../aws/step.ts"
import type { Scope } from "../engine/types.ts"

/** Whom AWS writes to about bills, outages or break-ins, besides the account's owner. */
export interface AlternateContact {
  readonly person: string
  readonly title: string
  readonly email: string
  readonly phone: string
}

export interface ContactWish {
  readonly scope: Scope
  readonly role: "billing" | "operations" | "security"
  readonly person: AlternateContact
}

export const contact = ({ scope, role, person }: ContactWish) => {
  const AlternateContactType = types[role]
  return step({
    kind: contactKind,
    name: role,
    scope,
    needs: {},
    spec: person,
    async read(ctx) {
      return { live: await contactOf(ctx, AlternateContactType), owner: "ours", phase: "ready" }
    },
    update: (ctx) => put(ctx, AlternateContactType, person),
    async restore(ctx, _, former) {
      // Nobody has no name.
      if (former.person !== "") await put(ctx, AlternateContactType, former)
      else await alreadyGone(ctx.contacts.send(new DeleteAlternateContactCommand({ AlternateContactType })))
    },
  })
}

const types = { billing: "BILLING", operations: "OPERATIONS", security: "SECURITY" } as const

type Type = (typeof types)[keyof typeof types]

export const contactKind: CloudKind<AlternateContact> = {
  name: "contact",
  unique: "name",
  fixed: [],
  blank: { person: "", title: "", email: "", phone: "" },
  allow: [onAnything("account:GetAlternateContact", "account:PutAlternateContact", "account:DeleteAlternateContact")],
  usually: { create: 1, update: 2 },
}

async function put(ctx: Cloud, AlternateContactType: Type, { person, title, email, phone }: AlternateContact) {
  await ctx.contacts.send(
    new PutAlternateContactCommand({
      AlternateContactType,
      Name: person,
      Title: title,
      EmailAddress: email,
      PhoneNumber: phone,
    }),
  )
}

async function contactOf(ctx: Cloud, AlternateContactType: Type): Promise<AlternateContact> {
  const asked = ctx.contacts.send(new GetAlternateContactCommand({ AlternateContactType }))
  const found = (await unlessNotFound(asked))?.AlternateContact
  return {
    person: found?.Name ?? "",
    title: found?.Title ?? "",
    email: found?.EmailAddress ?? "",
    phone: found?.PhoneNumber ?? "",
  }
}
