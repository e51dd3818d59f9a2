import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import type { KeyPairSeen } from "../aws/ec2/key-pairs.ts"
import { type ExitCode, exitCodes } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { commandLine } from "./next.ts"
import { open, withAccount } from "./opening.ts"

export function keypairListCommand(app: Ending, run = keypairList) {
  return new Command("list")
    .description("Show the key pairs that EC2 knows, where their files lie on this machine, and what uses them.")
    .addHelpText("after", examples("smart0dte keypair list", "smart0dte keypair list --output json"))
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function keypairList(app: App, flags: GlobalFlags): Promise<ExitCode> {
  const opened = await open(app, "keypair list", flags)
  const { publicKey } = opened.config.settings
  return withAccount(app, opened, flags, async (account) => {
    const [{ instancesByKey, keyPairs }, { keyFolder, localKeys }] = await Promise.all([
      import("../aws/ec2/key-pairs.ts"),
      import("../app/keys/key-files.ts"),
    ])
    const [pairs, users, files] = await Promise.all([
      keyPairs(account.cloud),
      instancesByKey(account.cloud),
      localKeys(keyFolder(app.env), publicKey === undefined ? [] : [publicKey]),
    ])
    const { account: id, region } = account.cloud
    opened.report.show({
      type: "keys",
      account: id,
      region,
      rows: pairs.map((pair) => ({
        name: pair.name,
        keyType: pair.type,
        fingerprint: pair.fingerprint,
        made: pair.created?.toISOString(),
        of: ownerOf(pair),
        file: files.get(pair.fingerprint),
        usedBy: users.get(pair.name) ?? [],
      })),
      next: pairs.length === 0 ? [commandLine(account, "keypair create NAME")] : [],
    })
    return exitCodes.done
  })
}

export const ownerOf = ({ of }: Pick<KeyPairSeen, "of">): string =>
  typeof of === "string" ? of : `environment ${of.environment}`
