import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ListAccessKeysCommand } from "@aws-sdk/client-iam"
import type { Session } from "../../src/aws/clients.ts"
import { scaledClock } from "../../src/aws/clock.ts"
import { Locked } from "../../src/errors.ts"
// Commands load it when they need it, which takes longer than the rest of a test.
import "../../src/policies/policies.ts"
import { type Sandboxed, sandboxed } from "../aws/sandboxed.ts"
import { type World, world } from "./small-world.ts"

/** A command line on a sandbox, with a home of its own for the credentials file. */
export interface IamGround {
  readonly at: World
  readonly aws: Sandboxed
  readonly session: Session
  readonly file: string
  /** Runs one line, and keeps what it says, and nothing of what was said before. */
  run(line: string): Promise<number>
  credentials(): Promise<string>
  put(text: string): Promise<void>
  keys(user: string): Promise<readonly { readonly id: string; readonly status: string }[]>
  close(): Promise<void>
}

export async function iamGround(): Promise<IamGround> {
  const aws = await sandboxed(600)
  const home = await mkdtemp(join(tmpdir(), "smart0dte-iam-"))
  const file = join(home, "credentials")
  const at = world()
  // As on AWS: a run that has let go of its lock changes nothing any more.
  let begun: number | undefined
  const mayChange = () => {
    const heard = begun === undefined ? [] : at.journal.slice(begun)
    const last = heard.findLast((line) => /^(lock |release$)/.test(line))
    if (last === "release") throw new Locked("this run has lost the lock of account: it was released")
  }
  const session = await aws.open({ clock: scaledClock(600), mayChange })
  at.aws = session
  at.as = (credentials) => aws.open({ credentials })
  at.env = { HOME: home, AWS_SHARED_CREDENTIALS_FILE: file }
  at.records.push("poc")
  return {
    at,
    aws,
    session,
    file,
    async run(line) {
      at.said.out = ""
      at.said.err = ""
      begun = at.journal.length
      try {
        return await at.run(line)
      } finally {
        begun = undefined
      }
    },
    credentials: () => readFile(file, "utf8").catch(() => ""),
    put: (text) => writeFile(file, text),
    async keys(UserName) {
      const { AccessKeyMetadata = [] } = await session.iam.send(new ListAccessKeysCommand({ UserName }))
      return AccessKeyMetadata.map(({ AccessKeyId = "", Status = "" }) => ({ id: AccessKeyId, status: Status }))
    },
    async close() {
      await aws.close()
      await rm(home, { recursive: true })
    },
  }
}

/** The secret of a profile, which must be nowhere else. */
export const secretIn = (text: string): string => /aws_secret_access_key = (\S+)/.exec(text)?.[1] ?? "no secret"
