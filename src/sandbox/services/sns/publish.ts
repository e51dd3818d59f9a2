import type * as Sns from "@aws-sdk/client-sns"
import { handlers } from "../../service.ts"
import { refuseUnserved } from "../unserved.ts"
import { invalid, topicOf } from "./records.ts"

export const publishHandlers = handlers<typeof Sns>()({
  /** Nobody is told anything: there is nobody beyond the sandbox. */
  Publish: (input, call) => {
    refuseUnserved(input, ["TargetArn", "PhoneNumber", "MessageStructure", "MessageAttributes"])
    refuseUnserved(input, ["MessageGroupId", "MessageDeduplicationId"])
    topicOf(call, input.TopicArn)
    const [message = "", subject] = [input.Message, input.Subject]
    if (message === "") throw invalid("Empty message")
    if (Buffer.byteLength(message) > LONGEST) throw invalid("Message too long")
    if (subject !== undefined && !/^[\x21-\x7e][\x20-\x7e]{0,99}$/.test(subject)) throw invalid("Subject")
    return { MessageId: call.requestId }
  },
})

const LONGEST = 262_144
