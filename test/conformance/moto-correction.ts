import type { Session } from "../../src/aws/clients.ts"

export interface Correction {
  readonly name: string
  readonly why: string
  /** Tried on moto as it comes. */
  isNeeded(by: Session): Promise<boolean>
}

/** Whether moto has no such operation, and not only an objection to what it is asked. */
export const isMissing = (attempt: Promise<unknown>): Promise<boolean> => says(attempt, /no (proper )?answer came/)

export const isRefused = (attempt: Promise<unknown>): Promise<boolean> => says(attempt, /./)

async function says(attempt: Promise<unknown>, what: RegExp): Promise<boolean> {
  try {
    await attempt
    return false
  } catch (error) {
    return error instanceof Error && what.test(error.message)
  }
}
