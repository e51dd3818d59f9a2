import {
  AccessDeniedException$,
  CreateBudget$,
  CreateNotification$,
  CreateSubscriber$,
  CreationLimitExceededException$,
  DeleteBudget$,
  DeleteNotification$,
  DeleteSubscriber$,
  DescribeBudget$,
  DescribeBudgets$,
  DescribeNotificationsForBudget$,
  DescribeSubscribersForNotification$,
  DuplicateRecordException$,
  InvalidNextTokenException$,
  InvalidParameterException$,
  NotFoundException$,
  UpdateBudget$,
} from "@aws-sdk/client-budgets"
import type { Service } from "../../service.ts"
import { budgetHandlers } from "./budget.ts"
import { notificationHandlers } from "./notification.ts"

/** What a month may cost, and who is told when it does. */
export const budgets: Service = {
  signingName: "budgets",
  schemas: {
    AccessDeniedException$,
    CreateBudget$,
    CreateNotification$,
    CreateSubscriber$,
    CreationLimitExceededException$,
    DeleteBudget$,
    DeleteNotification$,
    DeleteSubscriber$,
    DescribeBudget$,
    DescribeBudgets$,
    DescribeNotificationsForBudget$,
    DescribeSubscribersForNotification$,
    DuplicateRecordException$,
    InvalidNextTokenException$,
    InvalidParameterException$,
    NotFoundException$,
    UpdateBudget$,
  },
  handlers: { ...budgetHandlers, ...notificationHandlers },
  reads: /^Describe/,
  limits: [[/^/, 5, 5]],
}
