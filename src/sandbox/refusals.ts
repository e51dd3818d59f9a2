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

export const missingParameter = (dialect: Dialect, path: string): Refusal =>
  dialect.protocol === "ec2Query"
    ? new Refusal("MissingParameter", `The request must contain the parameter ${path}`, 400)
    : invalid(dialect, path, "Value null", "Member must not be null")

/** A value that breaks the rule of its shape, in the words of the services that share AWS's own validation. */
export function invalid(dialect: Dialect, path: string, value: string, rule: string): Refusal {
  switch (dialect.protocol) {
    case "ec2Query":
      return new Refusal("InvalidParameterValue", `${value} for parameter ${path} is invalid. ${rule}`, 400)
    case "restXml":
      return new Refusal("InvalidArgument", `${value} at '${path}' failed to satisfy constraint: ${rule}`, 400)
    default: {
      const code = dialect.protocol === "awsQuery" ? "ValidationError" : "ValidationException"
      const message = `1 validation error detected: ${value} at '${path}' failed to satisfy constraint: ${rule}`
      return new Refusal(code, message, 400)
    }
  }
}

const refusal = (
  protocol: Protocol,
  message: string,
  words: Readonly<Record<Protocol, readonly [code: string, status: number]>>,
): Refusal => new Refusal(words[protocol][0], message, words[protocol][1])
