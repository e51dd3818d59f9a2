import {
  ListCertificatesCommand,
  RemoveTagsFromCertificateCommand,
  RequestCertificateCommand,
} from "@aws-sdk/client-acm"
import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand } from "@aws-sdk/client-ec2"
import {
  type Action,
  CreateRuleCommand,
  DeleteRuleCommand,
  DeregisterTargetsCommand,
  DescribeRulesCommand,
  ModifyListenerCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyRuleCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2"
import type { Session } from "../../../src/aws/clients.ts"
import { changeRecord } from "../../../src/aws/route53/record-sets.ts"
import { certificateKind } from "../../../src/steps/certificate.ts"
import { type DnsRecord, dnsRecordKind } from "../../../src/steps/dns-record.ts"
import { type Listener, listenerKind } from "../../../src/steps/listener.ts"
import { loadBalancerKind } from "../../../src/steps/load-balancer.ts"
import { targetGroupKind } from "../../../src/steps/target-group.ts"
import { tampersOf } from "./table.ts"

const name = "its name or its place, which it keeps"

export const frontTampers = [
  tampersOf(loadBalancerKind, {
    fields: {
      subnetIds: async ({ ec2, elb }, { id: LoadBalancerArn }) => {
        const Filters = [{ Name: "tag:smart0dte:step", Values: ["subnet/private-a", "subnet/private-b"] }]
        const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters }))
        const ids = Subnets.map(({ SubnetId = "" }) => SubnetId)
        await elb.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: ids }))
      },
      groupIds: async ({ ec2, elb }, { id: LoadBalancerArn }) => {
        const Filters = [{ Name: "tag:smart0dte:step", Values: ["security-group/app"] }]
        const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }))
        const ids = SecurityGroups.map(({ GroupId = "" }) => GroupId)
        await elb.send(new SetSecurityGroupsCommand({ LoadBalancerArn, SecurityGroups: ids }))
      },
      attributes: [
        (by, { id }) => setAttribute(by, id, "routing.http.drop_invalid_header_fields.enabled", "false"),
        (by, { id }) => setAttribute(by, id, "access_logs.s3.enabled", "false"),
        (by, { id }) => setAttribute(by, id, "idle_timeout.timeout_seconds", "4000"),
      ],
    },
    fixed: { loadBalancerName: name, scheme: name, vpcId: "a load balancer stays in its network" },
  }),
  tampersOf(targetGroupKind, {
    fields: {
      health: [
        ({ elb }, { id }) => elb.send(new ModifyTargetGroupCommand({ TargetGroupArn: id, HealthCheckPath: "/other" })),
        ({ elb }, { id }) =>
          elb.send(new ModifyTargetGroupCommand({ TargetGroupArn: id, Matcher: { HttpCode: "200-499" } })),
        ({ elb }, { id }) =>
          elb.send(new ModifyTargetGroupCommand({ TargetGroupArn: id, HealthCheckIntervalSeconds: 300 })),
      ],
      attributes: ({ elb }, { id }) => {
        const Attributes = [{ Key: "deregistration_delay.timeout_seconds", Value: "300" }]
        return elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: id, Attributes }))
      },
      targets: ({ elb }, { id, targets }) => {
        const Targets = targets.map((Id) => ({ Id }))
        return elb.send(new DeregisterTargetsCommand({ TargetGroupArn: id, Targets }))
      },
    },
    fixed: { targetGroupName: name, protocol: name, port: name, vpcId: name },
  }),
  tampersOf(listenerKind, {
    fields: {
      protocol: [{ does: switchProtocol, seen: () => security }],
      tlsPolicy: [
        {
          async does(by, live) {
            if (live.protocol === "HTTP") await switchProtocol(by, live)
            else await modify(by, live, { SslPolicy: "ELBSecurityPolicy-2016-08" })
          },
          seen: ({ protocol }) => (protocol === "HTTP" ? security : ["tlsPolicy"]),
        },
      ],
      certificate: [
        {
          async does(by, live) {
            if (live.protocol === "HTTP") return switchProtocol(by, live)
            const DomainName = "smart-0dte.trading.example.com"
            const asked = new RequestCertificateCommand({ DomainName, ValidationMethod: "DNS" })
            const { CertificateArn } = await by.acm.send(asked)
            // Its name is proved already.
            await by.clock.sleep(300_000)
            await modify(by, live, { Certificates: [{ CertificateArn }] })
          },
          seen: ({ protocol }) => (protocol === "HTTP" ? security : ["certificate"]),
        },
      ],
      otherwise: (by, live) => modify(by, live, { DefaultActions: [hello] }),
      rules: [
        async ({ elb }, { id: ListenerArn }) => {
          const Conditions = [{ Field: "path-pattern", Values: ["/door"] }]
          await elb.send(new CreateRuleCommand({ ListenerArn, Priority: 5, Conditions, Actions: [hello] }))
        },
        async (by, live) => {
          const RuleArn = await firstRule(by, live)
          if (RuleArn) await by.elb.send(new DeleteRuleCommand({ RuleArn }))
          else await addRule(by, live)
        },
        async (by, live) => {
          const RuleArn = await firstRule(by, live)
          if (RuleArn) await by.elb.send(new ModifyRuleCommand({ RuleArn, Actions: [hello] }))
          else await addRule(by, live)
        },
      ],
    },
    fixed: { port: name, loadBalancer: name },
  }),
  tampersOf(certificateKind, {
    fields: {
      zone: ({ acm }, { id: CertificateArn }) =>
        acm.send(new RemoveTagsFromCertificateCommand({ CertificateArn, Tags: [{ Key: "smart0dte:zone" }] })),
    },
    fixed: { hosts: "a certificate keeps the names that it was asked for" },
  }),
  tampersOf(dnsRecordKind, {
    fields: { value: [astray], ttl: [{ does: shortLived, seen: ({ type }) => [type === "CNAME" ? "ttl" : "value"] }] },
    fixed: { zone: name, record: name, type: "a record of another type is somebody else's, and stops a run" },
  }),
]

