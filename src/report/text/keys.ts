import type { KeyRow, KeysResult } from "../results/keys.ts"
import { wrap } from "./fit.ts"
import { nextLines } from "./next.ts"
import { heading, type Page } from "./page.ts"
import { count } from "./quantity.ts"
import { escapeControls } from "./value.ts"

export function keyLines({ account, region, rows, next }: KeysResult, page: Page): readonly string[] {
  return [
    ...heading(page, `${count(rows.length, "key pair")} in account ${account}, ${region}`),
    ...rows.flatMap((row) => rowLines(row, page)),
    ...nextLines(next, page),
  ]
}

function rowLines({ name, keyType, fingerprint, of, file, usedBy }: KeyRow, page: Page): readonly string[] {
  const facts = [
    `${keyType} ${fingerprint}`,
    of === "keypair" ? "made or imported by smart0dte keypair" : `of ${of}`,
    file === undefined ? "no file in ~/.ssh belongs to it" : `here: ${file}`,
    usedBy.length === 0 ? "no instance was made with it" : `made with it: ${usedBy.join(", ")}`,
  ]
  return [
    "",
    ...wrap(page.paint.bold(escapeControls(name)), page.width, 2),
    ...facts.flatMap((fact) => wrap(escapeControls(fact), page.width, 4)),
  ]
}
