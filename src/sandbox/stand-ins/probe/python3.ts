import { basename } from "node:path"
import { type Context, Fault, notThere, type StandIn } from "../context.ts"
import { containerAt } from "../docker/address.ts"
import { endpointUp } from "./endpoints.ts"
import { accountsOf, listensAt } from "./gateway.ts"

/** Python with one program: the node's own, which asks what answers at a port and who is logged in there. */
export const python3: StandIn = async (on) => {
  const [script = "", verb, host = "", port = "", client] = on.args
  if (basename(script) !== "probe.py") throw notThere(`python3 ${script}`)
  if (!/^\d+$/.test(port) || (verb === "account") !== (client !== undefined))
    throw failed("reach HOST PORT | account HOST PORT CLIENT")
  switch (verb) {
    case "reach":
      await reach(on, host, Number(port))
      return 0
    case "account":
      on.out(`${account(on, host, Number(port))}\n`)
      return 0
    default:
      throw notThere(`probe.py ${verb}`)
  }
}

async function reach(on: Context, host: string, port: number): Promise<void> {
  const one = containerAt(on, host)
  if (one ? listensAt(one, port) : await endpointUp(on, host, port)) return
  throw refused
}

/** What the gateway says to a client that has begun; before it is logged in it ends the connection. */
function account(on: Context, host: string, port: number): string {
  const one = containerAt(on, host)
  if (!one || !listensAt(one, port)) throw refused
  const accounts = accountsOf(on, one)
  if (accounts.length === 0) throw failed("the connection was ended")
  return accounts.join(",")
}

const failed = (why: string): Fault => new Fault(`probe: ${why}`)

const refused = failed("[Errno 111] Connection refused")
