import type { Call } from "../service.ts"
import type { Bearer } from "../services/iam/bearer.ts"
import { managedDocument } from "../services/iam/managed-documents.ts"
import { roles } from "../services/iam/records.ts"
import { groups, managedPolicies, type UserRecord, users } from "../services/iam/user-records.ts"
import { notServed } from "../services/unserved.ts"
import type { Spoken } from "./evaluate.ts"

/** What policies say of whoever has this ARN: a user, or somebody in a role. Whoever is not there may nothing. */
export const spokenFor = (call: Call, arn: string): Spoken => {
  const role = /:assumed-role\/([^/]+)\//.exec(arn)?.[1] ?? /:role\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1]
  const user = /:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1]
  const bearer = role === undefined ? users(call).get(user ?? "") : roles(call).get(role)
  if (!bearer) return { identity: [] }
  const inGroups = "Groups" in bearer ? groupsOf(call, bearer) : []
  const boundary = bearer.PermissionsBoundary
  return {
    identity: [bearer, ...inGroups].flatMap((one) => documentsOf(call, one)),
    ...(boundary !== undefined && { boundaries: [documentOf(call, boundary)] }),
  }
}

const groupsOf = (call: Call, { Groups }: UserRecord): readonly Bearer[] =>
  Groups.flatMap((name) => groups(call).get(name) ?? [])

const documentsOf = (call: Call, { Attached, Inline }: Bearer): readonly string[] => [
  ...Object.values(Inline),
  ...Attached.map((arn) => documentOf(call, arn)),
]

const documentOf = (call: Call, arn: string): string => {
  const own = managedPolicies(call).get(arn)
  const version = own?.Versions.find(({ VersionId }) => VersionId === own.DefaultVersionId)
  return version?.Document ?? managedDocument(arn) ?? unknown(arn)
}

/** A guess at AWS's own policies would be a pass or a refusal by chance. */
const unknown = (arn: string): never => {
  throw notServed(`what the policy ${arn} allows`)
}
