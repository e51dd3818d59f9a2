import { NotYet } from "../../errors.ts"

/**
 * What is at a change already takes no other. It may be this very one, whose answer was lost, so it is not asked for
 * again: whoever asked looks until it is over, and then how things are.
 */
export async function unlessBusy(asked: Promise<unknown>): Promise<void> {
  await asked.catch((error: unknown) => {
    if (!(error instanceof NotYet)) throw error
  })
}
