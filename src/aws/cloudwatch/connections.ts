const gibPerCore: Readonly<Record<string, number>> = { m: 4, r: 8, x: 16, c: 2 }
const small: Readonly<Record<string, number>> = { nano: 0.5, micro: 1, small: 2, medium: 4, large: 8 }

/**
 * About how many may connect to PostgreSQL at once where nobody said how many: AWS divides the memory by 9,531,392
 * bytes, and gives the database about three quarters of what the class has. Nothing for a class of unknown size.
 */
export function connectionsOf(instanceClass: string): number | undefined {
  const [, family = "", size = ""] = /^db\.([a-z]+)\w*\.(\w+)$/.exec(instanceClass) ?? []
  const gib = memoryOf(family, size)
  return gib === undefined ? undefined : Math.min(5000, Math.floor((0.77 * gib * 1024 ** 3) / 9_531_392))
}

function memoryOf(family: string, size: string): number | undefined {
  const xlarge = /^(\d*)xlarge$/.exec(size)
  const cores = xlarge ? 4 * Number(xlarge[1] || 1) : 2
  if (family.startsWith("t")) return xlarge ? 4 * cores : small[size]
  const perCore = gibPerCore[family[0] ?? ""]
  return perCore !== undefined && (xlarge || size === "large") ? perCore * cores : undefined
}
