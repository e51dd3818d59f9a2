import type { Service } from "../../service.ts"

/** EC2's own request limits, per API, account and region. */
export const limits: Service["limits"] = [
  [/^RunInstances$/, 5, 2],
  [/^CreateNatGateway$/, 10, 1],
  [/^(CreateVpcEndpoint|DeleteVpcEndpoints)$/, 4, 0.3],
  [/^(CreateTags|DeleteTags)$/, 100, 10],
  // Without a filter, an id or a page size these have 50 / 10; the limit sees the operation only.
  [/^(Describe|Get)/, 100, 20],
  [/./, 50, 5],
]
