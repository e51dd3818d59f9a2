import type { UnsuccessfulItem } from "@aws-sdk/client-ec2"
import type { Cloud } from "../cloud.ts"
import { translate } from "../failures/translate.ts"

interface Answer {
  readonly Unsuccessful?: readonly UnsuccessfulItem[] | undefined
  readonly $metadata: { readonly requestId?: string | undefined }
}

/** Some of EC2's operations succeed as a whole and say of each thing whether it worked: this throws what did not. */
export function refuseUnsuccessful(ctx: Cloud, name: string, { Unsuccessful = [], $metadata }: Answer): void {
  const [item] = Unsuccessful
  if (!item) return
  const refusal = Object.assign(new Error(item.Error?.Message), {
    name: item.Error?.Code ?? "Unsuccessful",
    $metadata: { ...$metadata, httpStatusCode: 400 },
  })
  throw translate(refusal, { service: "ec2", name }, {}, { region: ctx.region })
}
