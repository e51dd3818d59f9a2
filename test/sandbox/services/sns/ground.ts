import type * as client from "@aws-sdk/client-sns"
import { sns } from "../../../../src/sandbox/services/sns/index.ts"
import { type Rig, rigOf } from "../rig.ts"

export type Ground = Rig<typeof client>

export const arn = "arn:aws:sns:us-east-1:111122223333:alarms"

/** A topic `alarms`, of which somebody is asked by e-mail and told by text message. */
export const ground = (): Ground => {
  const aws = rigOf<typeof client>(sns)
  aws.run("CreateTopic", { Name: "alarms", Tags: [{ Key: "scope", Value: "poc" }] })
  aws.run("Subscribe", { TopicArn: arn, Protocol: "email", Endpoint: "ops@example.com" })
  aws.run("Subscribe", { TopicArn: arn, Protocol: "sms", Endpoint: "+12025550123" })
  return aws
}

/** What stands in the message that asks for consent. */
export const tokenOf = (aws: Ground): string => /"token":"([^"]+)"/.exec(aws.contents().replaceAll("\\", ""))?.[1] ?? ""
