import { accessTampers } from "./access.ts"
import { machineTampers } from "./machine.ts"
import { networkTampers } from "./network.ts"
import { ruleTampers } from "./rules.ts"
import { storageTampers } from "./storage.ts"
import type { KindTampers } from "./table.ts"

export const tampers: readonly KindTampers[] = [
  ...networkTampers,
  ...ruleTampers,
  ...accessTampers,
  ...machineTampers,
  ...storageTampers,
]
