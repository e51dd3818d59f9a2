import { images } from "../ec2/catalog.ts"
import type { ParameterRecord } from "./records.ts"

/** What Amazon publishes for everybody: the newest Amazon Linux image of each architecture. */
export const published = (): readonly ParameterRecord[] =>
  images.flatMap(({ created, id, parameter }) =>
    parameter === undefined
      ? []
      : [
          {
            Name: parameter,
            Type: "String",
            Value: id,
            Version: 1,
            LastModifiedDate: Date.parse(created),
            LastModifiedUser: "",
            Tier: "Standard",
            DataType: "aws:ec2:image",
            Tags: [],
          },
        ],
  )
