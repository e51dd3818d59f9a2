import type { Session } from "../../../src/aws/clients.ts"
import { stateObjects } from "../../../src/aws/state/objects.ts"
import type { Trading } from "../../../src/aws/trading/record.ts"
import { changeTrading } from "../../../src/aws/trading/store.ts"
import { tradingKind } from "../../../src/steps/trading.ts"
import { tampersOf } from "./table.ts"

/** Writes into the record of how systems trade, as nobody should. */
export const writesTrading = (by: Session, scope: string, system: string, other: Partial<Trading> | undefined) =>
  changeTrading(stateObjects(by, by.s3), scope, { by: by.arn, run: "other", at: "now" }, (systems) => {
    const { [system]: own, ...others } = systems
    return own && other ? { ...systems, [system]: { ...own, ...other } } : others
  })

export const tradingTampers = [
  tampersOf(tradingKind, {
    fields: {
      trader: (by, { scope, system }) => writesTrading(by, scope, system, { trader: "i-0123456789abcdef0" }),
    },
    fixed: {},
  }),
]
