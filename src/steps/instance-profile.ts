import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  DeleteInstanceProfileCommand,
  type InstanceProfile as Described,
  GetInstanceProfileCommand,
  paginateListInstanceProfiles,
  RemoveRoleFromInstanceProfileCommand,
} from "@aws-sdk/client-iam"
import { iamArn, namedArn, onAnything } from "../aws/allow.ts"
import { alreadyGone, alreadyThere } from "../aws/already.ts"
import type { Cloud } from "../aws/cloud.ts"
import { iamRoot, namedFor } from "../aws/iam/iam-names.ts"
import { nameFor, rolePath } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"
import { NotFound } from "../errors.ts"

/** What hands a role to an instance. */
export interface InstanceProfile {
  readonly profileName: string
  readonly profileId: string
  readonly path: string
  /** It can hold one; empty where it holds none. */
  readonly roleName: string
}

export interface InstanceProfileWish {
  readonly scope: Scope
  readonly name: string
  readonly role: Need<{ readonly roleName: string }>
}

export const instanceProfile = ({ scope, name, role }: InstanceProfileWish) => {
  const profileName = nameFor(scope, name)
  const path = rolePath(scope)
  return step({
    kind: instanceProfileKind,
    name,
    scope,
    needs: { role },
    started: ["role"],
    spec: { profileName, path },
    links: ({ role }) => ({ roleName: role.roleName }),
    async occupant(ctx) {
      try {
        const command = new GetInstanceProfileCommand({ InstanceProfileName: profileName })
        const { InstanceProfile } = await ctx.iam.send(command)
        return InstanceProfile && liveOf(InstanceProfile)
      } catch (error) {
        if (error instanceof NotFound) return undefined
        throw error
      }
    },
    async create(ctx, _, birth) {
      await ctx.iam.send(
        new CreateInstanceProfileCommand({ InstanceProfileName: profileName, Path: path, Tags: birthTags(birth) }),
      )
    },
    async update(ctx, live, _, { role }) {
      await letGo(ctx, live)
      const names = { InstanceProfileName: profileName, RoleName: role.roleName }
      await alreadyThere(ctx.iam.send(new AddRoleToInstanceProfileCommand(names)))
    },
  })
}

export const instanceProfileKind: CloudKind<InstanceProfile> = {
  name: "instance-profile",
  unique: "name",
  async list(ctx, scopes) {
    const pages = paginateListInstanceProfiles({ client: ctx.iam }, { PathPrefix: iamRoot })
    const profiles = await everyItem(pages, (page) => page.InstanceProfiles)
    return profiles.flatMap((described) => {
      const identity = namedFor(scopes, described.Path, described.InstanceProfileName)
      return identity ? [{ ...identity, live: liveOf(described), owner: "ours", phase: "ready" } as const] : []
    })
  },
  async destroy(ctx, live) {
    await letGo(ctx, live)
    await ctx.iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName: live.profileName }))
    return undefined
  },
  before: ["instance"],
  fixed: ["profileName", "path"],
  blank: { profileName: "", profileId: "AIPA-new", path: "", roleName: "" },
  allow: [
    onAnything("iam:ListInstanceProfiles"),
    // Of one that is not there IAM does not know the path.
    { action: "iam:GetInstanceProfile", resource: namedArn("instance-profile") },
    {
      action: [
        "iam:GetInstanceProfile",
        "iam:CreateInstanceProfile",
        "iam:TagInstanceProfile",
        "iam:AddRoleToInstanceProfile",
        "iam:RemoveRoleFromInstanceProfile",
        "iam:DeleteInstanceProfile",
      ],
      resource: iamArn("instance-profile"),
    },
    // Giving a role to a profile is giving it away.
    {
      action: "iam:PassRole",
      resource: iamArn("role"),
      when: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    },
  ],
  usually: { create: 3, update: 2, destroy: 2 },
}

const liveOf = ({
  InstanceProfileName = "",
  InstanceProfileId = "",
  Path = "",
  Roles = [],
}: Described): InstanceProfile => ({
  profileName: InstanceProfileName,
  profileId: InstanceProfileId,
  path: Path,
  roleName: Roles[0]?.RoleName ?? "",
})

async function letGo(ctx: Cloud, { profileName, roleName }: InstanceProfile): Promise<void> {
  if (!roleName) return
  const names = { InstanceProfileName: profileName, RoleName: roleName }
  await alreadyGone(ctx.iam.send(new RemoveRoleFromInstanceProfileCommand(names)))
}
