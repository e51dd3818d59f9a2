import { pad, wrap } from "./fit.ts"
import type { Page } from "./page.ts"

/** A name with its text to the right of it, or below it where the screen is narrow. */
export function beside(
  name: string,
  text: string,
  { column, page }: { readonly column: number; readonly page: Page },
): readonly string[] {
  if (page.width < narrow) return [...(name === "" ? [] : wrap(name, page.width, 2)), ...wrap(text, page.width, 4)]
  const [first = "", ...others] = wrap(text, page.width, column + 4)
  return [`  ${pad(name, column)}  ${first.trimStart()}`.trimEnd(), ...others]
}

const narrow = 60
