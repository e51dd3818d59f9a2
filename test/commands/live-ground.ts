import { CreateRoleCommand } from "@aws-sdk/client-iam"
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager"
import { ConfirmSubscriptionCommand, CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns"
import { PutParameterCommand } from "@aws-sdk/client-ssm"
import { parameterName } from "../../src/aws/names.ts"
import { lineTag } from "../../src/aws/secrets/line-tags.ts"
import { alarmTopic, topicArnFor } from "../../src/aws/sns/topic-names.ts"
import { liveSecret } from "../../src/aws/trading/credentials.ts"
import trust from "../../src/templates/ec2-trust.json" with { type: "json" }
import { runs } from "../nodes/traders.ts"
import { scope, type TradingGround } from "./trading-ground.ts"

/** All that checks look at stands there as it should, and the first system trades on paper. */
export async function readyToGoLive(on: TradingGround): Promise<void> {
  const { cloud } = on
  await on.record({ "smart-0dte": {}, "mag7-7dte": {} })
  for (const system of ["smart-0dte", "mag7-7dte"] as const)
    Object.assign(on.machines.standing(on.nodes[0] ?? "", system), runs("testing"))
  await tellLimits(on, "1000/5000/10")
  await tellAccount(on, "U1234567")
  const AssumeRolePolicyDocument = JSON.stringify(trust)
  const RoleName = `smart0dte-${scope}-node`
  await cloud.iam.send(new CreateRoleCommand({ RoleName, Path: `/smart0dte/${scope}/`, AssumeRolePolicyDocument }))
  const Tags = ["IBKR_USERNAME", "IBKR_PASSWORD"].map((line) => lineTag(line, new Date()))
  const SecretString = "IBKR_USERNAME=anna\nIBKR_PASSWORD=sample\n"
  await cloud.secrets.send(new CreateSecretCommand({ Name: liveSecret(scope), SecretString, Tags: [...Tags] }))
  await hearAlarms(on)
}

/** As a deploy tells nodes. */
export const tellLimits = (on: TradingGround, limits: string) => {
  const [dailyLoss, position, openPositions] = limits.split("/")
  const lines = [
    `DAILY_LOSS_LIMIT=${dailyLoss}`,
    `DEFAULT_POSITION_SIZE=${position}`,
    `MAX_POSITIONS_PER_USER=${openPositions}`,
  ]
  return tell(on, ["systems", "smart-0dte"], lines.map((line) => `variable.${line}`).join("\n"))
}

export const tellAccount = (on: TradingGround, account: string) =>
  tell(on, ["settings", "gateway"], `image=ghcr.io/gnzsnz/ib-gateway@sha256:${"5a".repeat(32)}\naccount=${account}`)

const tell = ({ cloud }: TradingGround, path: readonly [string, string], Value: string) =>
  cloud.ssm.send(
    new PutParameterCommand({ Name: parameterName(scope, ...path), Type: "String", Value, Overwrite: true }),
  )

async function hearAlarms({ cloud, sandbox }: TradingGround): Promise<void> {
  const TopicArn = topicArnFor(cloud, scope, alarmTopic)
  await cloud.sns.send(new CreateTopicCommand({ Name: TopicArn.split(":").at(-1) }))
  await cloud.sns.send(new SubscribeCommand({ TopicArn, Protocol: "email", Endpoint: "ops@example.com" }))
  const asked = sandbox.world.store.contents().tables.get("sns/subscription@us-east-1") ?? new Map()
  // What the sandbox keeps of a subscription, as far as it is asked for here.
  const [{ record }] = [...asked.values()] as [{ readonly record: { readonly token: string } }]
  await cloud.sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: record.token }))
}
