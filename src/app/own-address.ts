import { isIPv4 } from "node:net"
import { UserError } from "../errors.ts"

/** AWS's own answer to the question from where it was asked. */
const site = "https://checkip.amazonaws.com/"

/** Set aside for documentation: nothing of a rehearsal leaves this machine. */
const rehearsed = "203.0.113.77"

/** Where the world sees this machine come from. */
export async function ownAddress(sandbox: boolean, ask: typeof fetch = fetch): Promise<string> {
  if (sandbox) return rehearsed
  const text = await answerOf(ask)
  if (isIPv4(text) && text !== "0.0.0.0") return text
  throw unknown(`${site} answered ${JSON.stringify(text.slice(0, 60))}, which is no IPv4 address`)
}

async function answerOf(ask: typeof fetch): Promise<string> {
  try {
    const answer = await ask(site, { signal: AbortSignal.timeout(10_000), redirect: "error" })
    if (answer.ok) return (await answer.text()).trim()
    throw unknown(`${site} answered ${answer.status}`)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw unknown(`${site} cannot be asked: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const unknown = (why: string) =>
  new UserError(`your own address is not known: ${why}`, {
    hint: "find it out yourself, and deploy with it in --allowed-cidrs",
  })
