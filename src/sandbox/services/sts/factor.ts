import type { Call } from "../../service.ts"
import { stepOf } from "../iam/mfa-codes.ts"
import { mfaDevices } from "../iam/user-records.ts"
import { denied } from "./refusals.ts"

interface Shown {
  readonly SerialNumber?: string | undefined
  readonly TokenCode?: string | undefined
}

/** When a user has shown his second factor, if he does. */
export const factorShown = (call: Call, { SerialNumber, TokenCode }: Shown): number | undefined => {
  if (SerialNumber === undefined && TokenCode === undefined) return undefined
  if (SerialNumber === undefined || TokenCode === undefined) {
    throw failed(", must provide both MFA serial number and one time pass code.")
  }
  const device = mfaDevices(call).get(SerialNumber)
  const user = /:user\/(?:.*\/)?([^/]+)$/.exec(call.callerArn)?.[1]
  if (!device || device.UserName === undefined || device.UserName !== user) throw failed(UNKNOWN)
  const LastStep = stepOf(device, [TokenCode], [-1, 0, 1])
  if (LastStep === undefined) throw failed(" with invalid MFA one time pass code.")
  mfaDevices(call).put(SerialNumber, { ...device, LastStep })
  return call.now
}

const UNKNOWN =
  ", unable to validate MFA code. Please verify your MFA serial number is valid and associated with this user."

const failed = (why: string) => denied(`MultiFactorAuthentication failed${why}`)
