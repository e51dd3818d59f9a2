import { Command } from "@commander-js/extra-typings"
import type { App } from "../app.ts"
import type { KeyPairSeen } from "../aws/ec2/key-pairs.ts"
import { type ExitCode, exitCodes, Refused } from "../errors.ts"
import { agreeToLoss } from "./consent.ts"
import type { Ending } from "./ends.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { keyPairNameArgument } from "./keypair-name.ts"
import { open, withAccount } from "./opening.ts"

export interface KeypairDeleteFlags extends GlobalFlags {
  readonly name: string
  readonly confirm?: string
}

export function keypairDeleteCommand(app: Ending, run = keypairDelete) {
  return new Command("delete")
    .description("Make EC2 forget a key pair, after saying what still uses it. Files on this machine stay.")
    .addArgument(keyPairNameArgument)
    .option("--confirm <name>", "its name once more, instead of typing it")
    .addHelpText(
      "after",
      examples("smart0dte keypair delete laptop", "smart0dte keypair delete laptop --confirm=laptop"),
    )
    .action(async (name, own, command) => app.exit(await run(app, { ...flagsOf(own, command), name })))
}

export async function keypairDelete(app: App, flags: KeypairDeleteFlags): Promise<ExitCode> {
  const opened = await open(app, "keypair delete", flags)
  const { name } = flags
  return withAccount(app, opened, flags, async (account) => {
    const { deleteKeyPair, instancesByKey, keyPairs } = await import("../aws/ec2/key-pairs.ts")
    const [pairs, users] = await Promise.all([keyPairs(account.cloud), instancesByKey(account.cloud)])
    const pair = pairs.find((one) => one.name === name)
    const about = pair ? `key pair ${name} is deleted` : `there is no key pair ${name}`
    const usedBy = users.get(name) ?? []
    if (pair) {
      refuseOthers(pair)
      const still = usedBy.length > 0 ? `, which ${usedBy.join(", ")} was made with,` : ""
      await agreeToLoss(app, opened, name, {
        flag: "--confirm",
        given: flags.confirm,
        what: `deleting key pair ${name}${still}`,
        wants: "the key pair's name",
      })
      await deleteKeyPair(account.cloud, pair)
    }
    if (pair && usedBy.length > 0)
      opened.report.note(`${usedBy.join(", ")} still lets that key in: a node keeps what it was made with`)
    opened.report.show({
      type: "facts",
      about,
      facts: { name, ...(usedBy.length > 0 && { usedBy: usedBy.join(", ") }) },
      next: [],
    })
    return exitCodes.done
  })
}

function refuseOthers({ name, of }: KeyPairSeen): void {
  if (of === "keypair") return
  if (of === "somebody else")
    throw new Refused(`key pair ${name} was made by somebody else: it stays`, {
      hint: `whoever made it may delete it: aws ec2 delete-key-pair --key-name ${name}`,
    })
  throw new Refused(`key pair ${name} belongs to the environment ${of.environment}: it stays`, {
    hint: "take publicKey out of the configuration and deploy with --prune, and it goes",
  })
}
