import { hostname } from "node:os"
import { join, resolve } from "node:path"
import { Command, Option } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { AlreadyExists, type ExitCode, exitCodes, UserError } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { isKnown, keyPairNameArgument, refuseMeaning } from "./keypair-name.ts"
import { commandLine } from "./next.ts"
import { open, withAccount } from "./opening.ts"

export interface KeypairCreateFlags extends GlobalFlags {
  readonly name: string
  readonly type: "ed25519" | "rsa"
  readonly file?: string
}

export function keypairCreateCommand(app: Ending, run = keypairCreate) {
  return new Command("create")
    .description("Make a key on this machine, and tell EC2 its public half. The private half never leaves.")
    .addArgument(keyPairNameArgument)
    .addOption(
      new Option("--type <type>", "ed25519, or rsa with 4096 bits").choices(["ed25519", "rsa"]).default("ed25519"),
    )
    .option("--file <path>", "where the private half goes; the public one beside it in .pub (~/.ssh/NAME)")
    .addHelpText(
      "after",
      examples("smart0dte keypair create laptop", "smart0dte keypair create laptop --type rsa --file ./laptop"),
    )
    .action(async (name, own, command) => {
      const type = own.type === "rsa" ? "rsa" : "ed25519"
      app.exit(await run(app, { ...flagsOf(own, command), type, name }))
    })
}

export async function keypairCreate(app: App, flags: KeypairCreateFlags): Promise<ExitCode> {
  const opened = await open(app, "keypair create", flags)
  const [{ keyFolder, refuseIfThere, writeKey }, { newKey }, { readPublicKey }] = await Promise.all([
    import("../app/keys/key-files.ts"),
    import("../app/keys/new-key.ts"),
    import("../app/keys/public-key.ts"),
  ])
  const { name, type } = flags
  if (flags.file === undefined) refuseMeaning(name)
  const path = flags.file === undefined ? join(keyFolder(app.env), name) : resolve(flags.file)
  await refuseIfThere(path)
  return withAccount(app, opened, flags, async (account) => {
    const { importKeyPair, keyPairs } = await import("../aws/ec2/key-pairs.ts")
    isKnown(name, await keyPairs(account.cloud))
    const key = await newKey(type, `smart0dte-${name}@${hostname()}`)
    await writeKey(path, key)
    const { awsFingerprint, bare, fingerprint } = readPublicKey(key.publicKey, `${path}.pub`)
    try {
      await importKeyPair(account.cloud, name, bare)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      // The answer may have been lost, and not the request.
      const there = error instanceof AlreadyExists ? await keyPairs(account.cloud) : []
      if (there.some((pair) => pair.name === name && pair.fingerprint === awsFingerprint)) return told()
      throw new UserError(`EC2 was not told of the key, which lies in ${path}: ${error.message}`, {
        hint: `once that is mended: ${commandLine(account, `keypair import ${name} ${path}.pub`)}`,
        requestId: error.requestId,
        cause: error,
      })
    }
    return told()

    function told(): ExitCode {
      opened.report.note("the private half has no passphrase, and lies there for you alone")
      opened.report.show({
        type: "facts",
        about: `key pair ${name} is made`,
        facts: { name, keyType: type, fingerprint, privateKey: path, publicKey: `${path}.pub` },
        next: [
          `ssh-keygen -p -f ${path}   (gives it a passphrase)`,
          commandLine(account, `deploy single --public-key ${path}.pub`),
        ],
      })
      return exitCodes.done
    }
  })
}
