import { Argument } from "@commander-js/extra-typings"
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

export function refuseTaken(name: string, all: readonly KeyPairSeen[]): void {
  const there = all.find((pair) => pair.name === name)
  if (there === undefined) return
  throw new Refused(`there is a key pair ${name} already (${there.fingerprint})`, {
    hint: "take another name, or look at it with smart0dte keypair list",
  })
}
