import type { AppFinding, AppsResult } from "../results/apps.ts"
import { wrap } from "./fit.ts"
import { heading, type Page } from "./page.ts"
import { count } from "./quantity.ts"
import { escapeControls } from "./value.ts"

export function appLines({ systems, findings }: AppsResult, page: Page): readonly string[] {
  const problems = findings.filter(({ handled }) => !handled)
  return [
    ...systems.flatMap(({ system, ports }) => {
      const published = Object.entries(ports).map(([service, port]) => `${service} on ${port}`)
      const own = findings.filter((finding) => finding.system === system)
      return [
        ...heading(page, `${system}: ${published.join(", ")}`),
        ...own.flatMap((finding) => findingLines(finding, page)),
        "",
      ]
    }),
    ...heading(page, problems.length === 0 ? "nothing is left to do" : `${count(problems.length, "problem")} to solve`),
  ]
}

function findingLines({ service, handled, text }: AppFinding, page: Page): readonly string[] {
  const sign = handled ? page.paint.dim("taken care of") : page.paint.red("to solve")
  return wrap(`${sign}  ${escapeControls(`${service === undefined ? "" : `${service}: `}${text}`)}`, page.width, 2)
}
