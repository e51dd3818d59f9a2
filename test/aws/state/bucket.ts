import { CreateBucketCommand } from "@aws-sdk/client-s3"
import type { Session } from "../../../src/aws/clients.ts"
import { stateBucketName } from "../../../src/aws/names.ts"
import type { LeaseTerms, LockSettings } from "../../../src/aws/state/lock-settings.ts"
import { stateObjects } from "../../../src/aws/state/objects.ts"

export const makeBucket = (session: Session) =>
  session.s3.send(new CreateBucketCommand({ Bucket: stateBucketName(session) }))

/** Seconds instead of minutes; S3's clock tells whole seconds, so no lease can be much shorter. */
export const brief: LeaseTerms = { lease: 3_000, heartbeat: 300, margin: 500, poll: 100 }

export function lockSettings(session: Session, more: Partial<LockSettings> = {}): LockSettings {
  const objects = stateObjects(session, session.unguardedS3)
  return { objects, owner: "alice@laptop", what: "deploy single", terms: brief, timeout: 0, ...more }
}
