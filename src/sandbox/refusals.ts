import { Refusal } from "./service.ts"
import type { Dialect, Protocol } from "./wire/dialect.ts"

/** Too many requests in a while. */
export const throttled = (protocol: Protocol): Refusal =>
  refusal(protocol, "the rate of requests is exceeded", {
    ec2Query: ["RequestLimitExceeded", 503],
    awsQuery: ["Throttling", 400],
    awsJson: ["ThrottlingException", 400],
    restXml: ["SlowDown", 503],
    restJson: ["TooManyRequestsException", 429],
  })

/** A failure on the service's side. */
export const internal = (protocol: Protocol, message: string): Refusal =>
  refusal(protocol, message, {
    ec2Query: ["InternalError", 500],
    awsQuery: ["InternalFailure", 500],
    awsJson: ["InternalServerError", 500],
    restXml: ["InternalError", 500],
    restJson: ["InternalServerError", 500],
  })

/** A document that cannot be read. */
export const malformed = (protocol: Protocol, message: string): Refusal =>
  refusal(protocol, message, {
    ec2Query: ["MalformedQueryString", 400],
    awsQuery: ["MalformedQueryString", 400],
    awsJson: ["SerializationException", 400],
    restXml: ["MalformedXML", 400],
    restJson: ["SerializationException", 400],
  })

/** Nobody wrote it. The SDK does not try a 501 again. */
export const notServed = (service: string, operation: string): Refusal =>
  new Refusal("NotImplemented", `smart0dte's sandbox does not serve ${service} ${operation}`, 501)

/** A member that breaks a rule of its shape. A missing one has no value. */
export interface Violation {
  readonly path: readonly string[]
  readonly value: unknown
  readonly rule: string
  /** Not to be repeated to whoever reads the refusal. */
  readonly secret?: boolean
}

export const missingParameter = (path: readonly string[]): Refusal =>
  new Refusal("MissingParameter", `The request must contain the parameter ${path.join(".")}`, 400)

/** An input that breaks rules, in the words of the services that share AWS's own validation; the others name the first. */
export function invalid(dialect: Dialect, violations: readonly Violation[]): Refusal {
  const lines = violations.map(lineOf)
  switch (dialect.protocol) {
    case "ec2Query":
      return new Refusal("InvalidParameterValue", lines[0] ?? "", 400)
    case "restXml":
      if (dialect.service !== "s3") return new Refusal("InvalidInput", lines[0] ?? "", 400)
      // What stands below a member came in the document, which S3 holds against its schema before it looks at values.
      if (violations.some(({ path }) => path.length > 1)) return new Refusal("MalformedXML", notAsPublished, 400)
      return new Refusal("InvalidArgument", lines[0] ?? "", 400)
    default: {
      const code = dialect.protocol === "awsQuery" ? "ValidationError" : "ValidationException"
      const detected = `${lines.length} validation error${lines.length > 1 ? "s" : ""} detected`
      return new Refusal(code, `${detected}: ${lines.join("; ")}`, 400)
    }
  }
}

const notAsPublished = "The XML you provided was not well-formed or did not validate against our published schema"

function lineOf({ path, rule, secret, value }: Violation): string {
  const at = `at '${path.map(lowerFirst).join(".")}' failed to satisfy constraint: ${rule}`
  if (secret) return `Value ${at}`
  const shown = value === undefined ? "null" : `'${typeof value === "object" ? JSON.stringify(value) : String(value)}'`
  return `Value ${shown} ${at}`
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

const refusal = (
  protocol: Protocol,
  message: string,
  words: Readonly<Record<Protocol, readonly [code: string, status: number]>>,
): Refusal => new Refusal(words[protocol][0], message, words[protocol][1])
