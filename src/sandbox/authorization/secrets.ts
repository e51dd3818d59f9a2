import { secretWith } from "../services/secretsmanager/records.ts"
import { anything, type GivenTag, type Row, type Rows, requestTags, want } from "./needs.ts"

/** By its whole ARN, with the six letters that AWS puts behind the name. */
const secret: Row = (ask) => {
  const id = String(ask.input.SecretId)
  const record = secretWith(ask.call, id)
  const { VersionStage, BlockPublicPolicy } = ask.input
  return [
    want(ask, record?.ARN ?? arnOf(ask, id), {
      tags: record?.Tags ?? [],
      context: {
        "secretsmanager:BlockPublicPolicy": BlockPublicPolicy === undefined ? undefined : String(BlockPublicPolicy),
        "secretsmanager:SecretId": id,
        "secretsmanager:VersionStage": typeof VersionStage === "string" ? VersionStage : undefined,
      },
    }),
  ]
}

const born: Row = (ask) => {
  const resource = arnOf(ask, `${ask.input.Name}-newone`)
  const { Tags = [] } = ask.input as { readonly Tags?: readonly GivenTag[] }
  const context = requestTags(Tags)
  const tagging = want(ask, resource, { action: "secretsmanager:TagResource", context })
  return [want(ask, resource, { context }), ...(Tags.length > 0 ? [tagging] : [])]
}

const arnOf = ({ call }: Parameters<Row>[0], name: string): string =>
  name.startsWith("arn:") ? name : `arn:${call.partition}:secretsmanager:${call.region}:${call.account}:secret:${name}`

export const secretsRows: Rows = {
  CreateSecret: born,
  DeleteResourcePolicy: secret,
  DeleteSecret: secret,
  DescribeSecret: secret,
  GetRandomPassword: anything(),
  GetResourcePolicy: secret,
  GetSecretValue: secret,
  ListSecrets: anything(),
  PutResourcePolicy: secret,
  PutSecretValue: secret,
  RestoreSecret: secret,
  TagResource: secret,
  UntagResource: secret,
  UpdateSecret: secret,
}
