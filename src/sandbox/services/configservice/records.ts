import type { RecordingGroup, RecordingMode } from "@aws-sdk/client-config-service"
import { type Call, Refusal } from "../../service.ts"
import type { Table } from "../../store.ts"
import { regional } from "../regional.ts"
import type { Tag } from "../tags.ts"

export interface RecorderRecord {
  readonly name: string
  readonly arn: string
  readonly role: string
  readonly group: RecordingGroup
  readonly mode?: RecordingMode | undefined
  readonly recording: boolean
  readonly started?: number | undefined
  readonly stopped?: number | undefined
  readonly Tags: readonly Tag[]
}

export interface ChannelRecord {
  readonly name: string
  readonly bucket: string
  readonly prefix?: string | undefined
}

export const recorders = (call: Call): Table<RecorderRecord> => regional(call, "config/recorder")
export const channels = (call: Call): Table<ChannelRecord> => regional(call, "config/channel")

export const recorderOf = (call: Call, name = ""): RecorderRecord => {
  const found = recorders(call).get(name)
  if (found) return found
  const message = `Cannot find configuration recorder with the specified name '${name}'.`
  throw new Refusal("NoSuchConfigurationRecorderException", message)
}
