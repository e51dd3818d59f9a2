import type { Holder } from "../aws/state/lock-file.ts"

export function describeHolder({ owner, what, since }: Holder): string {
  return `${owner} (${what}) since ${since}`
}
