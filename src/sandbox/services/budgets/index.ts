import type { Service } from "../../service.ts"
import { budgetHandlers } from "./budget.ts"
import { notificationHandlers } from "./notification.ts"
import * as schemas from "./schemas.ts"

/** What a month may cost, and who is told when it does. */
export const budgets: Service = {
  signingName: "budgets",
  schemas,
  handlers: { ...budgetHandlers, ...notificationHandlers },
  reads: /^Describe/,
  limits: [[/^/, 5, 5]],
}
