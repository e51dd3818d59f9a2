import { type Call, Refusal } from "../../service.ts"
import { missing } from "./records.ts"
import { managedPolicies } from "./user-records.ts"

/** Refuses to hang on somebody what is no managed policy, or none that there is. */
export const attachable = (call: Call, arn: string): void => {
  if (!/^arn:[a-z-]+:iam::(aws|\d{12}):policy\/.+/.test(arn)) {
    throw new Refusal("ValidationError", `ARN ${arn} is not valid.`)
  }
  if (managedPolicies(call).has(arn) || awsOwned(arn)) return
  missing(`Policy ${arn} does not exist or is not attachable.`)
}

export const awsOwned = (arn: string): boolean => arn.startsWith(AWS_OWNED) && MANAGED.has(arn.slice(AWS_OWNED.length))

export const managedPolicyName = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1)

const AWS_OWNED = "arn:aws:iam::aws:policy/"

/** Those of AWS's policies that a tool of this kind attaches. */
const MANAGED: ReadonlySet<string> = new Set([
  "AdministratorAccess",
  "AmazonEC2ContainerRegistryReadOnly",
  "AmazonEC2ReadOnlyAccess",
  "AmazonRDSReadOnlyAccess",
  "AmazonS3ReadOnlyAccess",
  "AmazonSSMManagedInstanceCore",
  "AmazonSSMReadOnlyAccess",
  "CloudWatchAgentServerPolicy",
  "CloudWatchReadOnlyAccess",
  "IAMReadOnlyAccess",
  "PowerUserAccess",
  "ReadOnlyAccess",
  "SecurityAudit",
  "job-function/Billing",
  "job-function/ViewOnlyAccess",
  "service-role/AmazonRDSEnhancedMonitoringRole",
])
