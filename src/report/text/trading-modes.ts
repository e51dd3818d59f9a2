import type { ModesResult, RecordedTrading } from "../results/trading.ts"
import { beside } from "./beside.ts"
import { wrap } from "./fit.ts"
import { nextLines } from "./next.ts"
import { heading, type Page, placeOf } from "./page.ts"
import { nodeLines } from "./trading-node.ts"
import { escapeControls } from "./value.ts"

/** What the record says, what runs, and where the two are not the same. */
export function modeLines(result: ModesResult, page: Page): readonly string[] {
  const { recorded, rows, disagreements, next } = result
  return [
    ...heading(page, `how the systems of ${placeOf(result)} trade`),
    "",
    ...wrap(recordWords(result), page.width),
    ...recorded.flatMap((one) => beside(one.system, recordedWords(one), { column: 32, page })),
    ...(rows.length > 0 ? ["", ...wrap("by the containers that run:", page.width)] : []),
    ...rows.flatMap((row) => nodeLines(row, page)),
    "",
    ...disagreements.flatMap((line) => wrap(page.paint.red(escapeControls(line)), page.width, 2)),
    ...heading(page, disagreements.length === 0 ? "record and nodes agree" : "record and nodes do not agree"),
    ...nextLines(next, page),
  ]
}

const recordWords = ({ epoch, by, at }: ModesResult): string =>
  epoch === undefined ? "there is no record to go by:" : escapeControls(`by the record (epoch ${epoch}, ${at}, ${by}):`)

const recordedWords = ({ mode, trading, trader, since }: RecordedTrading): string =>
  escapeControls(`${mode}, ${trading}, since ${since}; trader ${trader === "" ? "none" : trader}`)
