import type * as Quotas from "@aws-sdk/client-service-quotas"
import { describe, expect, it } from "vitest"
import { serviceQuotas } from "../../../src/sandbox/services/service-quotas/index.ts"
import { rigOf } from "./rig.ts"

const aws = rigOf<typeof Quotas>(serviceQuotas)
const vcpus = { ServiceCode: "ec2", QuotaCode: "L-1216C47A" }

describe("a quota", () => {
  it("is told as it stands, and as AWS gives it to everybody", () => {
    expect(aws.run("GetServiceQuota", vcpus).Quota).toMatchObject({ QuotaCode: "L-1216C47A", Value: 64 })
    expect(aws.run("GetAWSDefaultServiceQuota", vcpus).Quota).toMatchObject({ Value: 5 })
  })

  it("is the one that the services keep to: another one is told, too", () => {
    aws.quotas.set("L-1216C47A", 1).set("Nodes per Region", 2)
    expect(aws.run("GetServiceQuota", vcpus).Quota?.Value).toBe(1)
    const nodes = { ServiceCode: "elasticache", QuotaCode: "L-DFE45DF3" }
    expect(aws.run("GetServiceQuota", nodes).Quota?.Value).toBe(2)
    aws.quotas.clear()
  })

  it("that nobody knows is refused", () => {
    expect(aws.refused("GetServiceQuota", { ...vcpus, QuotaCode: "L-00000000" })).toContain("NoSuchResourceException")
    expect(aws.refused("GetAWSDefaultServiceQuota", { ...vcpus, ServiceCode: "rds" })).toContain("NoSuchResource")
    expect(aws.refused("ListServiceQuotas", { ServiceCode: "none" })).toContain("NoSuchResourceException")
  })

  it("is listed with the others of its service, page by page", () => {
    const first = aws.run("ListServiceQuotas", { ServiceCode: "vpc", MaxResults: 3 })
    const second = aws.run("ListServiceQuotas", { ServiceCode: "vpc", MaxResults: 3, NextToken: first.NextToken })
    const codes = [...(first.Quotas ?? []), ...(second.Quotas ?? [])].map(({ QuotaCode }) => QuotaCode)
    expect(codes).toEqual(["L-0EA8095F", "L-A4707A72", "L-E79EC296", "L-F678F1CE", "L-FE5A380F"])
    expect(second.NextToken).toBeUndefined()
    expect(aws.refused("ListServiceQuotas", { ServiceCode: "vpc", NextToken: "!" })).toContain("InvalidPagination")
  })
})
