import { afterEach, beforeEach } from "vitest"
import type { Session } from "../../../src/aws/clients.ts"
import { type Objects, stateObjects } from "../../../src/aws/state/objects.ts"
import { there } from "../../steps/bench.ts"
import { type Sandboxed, sandboxed } from "../sandboxed.ts"
import { makeBucket } from "../state/bucket.ts"

export interface TradingGround {
  readonly aws: Sandboxed
  readonly session: Session
  readonly objects: Objects
}

/** A state bucket of its own for each test. */
export function tradingGround(): TradingGround {
  const opened: { aws?: Sandboxed; session?: Session } = {}
  beforeEach(async () => {
    opened.aws = await sandboxed()
    opened.session = await opened.aws.open()
    await makeBucket(opened.session)
  })
  afterEach(() => opened.aws?.close())
  return {
    get aws() {
      return there(opened.aws)
    },
    get session() {
      return there(opened.session)
    },
    get objects() {
      return stateObjects(this.session, this.session.s3)
    },
  }
}

/** The first of its writes are done, or not, and nobody hears of it. */
export const unheard = (objects: Objects, done: boolean, times = 1): Objects => {
  let left = times
  return {
    ...objects,
    async put(...args) {
      if (left-- <= 0) return objects.put(...args)
      if (done) await objects.put(...args)
      return undefined
    },
  }
}
