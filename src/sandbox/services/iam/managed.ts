import { Refusal } from "../../service.ts"
import { missing } from "./records.ts"

/** The name of a managed policy that exists, by its ARN. */
export const managedPolicyName = (arn: string): string => {
  if (!/^arn:[a-z-]+:iam::(aws|\d{12}):policy\/.+/.test(arn)) {
    throw new Refusal("ValidationError", `ARN ${arn} is not valid.`)
  }
  const path = arn.startsWith(AWS_OWNED) ? arn.slice(AWS_OWNED.length) : ""
  if (!MANAGED.has(path)) return missing(`Policy ${arn} does not exist or is not attachable.`)
  return path.slice(path.lastIndexOf("/") + 1)
}

const AWS_OWNED = "arn:aws:iam::aws:policy/"

/** Those of AWS's policies that a tool of this kind attaches; their documents are not needed, as nothing is evaluated. */
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
