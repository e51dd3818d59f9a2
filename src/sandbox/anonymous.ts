import type { Caller } from "./keyring.ts"
import type { Arrived } from "./wire/http.ts"
import type { World } from "./world.ts"

/** Whoever signs nothing. */
export const nobody: Caller = { keys: { accessKeyId: "", secretAccessKey: "" }, arn: "" }

/** On AWS an address tells services apart; here it is the operation that a form names. */
export function namelessService(world: World, { body, headers, query }: Arrived): string | undefined {
  const form = (headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded")
  const action = form ? new URLSearchParams(Buffer.from(body).toString()).get("Action") : query.get("Action")
  const served = [...world.services.values()].find(({ service }) => service.unsigned?.includes(action ?? ""))
  return served?.service.signingName
}
