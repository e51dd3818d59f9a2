import type * as elb from "@aws-sdk/client-elastic-load-balancing-v2"
import { Refusal } from "../../service.ts"
import { notServed } from "../unserved.ts"
import type { HealthCheck } from "./records.ts"

export type HealthInput = Pick<
  elb.ModifyTargetGroupInput,
  | "HealthCheckEnabled"
  | "HealthCheckIntervalSeconds"
  | "HealthCheckPath"
  | "HealthCheckPort"
  | "HealthCheckProtocol"
  | "HealthCheckTimeoutSeconds"
  | "HealthyThresholdCount"
  | "Matcher"
  | "UnhealthyThresholdCount"
>

/** `asked` laid over `present`; the ranges of single numbers are in the constraints. */
export const checkedHealth = (present: HealthCheck, asked: HealthInput): HealthCheck => {
  if (asked.HealthCheckEnabled === false) throw invalid("Health check enabled cannot be false for instance targets")
  if (asked.Matcher?.GrpcCode !== undefined) throw notServed("GrpcCode of a Matcher")
  const check: HealthCheck = {
    protocol: asked.HealthCheckProtocol ?? present.protocol,
    port: asked.HealthCheckPort ?? present.port,
    path: asked.HealthCheckPath ?? present.path,
    interval: asked.HealthCheckIntervalSeconds ?? present.interval,
    timeout: asked.HealthCheckTimeoutSeconds ?? present.timeout,
    healthy: asked.HealthyThresholdCount ?? present.healthy,
    unhealthy: asked.UnhealthyThresholdCount ?? present.unhealthy,
    codes: asked.Matcher?.HttpCode ?? present.codes,
  }
  if (check.protocol !== "HTTP" && check.protocol !== "HTTPS") {
    throw invalid(`Health check protocol '${check.protocol}' is not valid`)
  }
  if (check.port !== "traffic-port" && !isPort(check.port))
    throw invalid(`Health check port '${check.port}' is invalid`)
  if (!check.path.startsWith("/")) throw invalid(`Health check path '${check.path}' must begin with a '/' character`)
  if (check.timeout >= check.interval) throw invalid("Health check timeout must be smaller than the interval")
  if (!areCodes(check.codes)) throw invalid(`Health check matcher HTTP code '${check.codes}' is not valid`)
  return check
}

/** Codes and ranges of codes from 200 to 499, with commas. */
const areCodes = (text: string): boolean =>
  text.split(",").every((part) => {
    const [from = "", to = from] = part.split("-")
    return /^[2-4]\d\d$/.test(from) && /^[2-4]\d\d$/.test(to) && Number(from) <= Number(to)
  })

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535

const invalid = (message: string): Refusal => new Refusal("ValidationError", message)
