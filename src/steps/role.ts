import {
  CreateRoleCommand,
  DeleteRoleCommand,
  type Role as Described,
  GetRoleCommand,
  paginateListRoles,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam"
import { iamArn, namedArn, onAnything } from "../aws/allow.ts"
import type { Place } from "../aws/cloud.ts"
import { iamRoot, namedFor } from "../aws/iam/iam-names.ts"
import type { Policy } from "../aws/iam/policy.ts"
import { documentOf, dropAllPolicies, policiesOf, setPolicies } from "../aws/iam/role-policies.ts"
import { nameFor, parameterName, rolePath, stateBucketName } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"
import { NotFound } from "../errors.ts"
import ec2Trust from "../templates/ec2-trust.json" with { type: "json" }
import nodePolicy from "../templates/node-policy.json" with { type: "json" }
import { render } from "../templates/render.ts"
import trailLogsPolicy from "../templates/trail-logs-policy.json" with { type: "json" }
import trailLogsTrust from "../templates/trail-logs-trust.json" with { type: "json" }

export interface Role {
  readonly roleName: string
  readonly path: string
  /** Who may take it on. */
  readonly trust: Policy
  /** The ARNs of policies that others keep. */
  readonly attached: readonly string[]
  /** Its own policies, by name. */
  readonly inline: Readonly<Record<string, Policy>>
}

export interface RoleWish {
  readonly scope: Scope
  readonly name: string
  readonly trust: Policy
  /** All of its powers: what others keep could change without us. */
  readonly inline: Readonly<Record<string, Policy>>
}

export const role = ({ scope, name, trust, inline }: RoleWish) => {
  const roleName = nameFor(scope, name)
  const path = rolePath(scope)
  return step({
    kind: roleKind,
    name,
    scope,
    needs: {},
    spec: { roleName, path, trust, attached: [], inline },
    async occupant(ctx) {
      try {
        const { Role } = await ctx.iam.send(new GetRoleCommand({ RoleName: roleName }))
        return Role && liveOf(Role)
      } catch (error) {
        if (error instanceof NotFound) return undefined
        throw error
      }
    },
    async create(ctx, _, birth) {
      await ctx.iam.send(
        new CreateRoleCommand({
          RoleName: roleName,
          Path: path,
          AssumeRolePolicyDocument: JSON.stringify(trust),
          Tags: birthTags(birth),
        }),
      )
    },
    async update(ctx, live, changes) {
      const changed = new Set(changes.map(({ field }) => field))
      if (changed.has("trust"))
        await ctx.iam.send(
          new UpdateAssumeRolePolicyCommand({ RoleName: roleName, PolicyDocument: JSON.stringify(trust) }),
        )
      if (changed.has("attached") || changed.has("inline")) await setPolicies(ctx, roleName, live, inline)
    },
  })
}

export interface NodeRoleWish {
  readonly place: Place
  readonly scope: Scope
  readonly name: string
}

/** What a node may do: be reached through Systems Manager, and use what is kept for its scope. */
export const nodeRole = ({ place, scope, name }: NodeRoleWish) => {
  const path = parameterName(scope, "")
  const own = { path, folder: path.slice(1), prefix: nameFor(scope, "").slice(0, -1) }
  const values = { ...place, scope, bucket: stateBucketName(place), ...own }
  return role({
    scope,
    name,
    trust: ec2Trust,
    // AWS's own policy for the agent would let it read every parameter of the account.
    inline: { node: render(nodePolicy, values) },
  })
}

/** In which the trail writes to a log group, and to nothing else. */
export const trailLogsRole = ({ place, scope, name, group }: NodeRoleWish & { readonly group: string }) =>
  role({
    scope,
    name,
    trust: render(trailLogsTrust, { ...place }),
    inline: { logs: render(trailLogsPolicy, { ...place, group }) },
  })

const nothing: Policy = { Version: "2012-10-17", Statement: [] }

export const roleKind: CloudKind<Role> = {
  name: "role",
  // Roles of an account share their names, whatever their paths.
  unique: "name",
  async list(ctx, scopes) {
    const pages = paginateListRoles({ client: ctx.iam }, { PathPrefix: iamRoot })
    const roles = await everyItem(pages, (page) => page.Roles)
    return roles.flatMap((described) => {
      const identity = namedFor(scopes, described.Path, described.RoleName)
      return identity ? [{ ...identity, live: liveOf(described), owner: "ours", phase: "ready" } as const] : []
    })
  },
  async complete(ctx, found) {
    return { ...found, live: { ...found.live, ...(await policiesOf(ctx, found.live.roleName)) } }
  },
  completes: 3,
  async destroy(ctx, { roleName }) {
    await dropAllPolicies(ctx, roleName)
    await ctx.iam.send(new DeleteRoleCommand({ RoleName: roleName }))
    return undefined
  },
  before: ["instance-profile", "trail"],
  fixed: ["roleName", "path"],
  blank: { roleName: "", path: "", trust: nothing, attached: [], inline: {} },
  allow: [
    onAnything("iam:ListRoles"),
    // Of one that is not there IAM does not know the path.
    { action: "iam:GetRole", resource: namedArn("role") },
    {
      action: [
        "iam:GetRole",
        "iam:CreateRole",
        "iam:TagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:DetachRolePolicy",
        "iam:ListRolePolicies",
        "iam:GetRolePolicy",
        "iam:PutRolePolicy",
        "iam:DeleteRolePolicy",
        "iam:DeleteRole",
      ],
      resource: iamArn("role"),
    },
  ],
  usually: { create: 3, update: 3, destroy: 2 },
}

const liveOf = ({ RoleName = "", Path = "", AssumeRolePolicyDocument }: Described): Role => ({
  roleName: RoleName,
  path: Path,
  trust: documentOf(AssumeRolePolicyDocument),
  attached: [],
  inline: {},
})
