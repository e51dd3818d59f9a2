import { Agent as HttpAgent } from "node:http"
import { Agent as HttpsAgent } from "node:https"
import { AccessAnalyzerClient } from "@aws-sdk/client-accessanalyzer"
import { AccountClient } from "@aws-sdk/client-account"
import { ACMClient } from "@aws-sdk/client-acm"
import { BudgetsClient } from "@aws-sdk/client-budgets"
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail"
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch"
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs"
import { ConfigServiceClient } from "@aws-sdk/client-config-service"
import { CostExplorerClient } from "@aws-sdk/client-cost-explorer"
import { EC2Client } from "@aws-sdk/client-ec2"
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2"
import { ElastiCacheClient } from "@aws-sdk/client-elasticache"
import { GuardDutyClient } from "@aws-sdk/client-guardduty"
import { IAMClient } from "@aws-sdk/client-iam"
import { KMSClient } from "@aws-sdk/client-kms"
import { RDSClient } from "@aws-sdk/client-rds"
import { Route53Client } from "@aws-sdk/client-route-53"
import { S3Client } from "@aws-sdk/client-s3"
import { S3ControlClient } from "@aws-sdk/client-s3-control"
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager"
import { SecurityHubClient } from "@aws-sdk/client-securityhub"
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas"
import { SNSClient } from "@aws-sdk/client-sns"
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
  const using = <C extends Closable>(client: C, stack = calls): C => {
    client.middlewareStack.use(stack)
    opened.push(client)
    return client
  }
  const newS3 = (there = region) => new S3Client({ ...config, region: there, ...s3Config(endpoint) })
  const s3In = (there: string) => using(newS3(there))
  const close = () => {
    for (const client of opened) client.destroy()
  }
  try {
    const clients = eachWhenUsed({
      accessAnalyzer: () => using(new AccessAnalyzerClient(config)),
      acm: () => using(new ACMClient(config)),
      budgets: () => using(new BudgetsClient(config)),
      cloudtrail: () => using(new CloudTrailClient(config)),
      cloudwatch: () => using(new CloudWatchClient(config)),
      configService: () => using(new ConfigServiceClient(config)),
      contacts: () => using(new AccountClient(config)),
      costs: () => using(new CostExplorerClient(config)),
      ec2: () => using(new EC2Client(config)),
      elasticache: () => using(new ElastiCacheClient(config)),
      elb: () => using(new ElasticLoadBalancingV2Client(config)),
      guardduty: () => using(new GuardDutyClient(config)),
      iam: () => using(new IAMClient(config)),
      kms: () => using(new KMSClient(config)),
      logs: () => using(new CloudWatchLogsClient(config)),
      quotas: () => using(new ServiceQuotasClient(config)),
      rds: () => using(new RDSClient(config)),
      route53: () => using(new Route53Client(config)),
      s3: () => using(newS3()),
      s3control: () => using(new S3ControlClient({ ...config, ...(endpoint !== undefined && atOnce(endpoint)) })),
      secrets: () => using(new SecretsManagerClient(config)),
      securityhub: () => using(new SecurityHubClient(config)),
      sns: () => using(new SNSClient(config)),
      spending: () => using(new CloudWatchClient({ ...config, region: wholeAccount })),
      spendingTopics: () => using(new SNSClient({ ...config, region: wholeAccount })),
      ssm: () => using(new SSMClient(config)),
      unguardedS3: () => using(newS3(), unguarded),
    })
    const identity = { ...(await caller(sts)), region, clock, sts, s3In, calls: counter.calls, close }
    return Object.assign(clients, identity)
  } catch (error) {
    close()
    throw error
  }
}

/** Where AWS keeps what belongs to no region. */
const wholeAccount = "us-east-1"

/** An object whose members are made when they are first asked for. */
function eachWhenUsed<Made extends object>(makers: { readonly [K in keyof Made]: () => Made[K] }): Made {
  const clients = {}
  for (const [name, make] of Object.entries<() => unknown>(makers)) {
    const get = () => {
      const value = make()
      Object.defineProperty(clients, name, { value, enumerable: true })
      return value
    }
    Object.defineProperty(clients, name, { get, enumerable: true, configurable: true })
  }
  // Every member of Made has its maker, by the type of the argument.
  return clients as Made
}

interface Closable {
  destroy(): void
  // Each client's stack is typed by its own operations; what is put on it here fits all of them.
  // biome-ignore lint/suspicious/noExplicitAny: existential types are not expressible otherwise
  readonly middlewareStack: { use(plugin: any): void }
}

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

/** The SDK would put the account before the address, which is none then. */
const atOnce = (endpoint: string) => ({ endpointProvider: () => ({ url: new URL(endpoint) }) })

async function caller(sts: STSClient): Promise<{ account: string; arn: string; partition: string }> {
  const { Account: account, Arn: arn } = await sts.send(new GetCallerIdentityCommand({}))
  const partition = arn?.split(":")[1]
  if (!account || !arn || !partition) throw new NoAccess(`AWS did not say who these credentials belong to: "${arn}"`)
  return { account, arn, partition }
}
