import { createHash, randomBytes } from "node:crypto"
import type * as Iam from "@aws-sdk/client-iam"
import { type Call, handlers } from "../../service.ts"
import type { Table } from "../../store.ts"
import { given } from "../given.ts"
import { refuseUnserved } from "../unserved.ts"
import { pageOf } from "./pages.ts"
import { missing, overQuota, uniqueId } from "./records.ts"
import { type UserRecord, userOrSelf } from "./user-records.ts"

type Kind = "ssh" | "service" | "certificate"

/** What a user may have besides access keys and a password. Nothing here opens anything: it is there or not. */
interface CredentialRecord {
  readonly UserName: string
  readonly Kind: Kind
  readonly Id: string
  /** The public half, the certificate, or the service that it is for. */
  readonly What: string
  readonly CreateDate: number
}

const credentials = (call: Call): Table<CredentialRecord> => call.store.table("iam/user-credential")

/** What IAM wants to be done with them before it deletes their user; nothing where there are none. */
export const credentialsHold = (call: Call, user: UserRecord): string | undefined => {
  const kinds = credentials(call)
    .all()
    .flatMap(({ Kind, UserName }) => (UserName === user.UserName ? Kind : []))
  if (kinds.includes("ssh")) return "delete SSH public keys"
  if (kinds.includes("service")) return "delete service specific credentials"
  return kinds.includes("certificate") ? "delete signing certificates" : undefined
}

export const userCredentialHandlers = handlers<typeof Iam>()({
  UploadSSHPublicKey: (input, call) => {
    const body = given(input.SSHPublicKeyBody, "sSHPublicKeyBody")
    return { SSHPublicKey: sshView(made(call, userOrSelf(call, input.UserName), "ssh", body)) }
  },

  ListSSHPublicKeys: (input, call) => {
    const { items, paging } = page(call, "ssh", input)
    return { SSHPublicKeys: items.map(sshMetadata), ...paging }
  },

  DeleteSSHPublicKey: (input, call) => deleted(call, input.UserName, "ssh", input.SSHPublicKeyId),

  CreateServiceSpecificCredential: (input, call) => {
    refuseUnserved(input, ["CredentialAgeDays"])
    const service = given(input.ServiceName, "serviceName")
    const one = made(call, userOrSelf(call, input.UserName), "service", service)
    const ServicePassword = randomBytes(32).toString("base64")
    return { ServiceSpecificCredential: { ...serviceView(call, one), ServicePassword } }
  },

  ListServiceSpecificCredentials: (input, call) => {
    refuseUnserved(input, ["AllUsers"])
    const { items, paging } = page(call, "service", input, input.ServiceName)
    return { ServiceSpecificCredentials: items.map((one) => serviceView(call, one)), ...paging }
  },

  DeleteServiceSpecificCredential: (input, call) =>
    deleted(call, input.UserName, "service", input.ServiceSpecificCredentialId),

  UploadSigningCertificate: (input, call) => {
    const body = given(input.CertificateBody, "certificateBody")
    return { Certificate: certificateView(made(call, userOrSelf(call, input.UserName), "certificate", body)) }
  },

  ListSigningCertificates: (input, call) => {
    const { items, paging } = page(call, "certificate", input)
    return { Certificates: items.map(certificateView), ...paging }
  },

  DeleteSigningCertificate: (input, call) => deleted(call, input.UserName, "certificate", input.CertificateId),
})

/** How many a user may have, how its ids begin, and what IAM calls it where there is none. */
const KINDS: Readonly<Record<Kind, { quota: string; limit: number; prefix: "APKA" | "ACCA" | "ASCA"; words: string }>> =
  {
    ssh: { quota: "SSHPublicKeysPerUser", limit: 5, prefix: "APKA", words: "Public Key" },
    service: {
      quota: "ServiceSpecificCredentialsPerUser",
      limit: 2,
      prefix: "ACCA",
      words: "service specific credential",
    },
    certificate: { quota: "SigningCertificatesPerUser", limit: 2, prefix: "ASCA", words: "Certificate" },
  }

/** Of services each has a limit of its own. */
const ofKind = (call: Call, { UserName }: UserRecord, kind: Kind, what?: string): readonly CredentialRecord[] =>
  credentials(call)
    .all()
    .filter((one) => one.UserName === UserName && one.Kind === kind && (what === undefined || one.What === what))

function made(call: Call, user: UserRecord, kind: Kind, what: string): CredentialRecord {
  const { limit, prefix, quota } = KINDS[kind]
  const most = call.quota(quota, limit)
  if (ofKind(call, user, kind, kind === "service" ? what : undefined).length >= most) overQuota(quota, most)
  // A certificate's is longer, and does not say what it is.
  const Id = kind === "certificate" ? uniqueId(call, prefix) + uniqueId(call, prefix) : uniqueId(call, prefix)
  const one = { UserName: user.UserName, Kind: kind, Id, What: what, CreateDate: call.now }
  credentials(call).put(Id, one)
  return one
}

interface ListWish {
  readonly UserName?: string | undefined
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

const page = (call: Call, kind: Kind, wish: ListWish, what?: string) =>
  pageOf(ofKind(call, userOrSelf(call, wish.UserName), kind, what), ({ Id }) => Id, wish)

function deleted(call: Call, userName: string | undefined, kind: Kind, id: string | undefined) {
  const known = ofKind(call, userOrSelf(call, userName), kind).find(({ Id }) => Id === id)
  const { Id } = known ?? missing(`The ${KINDS[kind].words} with id ${id} cannot be found.`)
  credentials(call).delete(Id)
  return {}
}

const sshMetadata = ({ CreateDate, Id, UserName }: CredentialRecord) => ({
  UserName,
  SSHPublicKeyId: Id,
  Status: "Active" as const,
  UploadDate: new Date(CreateDate),
})

const sshView = (one: CredentialRecord) => ({
  ...sshMetadata(one),
  SSHPublicKeyBody: one.What,
  Fingerprint:
    createHash("md5")
      .update(Buffer.from(one.What.split(" ")[1] ?? "", "base64"))
      .digest("hex")
      .match(/../g)
      ?.join(":") ?? "",
})

const serviceView = (call: Call, { CreateDate, Id, UserName, What }: CredentialRecord) => ({
  UserName,
  ServiceName: What,
  ServiceUserName: `${UserName}-at-${call.account}`,
  ServiceSpecificCredentialId: Id,
  Status: "Active" as const,
  CreateDate: new Date(CreateDate),
})

const certificateView = ({ CreateDate, Id, UserName, What }: CredentialRecord) => ({
  UserName,
  CertificateId: Id,
  CertificateBody: What,
  Status: "Active" as const,
  UploadDate: new Date(CreateDate),
})
