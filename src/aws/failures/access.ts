import { NoAccess, type UserError } from "../../errors.ts"
import { labelOf } from "../calls/operation.ts"
import { actionOf } from "./action.ts"
import type { Asker, Refused } from "./translate.ts"

/** The SDK found nothing to sign with, or what it found cannot be used. */
export function noCredentials({ failure, asker, details }: Refused): UserError {
  const text = failure.message
  const [message, hint] = /expired/i.test(text)
    ? ["the AWS session has expired", again(asker)]
    : /could not be found|Could not resolve credentials using profile|profile .* not found/i.test(text)
      ? [`there is no usable AWS profile "${asker.profile ?? "default"}"`, "see `aws configure list-profiles`"]
      : /multi-factor|MFA/i.test(text)
        ? ["the AWS profile wants a second factor, which cannot be asked for here", again(asker)]
        : /Could not load credentials from any providers/i.test(text)
          ? ["there are no AWS credentials", `log in (${login(asker)}), or choose a profile with --profile`]
          : [`the AWS credentials cannot be used: ${text.replace(/\s+/g, " ").trim()}`, again(asker)]
  return new NoAccess(message, { ...details, hint })
}

/** AWS does not know who asks, or does not let him. */
export function noAccess(refused: Refused): UserError | undefined {
  const { failure, asker, details } = refused
  if (skewed.test(failure.code) || expiredSignature.test(failure.message)) {
    if (Math.abs(failure.ahead ?? 0) > 4 * 60_000 || failure.code === "RequestTimeTooSkewed")
      return new NoAccess(`this machine's clock is ${off(failure.ahead)}, which AWS does not accept`, {
        ...details,
        hint: "set the clock (timedatectl set-ntp true), then run again",
      })
  }
  if (expired.test(failure.code)) return new NoAccess("the AWS session has expired", { ...details, hint: again(asker) })
  if (isUnknown(refused))
    return new NoAccess(`AWS does not accept these credentials (${failure.code})`, {
      ...details,
      hint: `${again(asker)}; a region that the account has not enabled answers the same`,
    })
  if (unsubscribed.test(failure.code))
    return new NoAccess(`this account may not use ${refused.operation.service} yet (${failure.code})`, {
      ...details,
      hint: "finish the account's sign-up in the AWS console",
    })
  return isForbidden(refused) ? forbidden(refused) : undefined
}

const skewed =
  /^(RequestTimeTooSkewed|RequestExpired|RequestInTheFuture|InvalidSignatureException|SignatureDoesNotMatch)$/
const expiredSignature = /signature (expired|not yet current)/i
const expired = /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired|ExpiredTokenId)$/
const unsubscribed = /^(OptInRequired|SubscriptionRequiredException|NotSignedUp|PendingVerification|Blocked)$/
const unknown =
  /^(InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|InvalidToken|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature(Exception)?|MissingAuthenticationToken(Exception)?|InvalidSecurity)$/

// EC2 uses the same word for a thing that is somebody else's.
const isUnknown = ({ failure }: Refused): boolean =>
  unknown.test(failure.code) || (failure.code === "AuthFailure" && /credentials/i.test(failure.message))

const isForbidden = ({ failure }: Refused): boolean =>
  /^(AccessDenied(Exception)?|UnauthorizedOperation|Forbidden|403|NotAuthorized|AuthorizationError)$/.test(
    failure.code,
  ) ||
  (failure.status === 403 && /^Unknown(Error)?$/.test(failure.code))

/** AWS names the action and what forbids it, or leaves both out, or says it in a way that only it can read. */
function forbidden({ failure, operation, input, details }: Refused): NoAccess {
  const text = failure.message.replace(/\s+/g, " ")
  const told = /(?:User: (\S+) is )?not authorized to perform: ([\w:*-]+)(?: on resource: ([^\s"]+))?/i.exec(text)
  const action = told?.[2] ?? actionOf(operation)
  const resource = told?.[3]?.replace(/[.,]$/, "")
  const who = told?.[1] ? ` by ${told[1]}` : ""
  const bucket = "Bucket" in input && typeof input.Bucket === "string" ? input.Bucket : undefined
  const where = resource ?? (bucket === undefined ? undefined : `arn:aws:s3:::${bucket}`)
  const denied = /explicit deny in an? ([\w -]+?policy)/i.exec(text)?.[1]
  const encoded = /Encoded authorization failure message/i.test(text)
  return new NoAccess(
    `${labelOf(operation)} is not allowed: ${action} is missing${where ? ` on ${where}` : ""}${who}`,
    {
      ...details,
      action: denied ? undefined : action,
      hint: [
        ...(denied ? deniedBy(denied) : [`ask for a policy that allows ${action}`]),
        ...(bucket !== undefined && told === null ? ["or the bucket is in another account"] : []),
        ...(encoded ? ["with --debug AWS's encoded reason is shown (aws sts decode-authorization-message)"] : []),
      ].join("; "),
    },
  )
}

const deniedBy = (policy: string): readonly string[] => [
  `${/^[aeio]/i.test(policy) ? "an" : "a"} ${policy} denies it: ask who keeps that policy`,
  "where it wants a second factor, take a session with one first (aws sts get-session-token)",
]

const again = (asker: Asker): string => `log in again (${login(asker)}), then run the same command`

const login = ({ profile }: Asker): string =>
  profile === undefined ? "aws sso login, or aws configure" : `aws sso login --profile ${profile}`

function off(ahead: number | undefined): string {
  if (ahead === undefined) return "wrong"
  const minutes = Math.round(Math.abs(ahead) / 60_000)
  return `${minutes} minutes ${ahead > 0 ? "behind" : "ahead"}`
}
