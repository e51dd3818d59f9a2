import type { Site, Sources } from "../app/site.ts"
import type { Cloud } from "../aws/cloud.ts"
import type { Settings } from "../config.ts"
import { Usage } from "../errors.ts"
import { keptOf } from "./backups.ts"
import { readKey } from "./public-key.ts"
import { outputsOf } from "./site-outputs.ts"
import { account } from "./target.ts"

/** What the settings make of an environment. Blueprints come with all of AWS, so they are loaded only here. */
export async function siteFor(
  environment: string,
  settings: Settings,
  cloud: Cloud,
  allowed?: readonly string[],
  sources?: Sources,
): Promise<Site> {
  if (environment === account) {
    const { accountSite } = await import("./account-site.ts")
    return accountSite(settings, cloud)
  }
  const [{ single }, { kindsOf }, { stateBucket }, publicKey] = await Promise.all([
    import("../blueprints/single.ts"),
    import("../blueprints/kinds.ts"),
    import("../steps/bucket.ts"),
    readKey(settings.publicKey),
  ])
  const { partition, region } = cloud
  const place = { account: cloud.account, partition, region }
  const wished = single({ ...settings, place, publicKey })
  // What was answered once is kept as a choice. It is no wish: without it, the next plan is still the same plan.
  const answers = { allowedCidrs: settings.allowedCidrs ?? allowed, ...sources }
  const answered = single({ ...settings, place, publicKey, ...answers })
  // It stands on the same things as the rest, which are to be there once.
  const first = wished.first && answered.first && { ...wished.first, needs: answered.first.needs }
  const blueprint = { ...answered, ...(first && { first }) }
  if (!blueprint.scopes.includes(environment))
    throw new Usage(`there is no blueprint for the environment ${environment}`, {
      hint: `there is one for: ${blueprint.scopes.join(", ")}`,
    })
  const groundwork = { name: "state", scopes: [], steps: [stateBucket(place)] }
  return {
    environment,
    blueprint,
    kinds: kindsOf("environment"),
    groundwork,
    stays,
    kept: () => keptOf(cloud, environment),
    outputs: outputsOf,
  }
}

const stays = ["bucket/state: the locks and records of this account, less than 0.01 USD a month"]
