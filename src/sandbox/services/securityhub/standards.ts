import type * as Hub from "@aws-sdk/client-securityhub"
import { type Call, handlers } from "../../service.ts"
import { pageByName } from "../pages.ts"
import { refuseUnserved } from "../unserved.ts"
import { type HubRecord, hubOf, invalid, keepHub, type StandardRecord } from "./records.ts"

export const standardHandlers = handlers<typeof Hub>()({
  BatchEnableStandards: (input, call) => {
    const asked = (input.StandardsSubscriptionRequests ?? []).map((one) => {
      refuseUnserved(one, ["StandardsInput"])
      return one.StandardsArn ?? ""
    })
    const hub = subscribed(call, hubOf(call), asked)
    keepHub(call, hub)
    return {
      StandardsSubscriptions: hub.standards.filter(({ arn }) => asked.includes(arn)).map((one) => view(call, one)),
    }
  },

  BatchDisableStandards: (input, call) => {
    const hub = hubOf(call)
    const asked = input.StandardsSubscriptionArns ?? []
    const unknown = asked.find((arn) => !hub.standards.some(({ subscription }) => subscription === arn))
    if (unknown !== undefined) throw invalid(`Invalid parameter: there is no subscription ${unknown}`)
    const standards = hub.standards.map((one) =>
      asked.includes(one.subscription) ? { ...one, leaving: one.leaving ?? call.now } : one,
    )
    keepHub(call, { ...hub, standards })
    return {
      StandardsSubscriptions: standards
        .filter(({ subscription }) => asked.includes(subscription))
        .map((one) => view(call, one)),
    }
  },

  GetEnabledStandards: (input, call) => {
    refuseUnserved(input, ["Providers"])
    const meant = input.StandardsSubscriptionArns ?? []
    const found = hubOf(call).standards.filter(({ subscription }) => meant.length === 0 || meant.includes(subscription))
    const wish = { size: input.MaxResults ?? 25, token: input.NextToken, refuse: () => invalid("Invalid NextToken") }
    const { items, next } = pageByName(found, ({ subscription }) => subscription, wish)
    return { StandardsSubscriptions: items.map((one) => view(call, one)), NextToken: next }
  },
})

/** The hub with these standards as well; one that it has already stays as it is. */
export const subscribed = (call: Call, hub: HubRecord, arns: readonly string[]): HubRecord => {
  const added = arns.map((arn): StandardRecord => {
    const [, name] = /:(?:standards|ruleset)\/([\w-]+\/v\/[\d.]+)$/.exec(arn) ?? []
    if (name === undefined || !known.test(name)) throw invalid(`Invalid parameter: unknown standard ${arn}`)
    return { arn, subscription: hub.arn.replace("hub/default", `subscription/${name}`), since: call.now }
  })
  const staying = hub.standards.filter(({ arn, leaving }) => leaving === undefined || !arns.includes(arn))
  return { ...hub, standards: [...staying, ...added.filter(({ arn }) => !staying.some((one) => one.arn === arn))] }
}

const known =
  /^(aws-foundational-security-best-practices\/v\/1\.0\.0|cis-aws-foundations-benchmark\/v\/(1\.2\.0|1\.4\.0|3\.0\.0|5\.0\.0)|nist-800-53\/v\/5\.0\.0|pci-dss\/v\/(3\.2\.1|4\.0\.1))$/

const birth = 20_000

const view = ({ now }: Call, { arn, subscription, since, leaving }: StandardRecord): Hub.StandardsSubscription => ({
  StandardsSubscriptionArn: subscription,
  StandardsArn: arn,
  StandardsInput: {},
  StandardsStatus: leaving !== undefined ? "DELETING" : now - since < birth ? "PENDING" : "READY",
})
