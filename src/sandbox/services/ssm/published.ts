import type { Call } from "../../service.ts"
import { images } from "../ec2/catalog.ts"
import type { ParameterRecord } from "./records.ts"

const prefix = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-"

/** What Amazon publishes for everybody: the newest Amazon Linux image of each architecture. */
export function published(call: Call, name: string): ParameterRecord | undefined {
  const architecture = name.startsWith(prefix) ? name.slice(prefix.length) : undefined
  const newest = images.filter((image) => image.architecture === architecture).sort(byAge)[0]
  if (!newest) return undefined
  return {
    Name: name,
    Type: "String",
    Value: newest.id,
    Version: 1,
    LastModifiedDate: call.now,
    Tier: "Standard",
    DataType: "aws:ec2:image",
    Description: undefined,
    AllowedPattern: undefined,
    KeyId: undefined,
    Tags: [],
  }
}

const byAge = (a: { readonly created: string }, b: { readonly created: string }) => (a.created < b.created ? 1 : -1)
