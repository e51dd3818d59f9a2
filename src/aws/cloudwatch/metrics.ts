// The metrics that AWS documents, as far as alarms and charts may want them: each with the sets of dimensions under
// which it is published. A metric that is asked for under other dimensions is one that nobody ever publishes, and an
// alarm on it never rings. Read in the user guides of each service on 2026-11-21.

const instance = [["InstanceId"]] as const
const database = [["DBInstanceIdentifier"]] as const
const cache = [["CacheClusterId"], ["CacheClusterId", "CacheNodeId"]] as const
const balancer = [["LoadBalancer"], ["AvailabilityZone", "LoadBalancer"]] as const
const target = [
  ["LoadBalancer", "TargetGroup"],
  ["AvailabilityZone", "LoadBalancer", "TargetGroup"],
] as const
const gateway = [["NatGatewayId"]] as const

export const metrics = {
  "AWS/EC2": {
    CPUUtilization: instance,
    CPUCreditUsage: instance,
    CPUCreditBalance: instance,
    CPUSurplusCreditBalance: instance,
    CPUSurplusCreditsCharged: instance,
    StatusCheckFailed: instance,
    StatusCheckFailed_Instance: instance,
    StatusCheckFailed_System: instance,
    StatusCheckFailed_AttachedEBS: instance,
    NetworkIn: instance,
    NetworkOut: instance,
    EBSReadBytes: instance,
    EBSWriteBytes: instance,
    MetadataNoToken: instance,
  },
  "AWS/RDS": {
    CPUUtilization: database,
    CPUCreditBalance: database,
    CPUSurplusCreditsCharged: database,
    DatabaseConnections: database,
    FreeStorageSpace: database,
    FreeableMemory: database,
    SwapUsage: database,
    ReadLatency: database,
    WriteLatency: database,
    MaximumUsedTransactionIDs: database,
  },
  "AWS/ElastiCache": {
    CPUUtilization: cache,
    EngineCPUUtilization: cache,
    DatabaseMemoryUsagePercentage: cache,
    FreeableMemory: cache,
    Evictions: cache,
    CurrConnections: cache,
    CacheHitRate: cache,
    AuthenticationFailures: cache,
  },
  "AWS/ApplicationELB": {
    RequestCount: [...balancer, ...target],
    TargetResponseTime: [...balancer, ...target],
    HTTPCode_ELB_5XX_Count: balancer,
    HTTPCode_ELB_4XX_Count: balancer,
    HTTPCode_Target_5XX_Count: [...balancer, ...target],
    HTTPCode_Target_4XX_Count: [...balancer, ...target],
    HealthyHostCount: target,
    UnHealthyHostCount: target,
    RejectedConnectionCount: balancer,
  },
  "AWS/NATGateway": {
    ErrorPortAllocation: gateway,
    PacketsDropCount: gateway,
    BytesOutToDestination: gateway,
  },
  /** What the agent publishes with the node's configuration of it. */
  CWAgent: {
    mem_used_percent: instance,
    disk_used_percent: [["InstanceId", "fstype", "path"]],
  },
  /** What the node itself puts, each minute. */
  smart0dte: {
    Healthy: [["Scope", "System"]],
    Halted: [["Scope", "System"]],
    RecordUnreadable: [["Scope"]],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly (readonly string[])[]>>>>

export type Namespace = keyof typeof metrics
export type MetricOf<N extends Namespace> = keyof (typeof metrics)[N] & string
