import { distance } from "fastest-levenshtein"

/** The name that was probably meant, if one is near enough. */
export const closest = (wrong: string, names: readonly string[]): string | undefined => {
  const near = names
    .map((name) => ({ name, far: distance(wrong.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, far }) => far <= Math.ceil(name.length / 3))
    .sort((a, b) => a.far - b.far)
  return near[0]?.name
}
