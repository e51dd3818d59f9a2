import type { Failure } from "./failure.ts"

// The SDK counts `LimitExceededException` among these; for the services used here it is a quota, and waiting is vain.
const throttles = new Set([
  "BandwidthLimitExceeded",
  "EC2ThrottledException",
  "PriorRequestNotComplete",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
])

export const isThrottled = ({ code, status }: Failure): boolean => status === 429 || throttles.has(code)

/** EC2 says so with a status of 500, although it has decided: nothing was made. */
export const lacksCapacity = ({ code }: Failure): boolean => /^Insufficient\w*Capacity/.test(code)

/** The service was asked by two at once and did nothing for this one. */
export const collided = ({ code }: Failure): boolean =>
  /^(ConcurrentModification(Exception)?|TooManyUpdates|OperationAborted|ConditionalRequestConflict)$/.test(code)

// The connection was never made, so nothing can have been done.
const unreachable = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"])

export const isUnreachable = ({ code, status }: Failure): boolean => status === undefined && unreachable.has(code)

/** Something between here and AWS ended the request, or its time ran out. */
export const isCut = ({ code, status }: Failure): boolean =>
  status === undefined &&
  /^(ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|TimeoutError|RequestTimeout|ERR_HTTP2_STREAM_ERROR|UND_ERR_SOCKET)$/.test(
    code,
  )

/** Before anything was sent: there was nothing to sign it with. */
export const lacksCredentials = ({ code, status }: Failure): boolean =>
  status === undefined && /^(CredentialsProviderError|TokenProviderError|ProviderError)$/.test(code)

/** Whether it is certain that the request had no effect. */
export function isDecided(failure: Failure): boolean {
  const { status } = failure
  if (isThrottled(failure) || lacksCapacity(failure) || isUnreachable(failure) || lacksCredentials(failure)) return true
  return status !== undefined && status >= 400 && status < 500 && failure.code !== "RequestTimeout"
}
