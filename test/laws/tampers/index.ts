import { accessTampers } from "./access.ts"
import { accountTampers } from "./account.ts"
import { cacheTampers } from "./cache.ts"
import { databaseTampers } from "./database.ts"
import { frontTampers } from "./front.ts"
import { machineTampers } from "./machine.ts"
import { networkTampers } from "./network.ts"
import { ruleTampers } from "./rules.ts"
import { secretTampers } from "./secrets.ts"
import { storageTampers } from "./storage.ts"
import type { KindTampers } from "./table.ts"
import { tradingTampers } from "./trading.ts"
import { watcherTampers } from "./watchers.ts"
import { watchingTampers } from "./watching.ts"

export const tampers: readonly KindTampers[] = [
  ...networkTampers,
  ...ruleTampers,
  ...accessTampers,
  ...databaseTampers,
  ...frontTampers,
  ...machineTampers,
  ...storageTampers,
  ...secretTampers,
  ...cacheTampers,
  ...tradingTampers,
  ...watchingTampers,
  ...accountTampers,
  ...watcherTampers,
]