const security = ["protocol", "tlsPolicy", "certificate"] as const

const hello: Action = {
  Type: "fixed-response",
  FixedResponseConfig: { StatusCode: "200", ContentType: "text/plain", MessageBody: "hello" },
}

function setAttribute({ elb }: Session, LoadBalancerArn: string, Key: string, Value: string) {
  return elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes: [{ Key, Value }] }))
}

type Change = Omit<ConstructorParameters<typeof ModifyListenerCommand>[0], "ListenerArn">

async function modify({ elb }: Session, { id: ListenerArn }: Listener, change: Change) {
  await elb.send(new ModifyListenerCommand({ ListenerArn, ...change }))
}

async function switchProtocol(by: Session, live: Listener) {
  if (live.protocol === "HTTPS") return modify(by, live, { Protocol: "HTTP" })
  const { CertificateSummaryList: [first] = [] } = await by.acm.send(new ListCertificatesCommand({}))
  const Certificates = [{ CertificateArn: first?.CertificateArn }]
  return modify(by, live, { Protocol: "HTTPS", SslPolicy: "ELBSecurityPolicy-2016-08", Certificates })
}

async function firstRule({ elb }: Session, { id: ListenerArn }: Listener): Promise<string | undefined> {
  const { Rules = [] } = await elb.send(new DescribeRulesCommand({ ListenerArn }))
  return Rules.find(({ IsDefault }) => !IsDefault)?.RuleArn
}

async function addRule({ elb }: Session, { id: ListenerArn }: Listener) {
  const Conditions = [{ Field: "host-header", Values: ["other.example.com"] }]
  await elb.send(new CreateRuleCommand({ ListenerArn, Priority: 7, Conditions, Actions: [hello] }))
}

/** To another load balancer, or another proof. */
async function astray(by: Session, live: DnsRecord) {
  const alias = live.value.replace(/ .*/, " smart0dte-poc-old-1.us-east-1.elb.amazonaws.com")
  const value = live.type === "CNAME" ? "_0.acm-validations.aws" : alias
  await changeRecord(by, "UPSERT", { ...live, value })
}

async function shortLived(by: Session, live: DnsRecord) {
  if (live.type === "CNAME") await changeRecord(by, "UPSERT", { ...live, ttl: 5 })
  else await astray(by, live)
}
