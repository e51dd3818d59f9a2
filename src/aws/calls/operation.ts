import type { HandlerExecutionContext } from "@smithy/types"

/** What a call asks for, in the words of IAM: `ec2:CreateVpc` is service `ec2`, name `CreateVpc`. */
export interface Operation {
  readonly service: string
  readonly name: string
}

export function operationOf(context: HandlerExecutionContext): Operation {
  return {
    service: (context.clientName ?? "aws").replace(/Client$/, "").toLowerCase(),
    name: (context.commandName ?? "unknown").replace(/Command$/, ""),
  }
}

export const labelOf = ({ service, name }: Operation): string => `${service}:${name}`

/** Whatever does not say by its first word that it only looks is taken for a change. */
export const changes = ({ name }: Operation): boolean =>
  !/^(Describe|Get|List|Head|Search|Select|BatchGet|Lookup|Simulate|Decode|Validate|Estimate|AssumeRole)/.test(name)
