import { codeAt, STEP } from "./totp.ts"
import type { MfaDeviceRecord } from "./user-records.ts"

/**
 * The last of the half minutes in which a device showed these codes one after the other, the first of them so many
 * from now; each code is good once. They are of the wall clock: the app that shows them knows no other.
 */
export const stepOf = (
  { LastStep = 0, Seed }: MfaDeviceRecord,
  codes: readonly string[],
  near: readonly number[],
): number | undefined => {
  const now = Math.floor(Date.now() / STEP)
  const first = near
    .map((steps) => now + steps)
    .find((step) => step > LastStep && codes.every((code, after) => codeAt(Seed, (step + after) * STEP) === code))
  return first === undefined ? undefined : first + codes.length - 1
}
