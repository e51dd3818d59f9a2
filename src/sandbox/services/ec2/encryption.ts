import type * as ec2 from "@aws-sdk/client-ec2"
import { type Call, handlers } from "../../service.ts"
import { regional } from "../regional.ts"
import { serveOnly } from "./rules/refusals.ts"

/** Whether new disks are encrypted though nobody says so: one answer for each region. */
export const encryptionHandlers = handlers<typeof ec2>()({
  GetEbsEncryptionByDefault(input, call) {
    serveOnly("GetEbsEncryptionByDefault", input, [])
    return { EbsEncryptionByDefault: encryptsByDefault(call) }
  },

  EnableEbsEncryptionByDefault(input, call) {
    serveOnly("EnableEbsEncryptionByDefault", input, [])
    setting(call).put(key, {})
    return { EbsEncryptionByDefault: true }
  },

  DisableEbsEncryptionByDefault(input, call) {
    serveOnly("DisableEbsEncryptionByDefault", input, [])
    setting(call).delete(key)
    return { EbsEncryptionByDefault: false }
  },
})

export const encryptsByDefault = (call: Call): boolean => setting(call).has(key)

const key = "ebs"

const setting = (call: Call) => regional(call, "ec2/encryption-by-default")
