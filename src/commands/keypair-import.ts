import { readFile } from "node:fs/promises"
import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes, Usage } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { isKnown, keyPairNameArgument } from "./keypair-name.ts"
import { commandLine } from "./next.ts"
import { open, withAccount } from "./opening.ts"

export interface KeypairImportFlags extends GlobalFlags {
  readonly name: string
  readonly file?: string | undefined
}

export function keypairImportCommand(app: Ending, run = keypairImport) {
  return new Command("import")
    .description("Tell EC2 a public key that is there already, from a file or piped in.")
    .addArgument(keyPairNameArgument)
    .argument("[file]", "an OpenSSH public key, such as ~/.ssh/id_ed25519.pub")
    .addHelpText(
      "after",
      examples(
        "smart0dte keypair import laptop ~/.ssh/id_ed25519.pub",
        "ssh-add -L | head -1 | smart0dte keypair import laptop",
      ),
    )
    .action(async (name, file, own, command) => app.exit(await run(app, { ...flagsOf(own, command), name, file })))
}

export async function keypairImport(app: App, flags: KeypairImportFlags): Promise<ExitCode> {
  const opened = await open(app, "keypair import", flags)
  const { name, file } = flags
  const { readPublicKey } = await import("../app/keys/public-key.ts")
  const key = readPublicKey(await textOf(app, file), file ?? "what was piped in")
  return withAccount(app, opened, flags, async (account) => {
    const { importKeyPair, keyPairs } = await import("../aws/ec2/key-pairs.ts")
    if (!isKnown(name, await keyPairs(account.cloud), key)) await importKeyPair(account.cloud, name, key.bare)
    opened.report.show({
      type: "facts",
      about: `key pair ${name} is known to EC2`,
      facts: { name, keyType: key.type, bits: key.bits, fingerprint: key.fingerprint },
      next: file === undefined ? [] : [commandLine(account, `deploy single --public-key ${file}`)],
    })
    return exitCodes.done
  })
}

async function textOf(app: App, file: string | undefined): Promise<string> {
  if (file === undefined) {
    const piped = await app.piped()
    if (piped !== undefined) return piped
    throw new Usage("no public key was given", {
      hint: "name its file: smart0dte keypair import NAME FILE; or pipe it in",
    })
  }
  try {
    return await readFile(file, "utf8")
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error)
    throw new Usage(`the public key ${file} cannot be read: ${code}`, {
      hint: "give the path of an OpenSSH public key, such as ~/.ssh/id_ed25519.pub",
      cause: error,
    })
  }
}
