import type { Limits } from "../variables.ts"

/** As nodes say them and the record keeps them: `dailyLoss/position/openPositions`. */
export const limitsText = ({ dailyLoss, position, openPositions }: Limits): string =>
  [dailyLoss, position, openPositions].join("/")

/** Nothing where one of them is missing, is no finite amount above zero, or stands there in a way that others could read otherwise. */
export function limitsIn(text: string): Limits | undefined {
  const parts = text.split("/")
  if (parts.length !== 3 || !parts.every((part) => /^\d{1,10}(\.\d{1,2})?$/.test(part) && Number(part) > 0))
    return undefined
  const [dailyLoss = 0, position = 0, openPositions = 0] = parts.map(Number)
  return Number.isInteger(openPositions) ? { dailyLoss, position, openPositions } : undefined
}

/** What may be lost in a day by all of them together: the most that is confirmed, to the cent. */
export const totalLoss = (all: readonly Limits[]): number =>
  Math.round(all.reduce((sum, { dailyLoss }) => sum + dailyLoss, 0) * 100) / 100

/** How the amount is shown, and typed. */
export const amountText = (usd: number): string => (Number.isInteger(usd) ? String(usd) : usd.toFixed(2))
