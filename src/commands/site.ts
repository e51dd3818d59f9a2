import { readFile } from "node:fs/promises"
import type { Site } from "../app/site.ts"
import type { Cloud } from "../aws/cloud.ts"
import type { Settings } from "../config.ts"
import { Usage } from "../errors.ts"
import { outputsOf } from "./site-outputs.ts"

/** What the settings make of an environment. Blueprints come with all of AWS, so they are loaded only here. */
export async function siteFor(
  environment: string,
  settings: Settings,
  cloud: Cloud,
  allowed?: readonly string[],
): Promise<Site> {
  const [{ single }, { kinds }, { stateBucket }, publicKey] = await Promise.all([
    import("../blueprints/single.ts"),
    import("../blueprints/kinds.ts"),
    import("../steps/bucket.ts"),
    readKey(settings.publicKey),
  ])
  const { account, partition, region } = cloud
  const place = { account, partition, region }
  const wished = single({ ...settings, place, publicKey })
  // What was answered once is kept as a choice. It is no wish: without it, the next plan is still the same plan.
  const answered = single({ ...settings, place, publicKey, allowedCidrs: settings.allowedCidrs ?? allowed })
  const blueprint = { ...answered, ...(wished.first && { first: wished.first }) }
  if (!blueprint.scopes.includes(environment))
    throw new Usage(`there is no blueprint for the environment ${environment}`, {
      hint: `there is one for: ${blueprint.scopes.join(", ")}`,
    })
  const groundwork = { name: "state", scopes: [], steps: [stateBucket(place)] }
  return { environment, blueprint, kinds, groundwork, stays, outputs: outputsOf }
}

const stays = ["bucket/state: the locks and records of this account, less than 0.01 USD a month"]

async function readKey(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined
  try {
    return (await readFile(path, "utf8")).trim()
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error)
    throw new Usage(`the public key ${path} cannot be read: ${code}`, {
      hint: "give the path of an OpenSSH public key, such as ~/.ssh/id_ed25519.pub",
      cause: error,
    })
  }
}
