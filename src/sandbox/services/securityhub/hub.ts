import type * as Hub from "@aws-sdk/client-securityhub"
import { type Call, handlers, Refusal } from "../../service.ts"
import { dropHub, type HubRecord, hubArn, hubHere, hubOf, keepHub } from "./records.ts"
import { subscribed } from "./standards.ts"
import { tagsFrom } from "./tags.ts"

export const hubHandlers = handlers<typeof Hub>()({
  EnableSecurityHub: (input, call) => {
    if (hubHere(call)) throw new Refusal("ResourceConflictException", "Account is already subscribed to Security Hub")
    const hub: HubRecord = {
      arn: hubArn(call),
      subscribed: call.now,
      autoEnable: true,
      generator: input.ControlFindingGenerator ?? "SECURITY_CONTROL",
      standards: [],
      Tags: tagsFrom([], input.Tags),
    }
    // Two that AWS chooses, of which one is an old one.
    keepHub(call, (input.EnableDefaultStandards ?? true) ? subscribed(call, hub, usual(call)) : hub)
    return {}
  },

  DescribeHub: (input, call) => {
    const hub = hubOf(call)
    if (input.HubArn !== undefined && input.HubArn !== hub.arn)
      throw new Refusal("ResourceNotFoundException", `There is no hub ${input.HubArn}`)
    return {
      HubArn: hub.arn,
      SubscribedAt: new Date(hub.subscribed).toISOString(),
      AutoEnableControls: hub.autoEnable,
      ControlFindingGenerator: hub.generator,
    }
  },

  UpdateSecurityHubConfiguration: (input, call) => {
    const hub = hubOf(call)
    const autoEnable = input.AutoEnableControls ?? hub.autoEnable
    keepHub(call, { ...hub, autoEnable, generator: input.ControlFindingGenerator ?? hub.generator })
    return {}
  },

  DisableSecurityHub: (_input, call) => {
    hubOf(call)
    dropHub(call)
    return {}
  },
})

const usual = ({ partition, region }: Call): readonly string[] => [
  `arn:${partition}:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0`,
  `arn:${partition}:securityhub:${region}::standards/aws-foundational-security-best-practices/v/1.0.0`,
]
