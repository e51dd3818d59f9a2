import * as Iam from "@aws-sdk/client-iam"
import * as Sts from "@aws-sdk/client-sts"
import { type InProcess, inProcess } from "../../../../src/sandbox/in-process.ts"
import { codeAt, STEP } from "../../../../src/sandbox/services/iam/totp.ts"
import { services } from "../../../../src/sandbox/services/index.ts"

export interface Lent {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** A sandbox, whose IAM and STS anybody with keys asks by the wire. */
export interface StsGround {
  readonly sandbox: InProcess
  readonly own: Clients
  as(keys: Lent): Clients
  close(): Promise<void>
}

export interface Clients {
  readonly iam: Iam.IAMClient
  readonly sts: Sts.STSClient
}

export const account = "111122223333"

export async function stsGround(): Promise<StsGround> {
  const sandbox = await inProcess({ services: services(), account, speed: 1 })
  const made: Clients[] = []
  const { accessKeyId, region, secretAccessKey, url } = sandbox.connection
  const as = (credentials: Lent): Clients => {
    const given = { endpoint: url, region, credentials, maxAttempts: 1 }
    const clients = { iam: new Iam.IAMClient(given), sts: new Sts.STSClient(given) }
    made.push(clients)
    return clients
  }
  const own = as({ accessKeyId, secretAccessKey })
  return {
    sandbox,
    own,
    as,
    async close() {
      for (const { iam, sts } of made) {
        iam.destroy()
        sts.destroy()
      }
      await sandbox.close()
    },
  }
}

/** A user with a key. */
export async function userWithKey(
  { iam }: Pick<Clients, "iam">,
  UserName: string,
): Promise<Lent & { readonly arn: string }> {
  const { User } = await iam.send(new Iam.CreateUserCommand({ UserName }))
  const { AccessKey } = await iam.send(new Iam.CreateAccessKeyCommand({ UserName }))
  return {
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
    arn: User?.Arn ?? "",
  }
}

export interface Device {
  readonly serial: string
  /** What it shows so many half minutes from now. */
  code(steps: number): string
}

/** A device that is the user's. The codes of half a minute ago and before that are used up by it. */
export async function deviceOf({ iam }: Pick<Clients, "iam">, UserName: string): Promise<Device> {
  const { VirtualMFADevice } = await iam.send(
    new Iam.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: `${UserName}-phone` }),
  )
  const { Base32StringSeed, SerialNumber = "" } = VirtualMFADevice ?? {}
  const seed = Buffer.from(Base32StringSeed ?? []).toString()
  const code = (steps: number) => codeAt(seed, Date.now() + steps * STEP)
  const codes = { AuthenticationCode1: code(-2), AuthenticationCode2: code(-1) }
  await iam.send(new Iam.EnableMFADeviceCommand({ UserName, SerialNumber, ...codes }))
  return { serial: SerialNumber, code }
}

export const trustOf = (...statements: readonly object[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((one) => ({ Effect: "Allow", Action: "sts:AssumeRole", ...one })),
  })

export const allowing = (...statements: readonly object[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((one) => ({ Effect: "Allow", Action: "*", Resource: "*", ...one })),
  })

export const keysOf = (given: Sts.Credentials | undefined): Lent => ({
  accessKeyId: given?.AccessKeyId ?? "",
  secretAccessKey: given?.SecretAccessKey ?? "",
  sessionToken: given?.SessionToken ?? "",
})

/** A refusal as "code: message (status)"; fails where there is none. */
export const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "not refused",
    (error: Error & { readonly $metadata?: { readonly httpStatusCode?: number } }) =>
      `${error.name}: ${error.message} (${error.$metadata?.httpStatusCode})`,
  )
