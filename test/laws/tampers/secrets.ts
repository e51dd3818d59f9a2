import { UntagResourceCommand, UpdateSecretCommand } from "@aws-sdk/client-secrets-manager"
import { secretKind } from "../../../src/steps/secret.ts"
import { tampersOf } from "./table.ts"

export const secretTampers = [
  tampersOf(secretKind, {
    fields: {
      description: ({ secrets }, { secretName: SecretId }) =>
        secrets.send(new UpdateSecretCommand({ SecretId, Description: "something else" })),
      lines: ({ secrets }, { secretName: SecretId, lines: [line] }) =>
        secrets.send(new UntagResourceCommand({ SecretId, TagKeys: [`smart0dte:line:${line}`] })),
    },
    fixed: { secretName: "it is the name, and nothing is renamed" },
  }),
]
