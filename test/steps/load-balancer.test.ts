import { DescribeNetworkInterfacesCommand } from "@aws-sdk/client-ec2"
import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  ModifyLoadBalancerAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2"
import { PutBucketPolicyCommand } from "@aws-sdk/client-s3"
import { describe, expect, it } from "vitest"
import { bench } from "./bench.ts"
import { balancer, logs } from "./front.ts"
import { seesAndRepairs } from "./tamper.ts"

const on = bench()

const set = (id: string, Key: string, Value: string) =>
  on.cloud.elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: id, Attributes: [{ Key, Value }] }))

describe("a load balancer", () => {
  it("faces the internet in two zones, with its requests logged", async () => {
    const before = on.cloud.clock.now()
    await on.make(balancer)
    expect((on.cloud.clock.now() - before) / 1000).toBeGreaterThan(147)
    const live = await on.live(balancer)
    expect(live).toMatchObject({
      loadBalancerName: "smart0dte-poc-main",
      dnsName: expect.stringMatching(/^smart0dte-poc-main-\d+\.us-east-1\.elb\.amazonaws\.com$/),
      attributes: {
        "access_logs.s3.bucket": "smart0dte-111122223333-us-east-1-poc-access-logs",
        "access_logs.s3.enabled": "true",
        "routing.http.drop_invalid_header_fields.enabled": "true",
        "deletion_protection.enabled": "false",
      },
    })
    expect(live.subnetIds).toHaveLength(2)
    expect((await on.see(balancer)).state).toBe("same")
  })

  seesAndRepairs(
    on,
    () => balancer,
    { attributes: (_, { id }) => set(id, "routing.http.drop_invalid_header_fields.enabled", "false") },
    ["loadBalancerName", "scheme", "vpcId", "subnetIds", "groupIds"],
  )

  it("costs by the hour, and so does its address in each zone", async () => {
    expect(balancer.kind.price?.(await on.live(balancer))).toEqual([
      { sku: "elb/application", units: 1 },
      { sku: "vpc/public-ipv4", units: 2 },
    ])
  })

  it("waits until its bucket's policy is known, and says what is wrong with one that stays so", async () => {
    const { id } = await on.live(balancer)
    await set(id, "access_logs.s3.enabled", "false")
    const { bucket, policy } = await on.live(logs)
    const Statement = policy?.Statement.slice(0, 2)
    const Policy = JSON.stringify({ ...policy, Statement })
    await on.cloud.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }))
    await expect(set(id, "access_logs.s3.enabled", "true")).rejects.toMatchObject({
      hint: expect.stringContaining("logdelivery.elasticloadbalancing.amazonaws.com"),
    })
    await on.make(balancer)
    expect((await on.see(balancer)).state).toBe("same")
  })

  it("is made again when somebody deleted it", async () => {
    const { id } = await on.live(balancer)
    await on.cloud.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: id }))
    expect((await on.see(balancer)).state).toBe("missing")
    await on.make(balancer)
    expect((await on.live(balancer)).id).not.toBe(id)
  })

  it("goes with its interfaces, and leaves another one of its name alone", async () => {
    const { subnetIds, groupIds } = await on.live(balancer)
    const foreign = { Name: "smart0dte-poc-main", Subnets: [...subnetIds], SecurityGroups: [...groupIds] }
    await on.cloud.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: (await on.live(balancer)).id }))
    const { LoadBalancers: [made] = [] } = await on.cloud.elb.send(new CreateLoadBalancerCommand(foreign))
    expect(await on.see(balancer)).toMatchObject({ state: "blocked", because: expect.stringContaining("not ours") })
    await on.cloud.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: made?.LoadBalancerArn }))
    await on.unmake(true, balancer)
    const { NetworkInterfaces } = await on.cloud.ec2.send(new DescribeNetworkInterfacesCommand({}))
    expect(NetworkInterfaces).toEqual([])
  })
})
