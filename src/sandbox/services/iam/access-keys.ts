import type * as Iam from "@aws-sdk/client-iam"
import { newKeys } from "../../keys.ts"
import { type Call, handlers } from "../../service.ts"
import { given } from "../given.ts"
import { pageOf } from "./pages.ts"
import { missing, overQuota } from "./records.ts"
import { type AccessKeyRecord, accessKeys, type UserRecord, userOrSelf } from "./user-records.ts"

export const accessKeyHandlers = handlers<typeof Iam>()({
  CreateAccessKey: (input, call) => {
    const user = userOrSelf(call, input.UserName)
    const limit = call.quota("AccessKeysPerUser", 2)
    if (keysOf(call, user).length >= limit) overQuota("AccessKeysPerUser", limit)
    const { accessKeyId, secretAccessKey } = newKeys()
    const key: AccessKeyRecord = {
      UserName: user.UserName,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      Status: "Active",
      CreateDate: call.now,
    }
    accessKeys(call).put(key.AccessKeyId, key)
    return { AccessKey: { ...metadata(key), SecretAccessKey: key.SecretAccessKey } }
  },

  ListAccessKeys: (input, call) => {
    const own = keysOf(call, userOrSelf(call, input.UserName))
    const { items, paging } = pageOf(own, (key) => key.AccessKeyId, input)
    return { AccessKeyMetadata: items.map(metadata), ...paging }
  },

  UpdateAccessKey: (input, call) => {
    const key = keyOf(call, userOrSelf(call, input.UserName), input.AccessKeyId)
    const Status = given(input.Status, "status") === "Active" ? "Active" : "Inactive"
    accessKeys(call).put(key.AccessKeyId, { ...key, Status })
    return {}
  },

  DeleteAccessKey: (input, call) => {
    const key = keyOf(call, userOrSelf(call, input.UserName), input.AccessKeyId)
    accessKeys(call).delete(key.AccessKeyId)
    return {}
  },

  GetAccessKeyLastUsed: (input, call) => {
    const id = given(input.AccessKeyId, "accessKeyId")
    const { LastUsed, UserName } = accessKeys(call).get(id) ?? noKey(id)
    if (!LastUsed) return { UserName, AccessKeyLastUsed: { ServiceName: "N/A", Region: "N/A" } }
    const { Date: date, Region, Service } = LastUsed
    return { UserName, AccessKeyLastUsed: { LastUsedDate: new Date(date), ServiceName: Service, Region } }
  },
})

const keysOf = (call: Call, { UserName }: UserRecord): readonly AccessKeyRecord[] =>
  accessKeys(call)
    .all()
    .filter((key) => key.UserName === UserName)

const keyOf = (call: Call, user: UserRecord, accessKeyId: string | undefined): AccessKeyRecord => {
  const id = given(accessKeyId, "accessKeyId")
  return keysOf(call, user).find((key) => key.AccessKeyId === id) ?? noKey(id)
}

const noKey = (id: string): never => missing(`The Access Key with id ${id} cannot be found.`)

const metadata = ({ AccessKeyId, CreateDate, Status, UserName }: AccessKeyRecord) => ({
  UserName,
  AccessKeyId,
  Status,
  CreateDate: new Date(CreateDate),
})
