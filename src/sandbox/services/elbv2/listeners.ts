import type * as elb from "@aws-sdk/client-elastic-load-balancing-v2"
import { type Call, handlers, Refusal } from "../../service.ts"
import { statusOf } from "../acm/issue.ts"
import { certificates } from "../acm/records.ts"
import { given } from "../given.ts"
import { refuseUnserved } from "../unserved.ts"
import { checkedActions } from "./actions.ts"
import { pageOf } from "./pages.ts"
import { arnOf, type ListenerRecord, listenerOf, listeners, loadBalancerOf, newId, rules } from "./records.ts"
import { withTags } from "./tags.ts"

export const listenerHandlers = handlers<typeof elb>()({
  CreateListener(input, call) {
    refuseUnserved(input, ["AlpnPolicy", "MutualAuthentication"])
    const balancer = loadBalancerOf(call, input.LoadBalancerArn)
    const wanted = checked(call, {
      loadBalancer: balancer.arn,
      port: need(input.Port, "A port must be specified"),
      protocol: protocolOf(need(input.Protocol, "A protocol must be specified")),
      ...securityOf(input),
      actions: checkedActions(call, input.DefaultActions, { loadBalancer: balancer.arn }),
    })
    const others = listeners(call)
      .all()
      .filter(({ loadBalancer }) => loadBalancer === balancer.arn)
    const same = others.find(({ port }) => port === wanted.port)
    if (same) return { Listeners: [view(repeated(same, wanted))] }
    const limit = call.quota("ListenersPerApplicationLoadBalancer", 50)
    if (others.length >= limit) {
      throw new Refusal("TooManyListenersException", `The maximum number of listeners has been reached: ${limit}`)
    }
    const place = balancer.arn.split("loadbalancer/")[1]
    const record = { ...wanted, arn: arnOf(call, `listener/${place}/${newId(call)}`), tags: withTags([], input.Tags) }
    listeners(call).put(record.arn, record)
    return { Listeners: [view(record)] }
  },

  DescribeListeners(input, call) {
    if (!input.LoadBalancerArn && !input.ListenerArns?.length) {
      throw new Refusal("ValidationError", "You must specify either listener ARNs or a load balancer ARN")
    }
    const balancer = input.LoadBalancerArn && loadBalancerOf(call, input.LoadBalancerArn)
    const chosen = balancer
      ? listeners(call)
          .all()
          .filter(({ loadBalancer }) => loadBalancer === balancer.arn)
      : (input.ListenerArns ?? []).map((arn) => listenerOf(call, arn))
    const { items, NextMarker } = pageOf(chosen, ({ arn }) => arn, input)
    return { Listeners: items.map(view), NextMarker }
  },

  ModifyListener(input, call) {
    refuseUnserved(input, ["AlpnPolicy", "MutualAuthentication"])
    const found = listenerOf(call, input.ListenerArn)
    const protocol = input.Protocol === undefined ? found.protocol : protocolOf(input.Protocol)
    const kept = protocol === "HTTPS" ? { policy: found.policy, certificate: found.certificate } : {}
    const next = checked(call, {
      loadBalancer: found.loadBalancer,
      port: input.Port ?? found.port,
      protocol,
      ...kept,
      ...securityOf(input),
      actions: input.DefaultActions ? checkedActions(call, input.DefaultActions, found) : found.actions,
    })
    const taken = listeners(call)
      .all()
      .some((one) => one.loadBalancer === found.loadBalancer && one.port === next.port && one.arn !== found.arn)
    if (taken) throw duplicate(next)
    const record = { ...next, arn: found.arn, tags: found.tags }
    listeners(call).put(found.arn, record)
    return { Listeners: [view(record)] }
  },

  DeleteListener(input, call) {
    const { arn } = listenerOf(call, input.ListenerArn)
    for (const rule of rules(call)
      .all()
      .filter(({ listener }) => listener === arn))
      rules(call).delete(rule.arn)
    listeners(call).delete(arn)
    return {}
  },
})

type Wanted = Omit<ListenerRecord, "arn" | "tags">

const securityOf = (input: Pick<elb.CreateListenerInput, "SslPolicy" | "Certificates">): Partial<Wanted> => {
  const all = input.Certificates ?? []
  if (all.length > 1) throw new Refusal("ValidationError", "Up to '1' certificate can be specified")
  if (all.some(({ IsDefault }) => IsDefault !== undefined)) {
    throw new Refusal("ValidationError", "You cannot specify the IsDefault parameter when specifying a certificate")
  }
  return {
    ...(input.SslPolicy !== undefined && { policy: input.SslPolicy }),
    ...(all[0] && { certificate: given(all[0].CertificateArn, "certificateArn") }),
  }
}

/** Only HTTPS has a policy and a certificate, and must have both. */
const checked = (call: Call, wanted: Wanted): Wanted => {
  const { protocol, certificate, policy } = wanted
  if (protocol === "HTTP") {
    if (certificate) throw new Refusal("ValidationError", "A certificate cannot be specified for HTTP listeners")
    if (policy) throw new Refusal("ValidationError", "An SSL policy cannot be specified for HTTP listeners")
    return wanted
  }
  if (!certificate) throw new Refusal("ValidationError", "A certificate must be specified for HTTPS listeners")
  const known = certificates(call).get(certificate)
  if (!known) throw new Refusal("CertificateNotFoundException", `Certificate '${certificate}' not found`)
  if (statusOf(call, known) !== "ISSUED") {
    const message = `The certificate '${certificate}' must have a fully-qualified domain name, a supported signature, and a supported key size.`
    throw new Refusal("UnsupportedCertificate", message)
  }
  const named = policy ?? "ELBSecurityPolicy-2016-08"
  if (!policies.test(named)) throw new Refusal("SSLPolicyNotFoundException", `SSL policy '${named}' not found`)
  return { ...wanted, policy: named }
}

const policies =
  /^ELBSecurityPolicy-(2016-08|TLS-1-[0-2](-Ext)?-201[78]-0[16]|FS-1-[12](-Res)?(-2020-10|-2019-08)|FS-2018-06|TLS13-1-[0-3](-Res|-Ext[12])?-2021-06)$/

/** Asked for once more with the same settings, it is the same; with others it is refused. */
const repeated = (there: ListenerRecord, wanted: Wanted): ListenerRecord => {
  const same = (["protocol", "policy", "certificate", "actions"] as const).every(
    (field) => JSON.stringify(there[field]) === JSON.stringify(wanted[field]),
  )
  if (!same) throw duplicate(wanted)
  return there
}

const duplicate = ({ port }: Wanted): Refusal =>
  new Refusal("DuplicateListenerException", `A listener already exists on this port '${port}' for this load balancer`)

const protocolOf = (protocol: string): ListenerRecord["protocol"] => {
  if (protocol === "HTTP" || protocol === "HTTPS") return protocol
  throw new Refusal("ValidationError", `Listener protocol '${protocol}' must be one of 'HTTPS, HTTP'`)
}

const need = <T>(value: T | undefined, message: string): T => {
  if (value === undefined) throw new Refusal("ValidationError", message)
  return value
}

const view = (one: ListenerRecord): elb.Listener => ({
  ListenerArn: one.arn,
  LoadBalancerArn: one.loadBalancer,
  Port: one.port,
  Protocol: one.protocol,
  Certificates: one.certificate ? [{ CertificateArn: one.certificate }] : undefined,
  SslPolicy: one.policy,
  DefaultActions: [...one.actions],
})
