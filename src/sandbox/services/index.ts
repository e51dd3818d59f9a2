import type { Service } from "../service.ts"
import { ec2 } from "./ec2/index.ts"
import { iam } from "./iam/index.ts"
import { s3 } from "./s3/index.ts"
import { ssm } from "./ssm/index.ts"
import { sts } from "./sts.ts"

/** Everything of AWS that the sandbox serves. */
export const services = (): readonly Service[] => [ec2, iam, sts, ssm, s3]
