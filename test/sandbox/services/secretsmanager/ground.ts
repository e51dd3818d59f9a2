import type * as client from "@aws-sdk/client-secrets-manager"
import { secretsmanager } from "../../../../src/sandbox/services/secretsmanager/index.ts"
import { type Rig, rigOf } from "../rig.ts"

export type Ground = Rig<typeof client>

/** Enough letters for a version's name. */
export const token = (name: string): string => name.padEnd(32, "-")

/** `app/password`, made with the token `first`; `app/leaving`, which is scheduled for deletion; `app/empty`. */
export const ground = (): Ground => {
  const aws = rigOf<typeof client>(secretsmanager)
  const create = (Name: string, more: object) => aws.run("CreateSecret", { Name, ...more })
  create("app/password", {
    ClientRequestToken: token("first"),
    Description: "of the app",
    SecretString: "hunter2",
    Tags: [{ Key: "scope", Value: "poc" }],
  })
  create("app/leaving", { ClientRequestToken: token("first"), SecretString: "old" })
  aws.run("DeleteSecret", { SecretId: "app/leaving", RecoveryWindowInDays: 7 })
  create("app/empty", { ClientRequestToken: token("first") })
  return aws
}
