import { DeleteParameterCommand, PutParameterCommand, paginateGetParametersByPath } from "@aws-sdk/client-ssm"
import { arn, onAnything, parameterArn } from "../aws/allow.ts"
import type { Cloud } from "../aws/cloud.ts"
import { parameterName } from "../aws/names.ts"
import { everyItem } from "../aws/pages.ts"
import { imagesOfAmazon, pickImage, pickZones } from "../aws/picks.ts"
import { type CloudKind, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import type { Scope } from "../engine/types.ts"
import { Usage } from "../errors.ts"

/** What was picked once and is kept in the account, so that the same plan on another machine is the same plan. */
export interface Choice {
  readonly parameter: string
  /** Several are joined by commas. */
  readonly value: string
}

export interface ChoiceWish {
  readonly scope: Scope
  readonly name: string
  /** Asked where nothing was picked before, and no value is given. */
  readonly pick: (ctx: Cloud) => Promise<string>
  /** How many calls that is; none where only a person can know, and nothing can be foreseen. */
  readonly asks: number
  /** Wins over what was picked before. */
  readonly value?: string | undefined
}

export const choice = ({ scope, name, pick, asks, value }: ChoiceWish) => {
  const parameter = parameterName(scope, folder, name)
  return step({
    kind: choiceKind,
    name,
    scope,
    needs: {},
    spec: { parameter, ...(value !== undefined && { value }) },
    ...(value === undefined &&
      asks > 0 && { foresee: async (ctx: Cloud) => ({ value: await pick(ctx) }), foresees: asks }),
    async create(ctx, _, birth) {
      const Value = value ?? (await pick(ctx))
      await ctx.ssm.send(new PutParameterCommand({ Name: parameter, Type: "String", Value, Tags: birthTags(birth) }))
    },
    async update(ctx, live) {
      const Value = value ?? live.value
      await ctx.ssm.send(new PutParameterCommand({ Name: parameter, Type: "String", Value, Overwrite: true }))
    },
  })
}

interface MachineChoice {
  readonly scope: Scope
  readonly instanceType: string
}

/** The two zones that everything of a scope is in. */
export const zones = ({ scope, instanceType }: MachineChoice) =>
  choice({ scope, name: "zones", asks: 2, pick: async (ctx) => (await pickZones(ctx, instanceType)).join(",") })

export const image = ({ scope, instanceType }: MachineChoice) =>
  choice({ scope, name: "image", asks: 2, pick: (ctx) => pickImage(ctx, instanceType) })

/** Who may reach the load balancer: only a person can know. */
export const allowedCidrs = ({
  scope,
  given,
}: {
  readonly scope: Scope
  readonly given?: readonly string[] | undefined
}) =>
  choice({
    scope,
    name: "allowed-cidrs",
    asks: 0,
    value: given && [...new Set(given)].toSorted().join(","),
    async pick() {
      throw new Usage("nobody has said who may reach the load balancer", {
        hint: "give --allowed-cidrs, SMART0DTE_ALLOWED_CIDRS or allowedCidrs in smart0dte.yaml, such as 203.0.113.10/32",
      })
    },
  })

export const choiceKind: CloudKind<Choice> = {
  name: "choice",
  unique: "name",
  async list(ctx, scopes) {
    const lists = await Promise.all(
      scopes.map(async (scope) => {
        const Path = parameterName(scope, folder)
        const parameters = await everyItem(
          paginateGetParametersByPath({ client: ctx.ssm }, { Path }),
          (page) => page.Parameters,
        )
        return parameters.map(({ Name = "", Value = "" }) => ({
          scope,
          name: Name.slice(Path.length + 1),
          live: { parameter: Name, value: Value },
          owner: "ours" as const,
          phase: "ready" as const,
        }))
      }),
    )
    return lists.flat()
  },
  async destroy(ctx, { parameter }) {
    await ctx.ssm.send(new DeleteParameterCommand({ Name: parameter }))
    return undefined
  },
  fixed: ["parameter"],
  blank: { parameter: "", value: "" },
  allow: [
    onAnything("ec2:DescribeAvailabilityZones", "ec2:DescribeInstanceTypes", "ec2:DescribeInstanceTypeOfferings"),
    { action: "ssm:GetParameter", resource: arn("ssm", `parameter${imagesOfAmazon}/*`, "") },
    {
      action: ["ssm:GetParametersByPath", "ssm:PutParameter", "ssm:AddTagsToResource", "ssm:DeleteParameter"],
      resource: parameterArn("choices*"),
    },
  ],
  usually: { create: 1, update: 1, destroy: 1 },
}

const folder = "choices"
