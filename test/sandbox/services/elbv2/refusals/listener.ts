import { answer, type Ground, path } from "../ground.ts"
import { api, type ElbRow, elsewhere, gone, limited, quotas } from "./case.ts"

const listen = (aws: Ground, more: object) =>
  aws.refused("CreateListener", {
    LoadBalancerArn: aws.balancer,
    Port: 81,
    Protocol: "HTTP",
    DefaultActions: answer,
    ...more,
  })
const rule = (aws: Ground, more: object) =>
  aws.refused("CreateRule", {
    ListenerArn: aws.listener,
    Priority: 1,
    Conditions: path("/a"),
    Actions: answer,
    ...more,
  })

export const listenerRows: readonly ElbRow[] = [
  [
    "a second listener on the port",
    "DuplicateListenerException: '80'",
    api("CreateListener"),
    (aws) => listen(aws, { Port: 80 }),
  ],
  [
    "more listeners than there may be",
    "TooManyListenersException: 1",
    quotas,
    (aws) => listen(limited(aws, "ListenersPerApplicationLoadBalancer"), {}),
  ],
  [
    "HTTPS without a certificate",
    "ValidationError: A certificate must be specified",
    api("CreateListener"),
    (aws) => listen(aws, { Protocol: "HTTPS" }),
  ],
  [
    "a certificate that is not there",
    "CertificateNotFoundException: not found",
    api("CreateListener"),
    (aws) => listen(aws, { Protocol: "HTTPS", Certificates: [{ CertificateArn: "arn:c" }] }),
  ],
  [
    "a certificate that is not issued",
    "UnsupportedCertificate: fully-qualified",
    "seen: a listener with a certificate that is pending",
    (aws) => {
      aws.put("acm/certificate@us-east-1", "arn:c", {
        arn: "arn:c",
        names: ["a.b"],
        created: Date.UTC(2026, 10, 21),
        tags: [],
      })
      return listen(aws, { Protocol: "HTTPS", Certificates: [{ CertificateArn: "arn:c" }] })
    },
  ],
  [
    "a policy that nobody knows",
    "SSLPolicyNotFoundException: Mine",
    api("CreateListener"),
    (aws) => {
      aws.put("acm/certificate@us-east-1", "arn:c", { arn: "arn:c", names: ["a.b"], created: 0, issued: 0, tags: [] })
      return listen(aws, { Protocol: "HTTPS", Certificates: [{ CertificateArn: "arn:c" }], SslPolicy: "Mine" })
    },
  ],
  [
    "a listener that is not there",
    "ListenerNotFoundException: not found",
    api("DeleteListener"),
    (aws) => aws.refused("DeleteListener", { ListenerArn: gone("listener/app") }),
  ],
  [
    "two actions",
    "TooManyActionsException: one action",
    api("CreateListener"),
    (aws) => listen(aws, { DefaultActions: [...answer, ...answer] }),
  ],
  [
    "a redirect to itself",
    "InvalidLoadBalancerActionException: loop",
    api("RedirectActionConfig"),
    (aws) => listen(aws, { DefaultActions: [{ Type: "redirect", RedirectConfig: { StatusCode: "HTTP_301" } }] }),
  ],
  [
    "a group of another load balancer",
    "TargetGroupAssociationLimitException: more than one load balancer",
    api("CreateListener"),
    (aws) => {
      const other = { Name: "other", Subnets: [...aws.subnets], SecurityGroups: [aws.group] }
      const LoadBalancerArn = aws.run("CreateLoadBalancer", other).LoadBalancers?.[0]?.LoadBalancerArn
      return listen(aws, { LoadBalancerArn, DefaultActions: [{ Type: "forward", TargetGroupArn: aws.targets }] })
    },
  ],
  [
    "a group in another network",
    "InvalidConfigurationRequestException: in a different VPC",
    "seen: a rule of a load balancer in another network",
    (aws) => {
      const far = { Name: "far", Protocol: "HTTP" as const, Port: 3000, VpcId: elsewhere(aws).vpc }
      const TargetGroupArn = aws.run("CreateTargetGroup", far).TargetGroups?.[0]?.TargetGroupArn
      return rule(aws, { Actions: [{ Type: "forward", TargetGroupArn }] })
    },
  ],
  [
    "a priority that is taken",
    "PriorityInUseException: '1'",
    api("CreateRule"),
    (aws) => {
      aws.run("CreateRule", { ListenerArn: aws.listener, Priority: 1, Conditions: path("/b"), Actions: answer })
      return rule(aws, {})
    },
  ],
  [
    "more rules than there may be",
    "TooManyRulesException: 0",
    quotas,
    (aws) => {
      aws.quotas.set("RulesPerApplicationLoadBalancer", 0)
      return rule(aws, {})
    },
  ],
  [
    "six values",
    "ValidationError: more than 5",
    quotas,
    (aws) => rule(aws, { Conditions: path("/a", "/b", "/c", "/d", "/e", "/f") }),
  ],
  [
    "a rule that is not there",
    "RuleNotFoundException: not found",
    api("DeleteRule"),
    (aws) => aws.refused("DeleteRule", { RuleArn: gone("listener-rule/app") }),
  ],
  [
    "an action of another type besides",
    "NotImplemented: TargetGroupArn of an action of the type fixed-response",
    "the sandbox's own",
    (aws) => listen(aws, { DefaultActions: [{ ...answer[0], TargetGroupArn: aws.targets }] }),
  ],
  [
    "to ask who somebody is",
    "NotImplemented: AuthenticateCognitoConfig",
    "the sandbox's own",
    (aws) => rule(aws, { Actions: [{ ...answer[0], AuthenticateCognitoConfig: {} }] }),
  ],
  [
    "to send somebody to the same target again",
    "NotImplemented: DurationSeconds",
    "the sandbox's own",
    (aws) => {
      const ForwardConfig = { TargetGroupStickinessConfig: { Enabled: false, DurationSeconds: 60 } }
      return rule(aws, { Actions: [{ Type: "forward", TargetGroupArn: aws.targets, ForwardConfig }] })
    },
  ],
  [
    "a condition on something else besides",
    "NotImplemented: SourceIpConfig",
    "the sandbox's own",
    (aws) => rule(aws, { Conditions: [{ ...path("/a")[0], SourceIpConfig: { Values: ["10.0.0.0/8"] } }] }),
  ],
  [
    "a host's condition on a path",
    "ValidationError: 'host-header' is not valid",
    api("RuleCondition"),
    (aws) => rule(aws, { Conditions: [{ Field: "host-header", PathPatternConfig: { Values: ["/a"] } }] }),
  ],
]
