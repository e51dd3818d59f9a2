import type { Permission } from "../engine/types.ts"

// `${partition}`, `${region}`, `${account}`, `${scope}`, and `${path}` (of the scope: `/smart0dte/poc/`) are filled
// in where a policy is written.
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: see above

/** Calls that have no resource of their own, such as EC2's Describe calls. */
export const onAnything = (...action: readonly string[]): Permission => ({ action, resource: "*" })

/** Making one EC2 thing, which carries the scope's tags from its birth. */
export const bearing = (action: string, ...types: readonly string[]): readonly Permission[] =>
  types.flatMap((type) => [
    { action, resource: ec2Arn(type), when: { StringEquals: { "aws:RequestTag/smart0dte:scope": "${scope}" } } },
    {
      action: "ec2:CreateTags",
      resource: ec2Arn(type),
      when: { StringEquals: { "ec2:CreateAction": action.replace("ec2:", "") } },
    },
  ])

/** Calls on EC2 things that carry the scope's tags. */
export const onOwn = (type: string, ...action: readonly string[]): Permission => ({
  action,
  resource: ec2Arn(type),
  when: { StringEquals: { "aws:ResourceTag/smart0dte:scope": "${scope}" } },
})

/** What Systems Manager does to the scope's nodes, which it knows by their tags under a name of its own. */
export const onOwnNodes = (...action: readonly string[]): Permission => ({
  action,
  resource: ec2Arn("instance"),
  when: { StringEquals: { "ssm:resourceTag/smart0dte:scope": "${scope}" } },
})

/** Calls on EC2 things that are the scope's, or nobody's: what carries another scope's tags is let alone. */
export const onUnclaimed = (type: string, action: readonly string[], tagging = false): Permission => ({
  action,
  resource: ec2Arn(type),
  when: unclaimed(tagging),
})

/** The condition of that, for things of other services. */
export const unclaimed = (tagging: boolean): NonNullable<Permission["when"]> => ({
  StringEqualsIfExists: { "aws:ResourceTag/smart0dte:scope": "${scope}" },
  ...(tagging && { StringEquals: { "aws:RequestTag/smart0dte:scope": "${scope}" } }),
})

/** Calls on EC2 things that are AWS's. */
export const onAny = (type: string, ...action: readonly string[]): Permission => ({ action, resource: ec2Arn(type) })

/** An ARN in the region of the run, and in its account unless it is AWS's own. */
export const arn = (service: string, resource: string, account = "${account}"): string =>
  `arn:\${partition}:${service}:\${region}:${account}:${resource}`

/** IAM's things of the scope, by path. */
export const iamArn = (type: string): string => `arn:\${partition}:iam::\${account}:${type}\${path}*`

/** The same by name, as IAM reads a name that it does not know. */
export const namedArn = (type: string): string => `arn:\${partition}:iam::\${account}:${type}/smart0dte-\${scope}-*`

/** Our buckets of the account and region. */
export const bucketArn = (name: string): string => `arn:\${partition}:s3:::smart0dte-\${account}-\${region}-${name}`

/** The scope's part of a folder of the state bucket. */
export const stateArn = (folder: string, rest: "/*" | ".json" = "/*"): string =>
  bucketArn(`state/${folder}/\${scope}${rest}`)

/** The scope's own buckets. */
export const ownBucketArn = (rest: "*" | "*/*"): string => bucketArn(`\${scope}-${rest}`)

/** The scope's things of services that know them by one name: databases, caches, and what belongs to them. */
export const namedIn = (service: string, type: string): string => arn(service, `${type}:smart0dte-\${scope}-*`)

/** The scope's parameters. */
export const parameterArn = (name: string): string => arn("ssm", `parameter\${path}${name}`)

/** The scope's secrets; AWS puts six letters behind each name. */
export const secretArn: string = arn("secretsmanager", "secret:smart0dte/${scope}/*")

/** The scope's documents for Systems Manager. */
export const documentArn = (name: string): string => arn("ssm", `document/smart0dte-\${scope}-${name}`)

/** The scope's things of a flat name: topics, `alarm:`s. */
export const flatArn = (service: string, type = ""): string => arn(service, `${type}smart0dte_\${scope}_*`)

/** The scope's dashboards, which stand in no region. */
export const dashboardArn = "arn:${partition}:cloudwatch::${account}:dashboard/smart0dte_${scope}_*"

/** The scope's log groups. */
export const logGroupArn: string = arn("logs", "log-group:${path}*")

/** What a service makes in the account by itself, when it is first switched on: the role in which it looks around. */
export const serviceLinked = (service: string): Permission => ({
  action: "iam:CreateServiceLinkedRole",
  resource: `arn:\${partition}:iam::\${account}:role/aws-service-role/${service}/*`,
  when: { StringEquals: { "iam:AWSServiceName": service } },
})

const ec2Arn = (type: string) => (type === "image" ? arn("ec2", "image/*", "") : arn("ec2", `${type}/*`))
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above
