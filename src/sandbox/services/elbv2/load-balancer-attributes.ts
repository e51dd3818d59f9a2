import type * as elb from "@aws-sdk/client-elastic-load-balancing-v2"
import { handlers } from "../../service.ts"
import { given } from "../given.ts"
import { attributesView, changed, loadBalancerAllows } from "./attributes.ts"
import { checkLogBucket } from "./log-bucket.ts"
import { loadBalancerOf, loadBalancers } from "./records.ts"

export const loadBalancerAttributeHandlers = handlers<typeof elb>()({
  ModifyLoadBalancerAttributes(input, call) {
    const found = loadBalancerOf(call, input.LoadBalancerArn)
    const asked = given(input.Attributes, "attributes")
    const attributes = changed(found.attributes, asked, loadBalancerAllows)
    for (const kind of ["access_logs", "connection_logs", "health_check_logs"]) {
      const concerned = asked.some(({ Key }) => Key?.startsWith(`${kind}.`))
      if (!concerned || attributes[`${kind}.s3.enabled`] !== "true") continue
      checkLogBucket(call, attributes[`${kind}.s3.bucket`] ?? "", attributes[`${kind}.s3.prefix`] ?? "")
    }
    loadBalancers(call).put(found.arn, { ...found, attributes })
    return { Attributes: attributesView(attributes) }
  },

  DescribeLoadBalancerAttributes(input, call) {
    return { Attributes: attributesView(loadBalancerOf(call, input.LoadBalancerArn).attributes) }
  },
})
