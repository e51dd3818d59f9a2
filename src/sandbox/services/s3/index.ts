import type { Service } from "../../service.ts"
import { bucketHandlers } from "./buckets.ts"
import { deleteHandlers } from "./deletes.ts"
import { lifecycleHandlers } from "./lifecycle.ts"
import { listingHandlers } from "./listing.ts"
import { objectHandlers } from "./objects.ts"
import { policyHandlers } from "./policy.ts"
import * as schemas from "./schemas.ts"
import { settingHandlers } from "./settings.ts"

export const s3: Service = {
  signingName: "s3",
  schemas,
  handlers: {
    ...bucketHandlers,
    ...settingHandlers,
    ...policyHandlers,
    ...lifecycleHandlers,
    ...objectHandlers,
    ...deleteHandlers,
    ...listingHandlers,
  },
  reads: /^(Get|Head|List)/,
  // Requests a second and prefix that S3 promises: 5,500 reads, 3,500 writes; it publishes none for whole buckets.
  limits: [
    [/^(Get|Head)Object$/, 5500, 5500],
    [/^(Get|Head|List)/, 1000, 1000],
    [/Object/, 3500, 3500],
    [/^/, 100, 100],
  ],
}
