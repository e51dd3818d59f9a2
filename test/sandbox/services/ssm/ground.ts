import type * as client from "@aws-sdk/client-ssm"
import { ssm } from "../../../../src/sandbox/services/ssm/index.ts"
import { type Rig, rigOf } from "../rig.ts"

export type Ground = Rig<typeof client>

/** A text `/app/name`, a secret `/app/db/password` and a list without a path, `plain`. */
export const ground = (): Ground => {
  const aws = rigOf<typeof client>(ssm)
  const Tags = [{ Key: "scope", Value: "poc" }]
  aws.run("PutParameter", { Name: "/app/name", Type: "String", Value: "one", Description: "a name", Tags })
  aws.run("PutParameter", { Name: "/app/db/password", Type: "SecureString", Value: "secret" })
  aws.run("PutParameter", { Name: "plain", Type: "StringList", Value: "a,b", Tier: "Advanced" })
  return aws
}
