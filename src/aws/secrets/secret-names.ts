import type { Scope } from "../../engine/types.ts"
import { parameterName } from "../names.ts"

/** Where a secret of the scope lies: `smart0dte/poc/smart-0dte/keys`. */
export const secretName = (scope: Scope, name: string): string => parameterName(scope, name).slice(1)
