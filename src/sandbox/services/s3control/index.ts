import type * as Control from "@aws-sdk/client-s3-control"
import { type Call, handlers, Refusal, type Service } from "../../service.ts"
import type { Table } from "../../store.ts"
import * as schemas from "./schemas.ts"

const publicAccessHandlers = handlers<typeof Control>()({
  GetPublicAccessBlock: (input, call) => {
    const found = blocks(call).get(ownAccount(call, input.AccountId))
    if (found) return { PublicAccessBlockConfiguration: { ...found } }
    throw new Refusal(
      "NoSuchPublicAccessBlockConfiguration",
      "The public access block configuration was not found",
      404,
    )
  },

  PutPublicAccessBlock: (input, call) => {
    const wish = input.PublicAccessBlockConfiguration
    blocks(call).put(ownAccount(call, input.AccountId), {
      BlockPublicAcls: wish?.BlockPublicAcls ?? false,
      IgnorePublicAcls: wish?.IgnorePublicAcls ?? false,
      BlockPublicPolicy: wish?.BlockPublicPolicy ?? false,
      RestrictPublicBuckets: wish?.RestrictPublicBuckets ?? false,
    })
    return {}
  },

  DeletePublicAccessBlock: (input, call) => {
    blocks(call).delete(ownAccount(call, input.AccountId))
    return {}
  },
})

/** What holds for all buckets of an account. Its requests are signed as S3's, and name the account. */
export const s3control: Service = {
  signingName: "s3control",
  schemas,
  handlers: publicAccessHandlers,
  reads: /^Get/,
  limits: [[/^/, 20, 20]],
}

const ownAccount = (call: Call, id: string | undefined): string => {
  if (id === call.account) return id
  throw new Refusal("AccessDenied", "Access Denied", 403)
}

const blocks = (call: Call): Table<Required<Control.PublicAccessBlockConfiguration>> =>
  call.store.table("s3control/public-access-block")
