import { Agent as HttpAgent } from "node:http"
import { Agent as HttpsAgent } from "node:https"
import { EC2Client } from "@aws-sdk/client-ec2"
import { IAMClient } from "@aws-sdk/client-iam"
import { S3Client } from "@aws-sdk/client-s3"
import { SSMClient } from "@aws-sdk/client-ssm"
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts"
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types"
import type { Clock } from "../engine/types.ts"
import { NoAccess, Usage } from "../errors.ts"
import { type Calls, startCounter } from "./calls/count.ts"
import { startPace } from "./calls/pace.ts"
import { maxAttempts, retryStrategy } from "./calls/retry.ts"
import { callStack } from "./calls/stack.ts"
import type { Cloud } from "./cloud.ts"
import { isRegionLike } from "./failures/translate.ts"

export interface CloudSettings {
  readonly region: string
  readonly clock: Clock
  readonly profile?: string | undefined
  /** Instead of AWS; what AWS_ENDPOINT_URL names is honoured without it. */
  readonly endpoint?: string | undefined
  /** Instead of those that the SDK finds. */
  readonly credentials?: AwsCredentialIdentity | undefined
  /** Where every request must go; anything else is refused before it leaves. */
  readonly onlyOrigin?: string | undefined
  /** Asked right before each attempt at a change; throws when the lease is lost. */
  readonly mayChange?: (() => void) | undefined
  /** A line for each request. */
  readonly debug?: ((line: string) => void) | undefined
  /** Milliseconds after which a request counts as lost; less than what a lease must have left. */
  readonly timeout?: number | undefined
}

export interface Session extends Cloud {
  /** Who is asking. */
  readonly arn: string
  readonly sts: STSClient
  /** For the lock alone, which must be able to renew a lease whatever is left of it. */
  readonly unguardedS3: S3Client
  calls(): Calls
  close(): void
}

/** Asks who we are, which finds out whether the credentials are any good before anything else is tried. */
export async function openCloud(settings: CloudSettings): Promise<Session> {
  const { region, clock, profile, endpoint } = settings
  if (!isRegionLike(region)) throw new Usage(`"${region}" is not a region`, { hint: "such as --region us-east-1" })
  const counter = startCounter()
  const common = { ...settings, asker: { region, profile, endpoint }, counter, pace: startPace(clock) }
  const calls = callStack(common)
  const unguarded = callStack({ ...common, mayChange: undefined })
  const own = { ...sharedConfig(settings), retryStrategy: retryStrategy(clock), maxAttempts }
  const sts = new STSClient({ ...own, ...(settings.credentials && { credentials: settings.credentials }) })
  sts.middlewareStack.use(calls)
  // One provider for all clients: a session is looked up, and a role assumed, once.
  const credentials: AwsCredentialIdentityProvider = sts.config.credentials
  const config = { ...own, credentials }
  const opened: Closable[] = [sts]
  const lazily = <C extends Closable>(open: () => C, stack = calls): (() => C) => {
    let client: C | undefined
    return () => {
      if (client) return client
      client = open()
      client.middlewareStack.use(stack)
      opened.push(client)
      return client
    }
  }
  const ec2 = lazily(() => new EC2Client(config))
  const iam = lazily(() => new IAMClient(config))
  const ssm = lazily(() => new SSMClient(config))
  const newS3 = () => new S3Client({ ...config, ...s3Config(endpoint) })
  const s3 = lazily(newS3)
  const unguardedS3 = lazily(newS3, unguarded)
  const close = () => {
    for (const client of opened) client.destroy()
  }
  try {
    const { account, arn, partition } = await caller(sts)
    return {
      account,
      arn,
      partition,
      region,
      clock,
      sts,
      get ec2() {
        return ec2()
      },
      get iam() {
        return iam()
      },
      get s3() {
        return s3()
      },
      get ssm() {
        return ssm()
      },
      get unguardedS3() {
        return unguardedS3()
      },
      calls: counter.calls,
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

type Closable = Pick<EC2Client | IAMClient | S3Client | SSMClient | STSClient, "destroy" | "middlewareStack">

function sharedConfig({ region, profile, endpoint, timeout = 20_000 }: CloudSettings) {
  return {
    region,
    logger: silent,
    requestHandler: {
      httpAgent: new HttpAgent(connections),
      httpsAgent: new HttpsAgent(connections),
      connectionTimeout: 5_000,
      requestTimeout: timeout,
      throwOnRequestTimeout: true,
    },
    ...(profile !== undefined && { profile }),
    ...(endpoint !== undefined && { endpoint }),
  }
}

const connections = { keepAlive: true, maxSockets: 50 }

// The SDK would write its advice to the terminal.
const silent = { debug() {}, info() {}, warn() {}, error() {} }

/** Endpoints other than AWS have no host name per bucket, and not all of them know trailing checksums. */
const s3Config = (endpoint: string | undefined) => ({
  forcePathStyle: endpoint !== undefined,
  requestChecksumCalculation: "WHEN_REQUIRED" as const,
  responseChecksumValidation: "WHEN_REQUIRED" as const,
})

async function caller(sts: STSClient): Promise<{ account: string; arn: string; partition: string }> {
  const { Account: account, Arn: arn } = await sts.send(new GetCallerIdentityCommand({}))
  const partition = arn?.split(":")[1]
  if (!account || !arn || !partition) throw new NoAccess(`AWS did not say who these credentials belong to: "${arn}"`)
  return { account, arn, partition }
}
