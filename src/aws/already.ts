import { AlreadyExists, NotFound } from "../errors.ts"

// AWS refuses to do again what an earlier attempt, whose answer was lost, has done. Whether all is as wanted is seen
// by looking, which comes after every change.

export async function alreadyThere(done: Promise<unknown>): Promise<void> {
  await done.catch((error: unknown) => {
    if (!(error instanceof AlreadyExists)) throw error
  })
}

export async function alreadyGone(done: Promise<unknown>): Promise<void> {
  await done.catch((error: unknown) => {
    if (!(error instanceof NotFound)) throw error
  })
}

/** What is asked for by name, where it is there. */
export const unlessNotFound = <Answer>(asked: Promise<Answer>): Promise<Answer | undefined> =>
  asked.catch((error: unknown) => {
    if (error instanceof NotFound) return undefined
    throw error
  })
