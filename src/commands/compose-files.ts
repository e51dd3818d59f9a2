import { readFile } from "node:fs/promises"
import { Option } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { Scope } from "../engine/types.ts"
import { Usage, UserError } from "../errors.ts"
import { type System, systems } from "../nodes/systems.ts"

export interface ComposeFlags {
  readonly compose?: readonly string[]
}

export const composeOption = new Option(
  "--compose <system=file>",
  "a project's Compose file on this machine, instead of the one that is deployed",
).argParser((text: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), text])

/** The texts of the files that were named. */
export async function composeFilesOf({ compose = [] }: ComposeFlags): Promise<ReadonlyMap<System, string>> {
  const read = compose.map(async (given) => {
    const [, name, path = ""] = /^([^=]*)=(.+)$/.exec(given) ?? []
    const system = systems.find((one) => one === name)
    if (system === undefined)
      throw new Usage(`--compose is ${JSON.stringify(given)}`, {
        hint: `such as --compose ${systems[0]}=docker-compose.yml; the systems are ${systems.join(" and ")}`,
      })
    return [system, await textOf(path)] as const
  })
  return new Map(await Promise.all(read))
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8")
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error)
    throw new Usage(`the Compose file ${path} cannot be read: ${code}`, {
      hint: "give the path of a file that is there",
    })
  }
}

/** The project's own file, which the node put where it can be read without asking the node. */
export async function deployedProject({ cloud }: Account, scope: Scope, system: System): Promise<string> {
  const [{ checkoutKind }, { stateObjects }] = await Promise.all([
    import("../nodes/checkout.ts"),
    import("../aws/state/objects.ts"),
  ])
  const found = (await checkoutKind.list?.(cloud, [scope]))?.find(({ name }) => name === system)
  const sum = found && "compose" in found.live ? String(found.live.compose) : ""
  const key = `environments/${scope}/compose/${system}/${sum}.yaml`
  const text = sum === "" ? undefined : (await stateObjects(cloud, cloud.s3).get(key)).text
  if (text !== undefined) return text
  throw new UserError(`${system} was not fetched in ${scope} yet`, {
    hint: `deploy first, or give its file: --compose ${system}=docker-compose.yml`,
  })
}
