import { randomBytes } from "node:crypto"
import type * as Iam from "@aws-sdk/client-iam"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { stepOf } from "./mfa-codes.ts"
import { pageOf } from "./pages.ts"
import { missing } from "./records.ts"
import { withTags } from "./tags.ts"
import { base32 } from "./totp.ts"
import { type MfaDeviceRecord, mfaDevices, type UserRecord, userOf, userOrSelf, users } from "./user-records.ts"
import { userView } from "./users.ts"

export const mfaHandlers = handlers<typeof Iam>()({
  CreateVirtualMFADevice: (input, call) => {
    const name = given(input.VirtualMFADeviceName, "virtualMFADeviceName")
    const serial = `arn:${call.partition}:iam::${call.account}:mfa${input.Path ?? "/"}${name}`
    if (mfaDevices(call).has(serial)) {
      throw new Refusal(
        "EntityAlreadyExistsException",
        "MFADevice entity at the same path and name already exists.",
        409,
      )
    }
    const Seed = base32(randomBytes(40))
    mfaDevices(call).put(serial, { SerialNumber: serial, Seed, Tags: withTags([], input.Tags) })
    return {
      VirtualMFADevice: {
        SerialNumber: serial,
        Base32StringSeed: Buffer.from(Seed),
        // The picture has the same in it; nobody scans a sandbox's.
        QRCodePNG: PNG_HEAD,
      },
    }
  },

  EnableMFADevice: (input, call) => {
    const user = userOf(call, input.UserName)
    const device = deviceOf(call, input.SerialNumber)
    if (device.UserName !== undefined) {
      throw new Refusal("EntityAlreadyExistsException", "MFA Device is already in use.", 409)
    }
    const codes = [
      given(input.AuthenticationCode1, "authenticationCode1"),
      given(input.AuthenticationCode2, "authenticationCode2"),
    ]
    const LastStep = stepOf(device, codes, [-2, -1, 0, 1])
    if (LastStep === undefined) {
      throw new Refusal("InvalidAuthenticationCodeException", "Authentication code for device is not valid.", 403)
    }
    mfaDevices(call).put(device.SerialNumber, { ...device, UserName: user.UserName, EnableDate: call.now, LastStep })
    return {}
  },

  DeactivateMFADevice: (input, call) => {
    const user = userOrSelf(call, input.UserName)
    const { EnableDate: _since, UserName, ...device } = deviceOf(call, input.SerialNumber)
    if (UserName !== user.UserName) missing(`MFA Device for user ${user.UserName} cannot be found.`)
    mfaDevices(call).put(device.SerialNumber, device)
    return {}
  },

  DeleteVirtualMFADevice: (input, call) => {
    const device = deviceOf(call, input.SerialNumber)
    if (device.UserName !== undefined) {
      throw new Refusal("DeleteConflictException", "MFA VirtualDevice in use. Must deactivate first.", 409)
    }
    mfaDevices(call).delete(device.SerialNumber)
    return {}
  },

  ListMFADevices: (input, call) => {
    const { UserName } = userOrSelf(call, input.UserName)
    const own = mfaDevices(call)
      .all()
      .filter((device) => device.UserName === UserName)
    const { items, paging } = pageOf(own, (device) => device.SerialNumber, input)
    return {
      MFADevices: items.map(({ EnableDate = 0, SerialNumber }) => ({
        UserName,
        SerialNumber,
        EnableDate: new Date(EnableDate),
      })),
      ...paging,
    }
  },

  ListVirtualMFADevices: (input, call) => {
    const fitting = mfaDevices(call)
      .all()
      .filter(({ UserName }) => {
        if (input.AssignmentStatus === "Assigned") return UserName !== undefined
        return input.AssignmentStatus === "Unassigned" ? UserName === undefined : true
      })
    const { items, paging } = pageOf(fitting, (device) => device.SerialNumber, input)
    return { VirtualMFADevices: items.map((device) => view(device, users(call).get(device.UserName ?? ""))), ...paging }
  },
})

const deviceOf = (call: Call, serialNumber: string | undefined): MfaDeviceRecord => {
  const serial = given(serialNumber, "serialNumber")
  return mfaDevices(call).get(serial) ?? missing(`VirtualMFADevice with serial number ${serial} does not exist.`)
}

const view = ({ EnableDate, SerialNumber }: MfaDeviceRecord, user: UserRecord | undefined) => ({
  SerialNumber,
  ...(EnableDate !== undefined && { EnableDate: new Date(EnableDate) }),
  ...(user && { User: userView(user) }),
})

const PNG_HEAD = Buffer.from("89504e470d0a1a0a", "hex")
