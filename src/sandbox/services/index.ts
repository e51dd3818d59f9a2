import type { Service } from "../service.ts"
import { iam } from "./iam/index.ts"
import { s3 } from "./s3/index.ts"
import { sts } from "./sts.ts"

/** Everything of AWS that the sandbox serves. */
export const services = (): readonly Service[] => [iam, sts, s3]
