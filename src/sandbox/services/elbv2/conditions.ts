import type * as elb from "@aws-sdk/client-elastic-load-balancing-v2"
import { Refusal } from "../../service.ts"
import { notServed, refuseUnserved } from "../unserved.ts"

/** What a rule looks for, said in both spellings as AWS answers it. */
export const checkedConditions = (asked: readonly elb.RuleCondition[]): readonly elb.RuleCondition[] => {
  if (asked.length === 0) throw invalid("A condition must be specified")
  const conditions = asked.map(checked)
  const fields = conditions.map(({ Field }) => Field)
  if (new Set(fields).size < fields.length) throw invalid("A condition field can be specified only once")
  const values = conditions.flatMap(({ Values = [] }) => Values)
  if (values.length > 5) throw invalid("The total number of condition values cannot be more than 5")
  return conditions
}

const checked = (condition: elb.RuleCondition): elb.RuleCondition => {
  const { Field, HostHeaderConfig: host, PathPatternConfig: path } = condition
  if (condition.RegexValues || host?.RegexValues || path?.RegexValues)
    throw notServed("regular expressions in conditions")
  refuseUnserved(condition, ["HttpHeaderConfig", "QueryStringConfig", "HttpRequestMethodConfig", "SourceIpConfig"])
  if (Field === "host-header" && !path) return { Field, ...valuesOf(condition, "HostHeaderConfig", isHost) }
  if (Field === "path-pattern" && !host) return { Field, ...valuesOf(condition, "PathPatternConfig", isPath) }
  if (Field && /^(http-header|http-request-method|query-string|source-ip)$/.test(Field)) {
    throw notServed(`conditions on ${Field}`)
  }
  throw invalid(`Condition field '${Field}' is not valid, or not with what is configured for it`)
}

type Config = "HostHeaderConfig" | "PathPatternConfig"

const valuesOf = (condition: elb.RuleCondition, config: Config, fits: (value: string) => boolean) => {
  const { Values: short, [config]: long } = condition
  if (short?.length && long?.Values?.length) throw invalid("Condition values are specified in two places")
  const Values = [...(short?.length ? short : (long?.Values ?? []))]
  if (Values.length === 0) throw invalid("A condition value must be specified")
  const wrong = Values.find((value) => value.length > 128 || !fits(value))
  if (wrong !== undefined) throw invalid(`The condition value '${wrong}' is not valid`)
  return { Values, [config]: { Values: [...Values] } }
}

const isHost = (value: string): boolean => /^[A-Za-z0-9.*?-]+$/.test(value) && value.includes(".")
const isPath = (value: string): boolean => /^[A-Za-z0-9_.$/~"'@:+&*?%=-]+$/.test(value)

const invalid = (message: string): Refusal => new Refusal("ValidationError", message)
