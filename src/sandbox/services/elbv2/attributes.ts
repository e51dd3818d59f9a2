import { Refusal } from "../../service.ts"

interface Attribute {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

type Attributes = Readonly<Record<string, string>>

/** What each may be, as a pattern. */
export type Allowed = Readonly<Record<string, RegExp>>

const truth = /^(true|false)$/
const text = /^.*$/

export const loadBalancerDefaults: Attributes = {
  "access_logs.s3.bucket": "",
  "access_logs.s3.enabled": "false",
  "access_logs.s3.prefix": "",
  "client_keep_alive.seconds": "3600",
  "connection_logs.s3.bucket": "",
  "connection_logs.s3.enabled": "false",
  "connection_logs.s3.prefix": "",
  "deletion_protection.enabled": "false",
  "health_check_logs.s3.bucket": "",
  "health_check_logs.s3.enabled": "false",
  "health_check_logs.s3.prefix": "",
  "idle_timeout.timeout_seconds": "60",
  "ipv6.deny_all_igw_traffic": "false",
  "load_balancing.cross_zone.enabled": "true",
  "routing.http.desync_mitigation_mode": "defensive",
  "routing.http.drop_invalid_header_fields.enabled": "false",
  "routing.http.preserve_host_header.enabled": "false",
  "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
  "routing.http.xff_client_port.enabled": "false",
  "routing.http.xff_header_processing.mode": "append",
  "routing.http2.enabled": "true",
  "waf.fail_open.enabled": "false",
  "zonal_shift.config.enabled": "false",
}

export const loadBalancerAllows: Allowed = {
  ...Object.fromEntries(Object.keys(loadBalancerDefaults).map((key) => [key, key.endsWith("enabled") ? truth : text])),
  "client_keep_alive.seconds": /^\d{2,6}$/,
  "idle_timeout.timeout_seconds": /^([1-9]\d{0,2}|[1-3]\d{3}|4000)$/,
  "load_balancing.cross_zone.enabled": /^true$/,
  "routing.http.desync_mitigation_mode": /^(monitor|defensive|strictest)$/,
  "routing.http.xff_header_processing.mode": /^(append|preserve|remove)$/,
}

export const targetGroupDefaults: Attributes = {
  "deregistration_delay.timeout_seconds": "300",
  "load_balancing.algorithm.anomaly_mitigation": "off",
  "load_balancing.algorithm.type": "round_robin",
  "load_balancing.cross_zone.enabled": "use_load_balancer_configuration",
  "slow_start.duration_seconds": "0",
  "stickiness.app_cookie.cookie_name": "",
  "stickiness.app_cookie.duration_seconds": "86400",
  "stickiness.enabled": "false",
  "stickiness.lb_cookie.duration_seconds": "86400",
  "stickiness.type": "lb_cookie",
  "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
  "target_group_health.dns_failover.minimum_healthy_targets.percentage": "off",
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "1",
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "off",
}

const count = /^(off|\d{1,4})$/

export const targetGroupAllows: Allowed = {
  ...Object.fromEntries(Object.keys(targetGroupDefaults).map((key) => [key, count])),
  "deregistration_delay.timeout_seconds": /^([0-9]|[1-9]\d{1,2}|[1-2]\d{3}|3[0-5]\d{2}|3600)$/,
  "load_balancing.algorithm.anomaly_mitigation": /^(on|off)$/,
  "load_balancing.algorithm.type": /^(round_robin|least_outstanding_requests|weighted_random)$/,
  "load_balancing.cross_zone.enabled": /^(true|false|use_load_balancer_configuration)$/,
  "slow_start.duration_seconds": /^(0|[3-9]\d|[1-8]\d{2}|900)$/,
  "stickiness.app_cookie.cookie_name": text,
  "stickiness.app_cookie.duration_seconds": /^\d{1,6}$/,
  "stickiness.enabled": truth,
  "stickiness.lb_cookie.duration_seconds": /^\d{1,6}$/,
  "stickiness.type": /^(lb_cookie|app_cookie)$/,
}

/** `asked` laid over `present`. A key that nobody knows, or a value that it cannot have, is refused. */
export const changed = (present: Attributes, asked: readonly Attribute[], allowed: Allowed): Attributes => {
  const keys = asked.map(({ Key = "" }) => Key)
  if (new Set(keys).size < keys.length) throw invalid("Attribute keys cannot be specified more than once")
  for (const { Key = "", Value = "" } of asked) {
    const pattern = Object.hasOwn(allowed, Key) ? allowed[Key] : undefined
    if (!pattern) throw invalid(`Attribute key '${Key}' is not recognized`)
    if (!pattern.test(Value)) throw invalid(`Attribute value '${Value}' of '${Key}' is not valid`)
  }
  return { ...present, ...Object.fromEntries(asked.map(({ Key = "", Value = "" }) => [Key, Value])) }
}

export const attributesView = (attributes: Attributes): { Key: string; Value: string }[] =>
  Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }))

const invalid = (message: string): Refusal => new Refusal("ValidationError", message)
