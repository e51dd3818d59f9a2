/** Reads to the end. A terminal would wait for somebody who does not know that he is asked. */
export async function readPiped(stdin: NodeJS.ReadStream): Promise<string | undefined> {
  if (stdin.isTTY) return undefined
  const parts: Buffer[] = []
  for await (const part of stdin) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString("utf8")
}
