import { dayAfter } from "./calendar.ts"
import { easternTime } from "./eastern.ts"

/**
 * When the broker next makes every login invalid: on Sundays at 01:00 Eastern. From then on the gateway is logged out
 * until somebody has given the second factor.
 */
export function nextForcedLogin(at: number): number {
  const { wallAt, instantOf } = easternTime()
  const from = (day: string): number => {
    const login = instantOf(day, "01:00")
    return new Date(day).getUTCDay() === 0 && login > at ? login : from(dayAfter(day))
  }
  return from(wallAt(at).day)
}
