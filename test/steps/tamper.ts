import { expect, it } from "vitest"
import type { Session } from "../../src/aws/clients.ts"
import type { AnyStep, Lives } from "../../src/engine/types.ts"
import { type Bench, fieldsOf } from "./bench.ts"

type LiveOf<S extends AnyStep> = Lives<{ it: S }>["it"]

/**
 * Changes each wanted field from outside: it must be seen, and put right. A wanted field that is in neither list
 * fails, so that no new field goes unwatched.
 */
export function seesAndRepairs<S extends AnyStep>(
  on: Bench,
  wish: () => S,
  tampers: Readonly<Record<string, (cloud: Session, live: LiveOf<S>) => Promise<unknown>>>,
  unchangeable: readonly string[],
): void {
  it("watches every wanted field", async () => {
    const wanted = Object.keys(await on.wanted(wish()))
    expect(wanted.toSorted()).toEqual([...Object.keys(tampers), ...unchangeable].toSorted())
  })

  it.each(Object.entries(tampers))("sees %s changed, and puts it right", async (field, tamper) => {
    await on.make(wish())
    await tamper(on.cloud, await on.live(wish()))
    expect(fieldsOf(await on.see(wish()))).toContain(field)
    await on.make(wish())
    expect(await on.see(wish())).toMatchObject({ state: "same", changes: [] })
  })
}
