import type { Account } from "../app/account.ts"
import type { Site } from "../app/site.ts"
import { observe } from "../engine/observe.ts"
import type { Blueprint } from "../engine/types.ts"
import { wishesOf } from "../engine/wishes.ts"
import { UserError } from "../errors.ts"
import type { System } from "../nodes/systems.ts"
import { commandLine } from "./next.ts"
import { only } from "./only.ts"

/** What belongs to a system alone, from its ref to what runs. */
const keysOf = (system: System): ReadonlySet<string> =>
  new Set([
    `choice/ref-${system}`,
    ...["setting", "checkout", "override", "images", "system"].map((kind) => `${kind}/${system}`),
  ])

export const onlySystem = <C>(blueprint: Blueprint<C>, system: System): Blueprint<C> => only(blueprint, keysOf(system))

/** A system is released into an environment that is there. */
export async function refuseIfMissing(
  account: Account,
  { environment, kinds }: Site,
  blueprint: Site["blueprint"],
): Promise<void> {
  const { findings } = await observe(account.cloud, blueprint, kinds)
  const missing = findings.filter(({ found, step }) => !found && step.kind.name !== "choice")
  if (findings.length > 0 && missing.length === 0) return
  const what = missing.map(({ key }) => key).join(", ") || "the system"
  throw new UserError(`${environment} is not deployed whole: ${what} is not there`, {
    hint: `finish it first with: ${commandLine(account, "deploy single")}`,
  })
}

/** What is wished of the system from now on; what is wished of all else stays as the last run wished it. */
export async function remember({ cloud }: Account, { environment, blueprint }: Site, system: System): Promise<void> {
  const [{ stateObjects }, { updateRecord }] = await Promise.all([
    import("../aws/state/objects.ts"),
    import("../aws/state/record.ts"),
  ])
  const keys = keysOf(system)
  const wishes = Object.entries(wishesOf(blueprint.steps)).filter(([key]) => keys.has(key))
  await updateRecord(stateObjects(cloud, cloud.s3), environment, (record) => ({
    ...record,
    wishes: { ...record.wishes, ...Object.fromEntries(wishes) },
  }))
}
