import type { RevokedResult, UserKeyRow, UserRow, UsersResult } from "../results/users.ts"
import { wrap } from "./fit.ts"
import { nextLines } from "./next.ts"
import { heading, type Page } from "./page.ts"
import { count } from "./quantity.ts"
import { escapeControls } from "./value.ts"

export function userLines({ account, rows, next }: UsersResult, page: Page): readonly string[] {
  return [
    ...heading(page, `${count(rows.length, "user")} in account ${account}`),
    ...rows.flatMap((row) => rowLines(row, page)),
    ...nextLines(next, page),
  ]
}

export function revokedLines(result: RevokedResult, page: Page): readonly string[] {
  const { account, deactivated, deeds, next, notes, region, roles, sessionsBefore, since, undone, user } = result
  const whole = undone.length === 0
  const done = [
    deactivated.length > 0
      ? `deactivated: ${deactivated.join(", ")}`
      : `no key was ${whole ? "active" : "switched off"}`,
    ...(sessionsBefore === undefined ? [] : [`sessions from before ${sessionsBefore} are refused`]),
    ...(roles.length === 0 ? [] : [`so are older ones of roles that were taken on: ${roles.join(", ")}`]),
    ...notes,
  ]
  const told = deeds.map(
    ({ first, from, last, refused, times, what }) =>
      `${what} ${times} x${refused > 0 ? ` (${refused} refused)` : ""}, ${first} to ${last}, from ${from.join(", ")}`,
  )
  return [
    ...heading(page, `${whole ? "" : "not all of "}the access of ${user} is revoked in account ${account}`),
    ...undone.flatMap((what) => wrap(page.paint.yellow(escapeControls(`! ${what}`)), page.width, 2)),
    ...done.flatMap((line) => wrap(escapeControls(line), page.width, 2)),
    "",
    ...wrap(`since ${since} the trail of ${region} has of these keys:`, page.width, 2),
    ...(told.length === 0 ? ["nothing"] : told).flatMap((line) => wrap(escapeControls(line), page.width, 4)),
    ...nextLines(next, page),
  ]
}

function rowLines({ amiss, groups, keys, of, secondFactors, signsIn, user }: UserRow, page: Page): readonly string[] {
  const facts = [
    `${of}${groups.length === 0 ? "" : `, in ${groups.join(", ")}`}`,
    `${signsIn ? "signs in to the console" : "no console"}, ${secondFactors === 0 ? "no second factor" : count(secondFactors, "second factor")}`,
    ...keys.map(keyText),
  ]
  return [
    "",
    ...wrap(page.paint.bold(escapeControls(user)), page.width, 2),
    ...facts.flatMap((fact) => wrap(escapeControls(fact), page.width, 4)),
    ...amiss.flatMap((what) => wrap(page.paint.yellow(escapeControls(`! ${what}`)), page.width, 4)),
  ]
}

const keyText = ({ active, ageDays, id, unusedDays, usedIn }: UserKeyRow): string =>
  `${id} ${active ? "active" : "inactive"}, ${count(ageDays, "day")} old, ${
    unusedDays === undefined ? "never used" : `used ${count(unusedDays, "day")} ago (${usedIn})`
  }`
