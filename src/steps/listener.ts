import {
  CreateListenerCommand,
  DeleteListenerCommand,
  type Listener as Described,
  ModifyListenerCommand,
  paginateDescribeListeners,
} from "@aws-sdk/client-elastic-load-balancing-v2"
import { arn, onAnything } from "../aws/allow.ts"
import { ourLoadBalancers, withTags } from "../aws/elb/ours.ts"
import { actionFor, type Reaction, type RoutingRule, reactionOf, rulesOf, setRules } from "../aws/elb/routing.ts"
import { listed } from "../aws/listed.ts"
import { everyItem } from "../aws/pages.ts"
import { type CloudKind, type Need, step } from "../aws/step.ts"
import { birthTags } from "../aws/tags.ts"
import { keyOf, type Scope } from "../engine/types.ts"

export interface Listener {
  /** Its ARN. */
  readonly id: string
  readonly loadBalancer: string
  readonly port: number
  readonly protocol: string
  /** Empty where it speaks HTTP. */
  readonly tlsPolicy: string
  readonly certificate: string
  readonly otherwise: Reaction
  readonly rules: readonly RoutingRule[]
}

/** Requests for one of these hosts (for any, where none is named), to these paths, go to a target group. */
export interface RouteWish {
  readonly hosts?: readonly string[]
  readonly paths?: readonly string[]
  readonly to: Need<{ readonly id: string }>
}

export interface ListenerWish {
  readonly scope: Scope
  readonly name: string
  readonly loadBalancer: Need<{ readonly id: string }>
  readonly port: number
  /** With one it speaks HTTPS. */
  readonly certificate?: Need<{ readonly id: string }> | undefined
  /** The first that fits counts. */
  readonly routes: readonly RouteWish[]
  /** What becomes of all else. */
  readonly otherwise: RouteWish["to"] | Reaction
}

/** A port of the load balancer, with its rules: they have no life of their own. */
export const listener = (wish: ListenerWish) => {
  const { scope, name, loadBalancer, port, certificate, routes, otherwise } = wish
  const secure = certificate !== undefined
  const groups = [...(typeof otherwise === "object" ? [otherwise] : []), ...routes.map(({ to }) => to)]
  type Groups = readonly { readonly id: string }[]
  const reaction = (lives: Groups): Reaction =>
    typeof otherwise === "object" ? `forward ${lives[0]?.id ?? ""}` : otherwise
  const rules = (lives: Groups): readonly RoutingRule[] =>
    routes.map(({ hosts = [], paths = [] }, n) => ({
      priority: 10 * (n + 1),
      hosts,
      paths,
      to: `forward ${lives[n + groups.length - routes.length]?.id ?? ""}`,
    }))
  const security = (id: string | undefined) => (id ? { SslPolicy: policy, Certificates: [{ CertificateArn: id }] } : {})
  const protocol = secure ? "HTTPS" : "HTTP"
  const made = step({
    kind: listenerKind,
    name,
    scope,
    needs: { loadBalancer, certificate: certificate ? [certificate] : [], groups },
    // It is there long before its load balancer takes requests.
    started: ["loadBalancer"],
    spec: { port, protocol, tlsPolicy: secure ? policy : "" },
    links: ({ loadBalancer, certificate, groups }) => ({
      loadBalancer: loadBalancer.id,
      certificate: certificate[0]?.id ?? "",
      otherwise: reaction(groups),
      rules: rules(groups),
    }),
    async create(ctx, { loadBalancer, certificate, groups }, birth) {
      await ctx.elb.send(
        new CreateListenerCommand({
          LoadBalancerArn: loadBalancer.id,
          Port: port,
          Protocol: protocol,
          ...security(certificate[0]?.id),
          DefaultActions: actionFor(reaction(groups)),
          Tags: birthTags(birth),
        }),
      )
    },
    async update(ctx, { id: ListenerArn }, changes, { certificate, groups }) {
      const changed = new Set<string>(changes.map(({ field }) => field))
      if (["protocol", "tlsPolicy", "certificate", "otherwise"].some((field) => changed.has(field)))
        await ctx.elb.send(
          new ModifyListenerCommand({
            ListenerArn,
            Protocol: protocol,
            ...security(certificate[0]?.id),
            DefaultActions: actionFor(reaction(groups)),
          }),
        )
      if (changed.has("rules")) await setRules(ctx, ListenerArn, rules(groups), birthTags({ scope, key: keyOf(made) }))
    },
  })
  return made
}

/** TLS 1.3 and, for what is older, 1.2. */
const policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"

export const listenerKind: CloudKind<Listener> = {
  name: "listener",
  // AWS refuses a second one on the same port.
  unique: "name",
  async list(ctx, scopes) {
    const balancers = await ourLoadBalancers(ctx, scopes)
    const lists = await Promise.all(
      balancers.map(({ LoadBalancerArn }) =>
        everyItem(paginateDescribeListeners({ client: ctx.elb }, { LoadBalancerArn }), (page) => page.Listeners),
      ),
    )
    const found = await withTags(ctx, lists.flat(), (one) => one.ListenerArn)
    return listed("listener", found, (one) => ({ live: liveOf(one), phase: "ready" }))
  },
  async complete(ctx, found) {
    return { ...found, live: { ...found.live, rules: await rulesOf(ctx, found.live.id) } }
  },
  completes: 1,
  async destroy(ctx, { id: ListenerArn }) {
    await ctx.elb.send(new DeleteListenerCommand({ ListenerArn }))
    return undefined
  },
  fixed: ["loadBalancer", "port"],
  blank: {
    id: "",
    loadBalancer: "",
    port: 0,
    protocol: "HTTP",
    tlsPolicy: "",
    certificate: "",
    otherwise: "answer ",
    rules: [],
  },
  allow: [
    onAnything(
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeRules",
      "elasticloadbalancing:DescribeTags",
    ),
    {
      action: "elasticloadbalancing:CreateListener",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
      resource: arn("elasticloadbalancing", "loadbalancer/app/smart0dte-${scope}-*"),
    },
    {
      action: [
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:CreateRule",
      ],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
      resource: arn("elasticloadbalancing", "listener/app/smart0dte-${scope}-*"),
    },
    {
      action: ["elasticloadbalancing:AddTags", "elasticloadbalancing:ModifyRule", "elasticloadbalancing:DeleteRule"],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in where a policy is written
      resource: arn("elasticloadbalancing", "listener-rule/app/smart0dte-${scope}-*"),
    },
  ],
  usually: { create: 2, update: 2, destroy: 1 },
}

const liveOf = (one: Described): Listener => ({
  id: one.ListenerArn ?? "",
  loadBalancer: one.LoadBalancerArn ?? "",
  port: one.Port ?? 0,
  protocol: one.Protocol ?? "",
  // What speaks HTTP heeds none, whatever is shown of it.
  tlsPolicy: (one.Protocol === "HTTPS" && one.SslPolicy) || "",
  certificate: one.Certificates?.[0]?.CertificateArn ?? "",
  otherwise: reactionOf(one.DefaultActions ?? []),
  rules: [],
})
