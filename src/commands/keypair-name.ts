import { Argument } from "@commander-js/extra-typings"
import type { PublicKey } from "../app/keys/public-key.ts"
import type { KeyPairSeen } from "../aws/ec2/key-pairs.ts"
import { Refused, Usage } from "../errors.ts"

export const keyPairNameArgument = new Argument("<name>", "what EC2 calls it").argParser(readName)

/** It becomes a file's name, too: so it has none of what leads elsewhere. */
function readName(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text)) return text
  throw new Usage(`a key pair cannot be called ${JSON.stringify(text.slice(0, 80))}`, {
    hint: "letters, digits, dots, - and _, up to 64, with a letter or digit first",
  })
}

/** Whether EC2 has this very key under that name already, as after an answer that was lost. Another one is refused. */
export function isKnown(name: string, all: readonly KeyPairSeen[], key?: Pick<PublicKey, "awsFingerprint">): boolean {
  const there = all.find((pair) => pair.name === name)
  if (there === undefined) return false
  if (there.fingerprint === key?.awsFingerprint) return true
  throw new Refused(`there is a key pair ${name} already (${there.fingerprint})`, {
    hint: "take another name, or look at it with smart0dte keypair list",
  })
}

/** What OpenSSH looks for under its name in ~/.ssh: a key there would be read as something else. */
export function refuseMeaning(name: string): void {
  if (!/^(config|environment|rc|(known_hosts|authorized_keys)\d?)$/i.test(name)) return
  throw new Usage(`~/.ssh/${name} means something to ssh, which would not take it for a key`, {
    hint: "take another name, or say with --file where the key is to go",
  })
}
