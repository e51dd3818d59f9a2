import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { instances, type ProfileAssociationRecord, profileAssociations } from "./records/compute.ts"
import { type Fields, matching } from "./rules/filter.ts"
import { find, live, rows, save } from "./rules/kind.ts"
import { page } from "./rules/page.ts"
import { required } from "./rules/refusals.ts"
import { seconds, stateAt } from "./rules/timeline.ts"

/** An instance profile as the IAM service keeps it. */
export interface Profile {
  readonly Arn: string
  readonly InstanceProfileName: string
  readonly InstanceProfileId?: string
  readonly CreateDate: number
  readonly Roles: readonly unknown[]
}

/** IAM is eventually consistent: EC2 learns of a new profile some seconds later. */
const propagation = seconds(8)

export const profileHandlers = handlers<typeof ec2>()({
  AssociateIamInstanceProfile(input, call) {
    const instance = find(call, instances, input.InstanceId)
    const profile = findProfile(call, required(input.IamInstanceProfile, "IamInstanceProfile"))
    if (!["pending", "running", "stopping", "stopped"].includes(stateAt(instance.states, call.now))) {
      throw new Refusal(
        "IncorrectInstanceState",
        `The instance '${instance.id}' is not in a state that takes a profile.`,
      )
    }
    if (profileOf(call, instance.id)) {
      throw new Refusal("IncorrectState", `There is an existing association for instance ${instance.id}`)
    }
    return { IamInstanceProfileAssociation: view(associateProfile(call, instance.id, profile), "associating") }
  },

  ReplaceIamInstanceProfileAssociation(input, call) {
    const former = findAssociation(call, input.AssociationId)
    const profile = findProfile(call, required(input.IamInstanceProfile, "IamInstanceProfile"))
    rows(call, profileAssociations).delete(former.id)
    return { IamInstanceProfileAssociation: view(associateProfile(call, former.instanceId, profile), "associating") }
  },

  DisassociateIamInstanceProfile(input, call) {
    const former = findAssociation(call, input.AssociationId)
    rows(call, profileAssociations).delete(former.id)
    return { IamInstanceProfileAssociation: view(former, "disassociating") }
  },

  DescribeIamInstanceProfileAssociations(input, call) {
    const ids = input.AssociationIds ?? []
    const named = ids.length ? ids.map((id) => findAssociation(call, id)) : live(call, profileAssociations)
    const { items, NextToken } = page(matching(call, named, input.Filters, fields), input, ids)
    return { IamInstanceProfileAssociations: items.map((one) => view(one, "associated")), NextToken }
  },
})

/** The profile that a request names, once EC2 knows of it. */
export const findProfile = (call: Call, asked: ec2.IamInstanceProfileSpecification): Profile => {
  const { Name, Arn } = asked
  if (Name && Arn) {
    throw new Refusal(
      "InvalidParameterCombination",
      "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'",
    )
  }
  const profile = call.store
    .table<Profile>("iam/instance-profile")
    .all()
    .find((known) => (Arn ? known.Arn === Arn : known.InstanceProfileName === Name))
  if (!profile || call.now - profile.CreateDate < propagation) {
    const [given, parameter] = Arn ? [Arn, "iamInstanceProfile.arn"] : [Name, "iamInstanceProfile.name"]
    const what = Arn ? "ARN" : "name"
    throw new Refusal(
      "InvalidParameterValue",
      `Value (${given}) for parameter ${parameter} is invalid. Invalid IAM Instance Profile ${what}`,
    )
  }
  if (!profile.Roles.length) {
    throw new Refusal("InvalidParameterValue", `IAM Instance Profile "${profile.Arn}" has no associated IAM Roles`)
  }
  return profile
}

/** From here on the instance has the role's credentials. */
export const associateProfile = (call: Call, instanceId: string, profile: Profile): ProfileAssociationRecord =>
  save(call, profileAssociations, {
    id: call.id("iip-assoc"),
    instanceId,
    arn: profile.Arn,
    profileId: profile.InstanceProfileId ?? profile.InstanceProfileName,
    since: call.now,
  })

export const profileOf = (call: Call, instanceId: string): ProfileAssociationRecord | undefined =>
  live(call, profileAssociations).find((one) => one.instanceId === instanceId)

const findAssociation = (call: Call, given: string | undefined): ProfileAssociationRecord =>
  find(call, profileAssociations, given)

const fields: Fields<ProfileAssociationRecord> = {
  "instance-id": (one) => one.instanceId,
  state: () => "associated",
}

const view = (
  one: ProfileAssociationRecord,
  State: ec2.IamInstanceProfileAssociationState,
): ec2.IamInstanceProfileAssociation => ({
  AssociationId: one.id,
  InstanceId: one.instanceId,
  IamInstanceProfile: { Arn: one.arn, Id: one.profileId },
  State,
  Timestamp: new Date(one.since),
})
