import {
  DisableEbsEncryptionByDefaultCommand,
  EnableEbsEncryptionByDefaultCommand,
  GetEbsEncryptionByDefaultCommand,
} from "@aws-sdk/client-ec2"
import { onAnything } from "../aws/allow.ts"
import type { Cloud } from "../aws/cloud.ts"
import { type CloudKind, step } from "../aws/step.ts"
import type { Scope } from "../engine/types.ts"

/** Whether the region encrypts each new disk, whoever makes it. */
export interface EbsEncryption {
  readonly enabled: boolean
}

export const ebsEncryption = ({ scope }: { readonly scope: Scope }) =>
  step({
    kind: ebsEncryptionKind,
    name: "main",
    scope,
    needs: {},
    spec: { enabled: true },
    async read(ctx) {
      const { EbsEncryptionByDefault: enabled = false } = await ctx.ec2.send(new GetEbsEncryptionByDefaultCommand({}))
      return { live: { enabled }, owner: "ours", phase: "ready" }
    },
    update: (ctx) => put(ctx, true),
    restore: (ctx, _, { enabled }) => put(ctx, enabled),
  })

export const ebsEncryptionKind: CloudKind<EbsEncryption> = {
  name: "ebs-encryption",
  unique: "name",
  fixed: [],
  blank: { enabled: false },
  allow: [
    onAnything(
      "ec2:GetEbsEncryptionByDefault",
      "ec2:EnableEbsEncryptionByDefault",
      "ec2:DisableEbsEncryptionByDefault",
    ),
  ],
  usually: { create: 1, update: 1 },
}

async function put({ ec2 }: Cloud, enabled: boolean): Promise<void> {
  if (enabled) await ec2.send(new EnableEbsEncryptionByDefaultCommand({}))
  else await ec2.send(new DisableEbsEncryptionByDefaultCommand({}))
}
