import { hostname, userInfo } from "node:os"
import { type CloudSettings, openCloud } from "../aws/clients.ts"
import { realClock, scaledClock } from "../aws/clock.ts"
import { formerValues } from "../aws/state/former.ts"
import { acquireLocks, type Locks } from "../aws/state/lock.ts"
import { termsFor } from "../aws/state/lock-settings.ts"
import { isNoBucket, stateObjects } from "../aws/state/objects.ts"
import { environments, isBootstrapped } from "../aws/state/record.ts"
import { breakLock, inspectLock } from "../aws/state/unlock.ts"
import { readTrading } from "../aws/trading/store.ts"
import type { Config, Settings } from "../config.ts"
import { Refused, Usage } from "../errors.ts"
import type { Account } from "./account.ts"
import type { Sandbox } from "./sandbox.ts"
import { sandboxKeys } from "./sandbox-keys.ts"

export type Debug = (line: string) => void

/** Finds out who we are, and goes no further as somebody else than the configuration names. */
export async function openAccount({ settings, options }: Config, sandbox: Sandbox, debug?: Debug): Promise<Account> {
  const { docker = false, ...place } = options.sandbox
    ? await inSandbox({ settings, options }, sandbox)
    : onAws(settings)
  let locks: Locks | undefined
  const session = await openCloud({ ...place, debug, mayChange: () => locks?.mayChange() })
  if (!options.sandbox) guard(session.account, session.arn, settings)
  // Only where no real lock is: a short lease there would let two runs work at once.
  const terms = options.sandbox && options.sandboxLease ? termsFor(options.sandboxLease) : undefined
  const objects = stateObjects(session, session.unguardedS3)
  return {
    cloud: session,
    arn: session.arn,
    sandbox: options.sandbox,
    docker,
    calls: () => session.calls().requests,
    environments: () => environments(objects),
    isBootstrapped: () => isBootstrapped(objects),
    trading: (scope) => readTrading(objects, scope),
    former: (scope, key) => ifAny(formerValues(objects).load(scope, key)),
    async acquire(scopes, { what, seconds, stop, waiting }) {
      const taken = await acquireLocks(
        { objects, owner: ownName(), what, timeout: seconds * 1000, stop, waiting, terms },
        scopes,
      )
      locks = taken
      return { ...taken, former: formerValues(objects) }
    },
    inspectLock: (scope) => ifAny(inspectLock(objects, scope)),
    breakLock: async (scope, epoch, force) => {
      await breakLock(objects, scope, { force, epoch })
    },
    async as(credentials, work) {
      const other = await openCloud({ ...place, profile: undefined, credentials, debug })
      try {
        return await work(other)
      } finally {
        other.close()
      }
    },
    close: session.close,
  }
}

interface Place extends CloudSettings {
  readonly docker?: boolean | undefined
}

function onAws({ region, profile }: Settings): Place {
  return { region, profile, clock: realClock() }
}

/** Keys of its own, and nowhere else to go: a mistake cannot reach a real account. */
async function inSandbox({ settings, options }: Config, sandbox: Sandbox): Promise<Place> {
  const { region: wanted } = settings
  const { sandboxProfile: profile } = options
  const { url, region, speed, now, accessKeyId, secretAccessKey, docker } = await sandbox.attach()
  if (region !== wanted)
    throw new Usage(`the sandbox that runs is in ${region}, not in ${wanted}`, {
      hint: `use --region ${region}, or end it first: smart0dte sandbox stop`,
    })
  const owner = { accessKeyId, secretAccessKey }
  const credentials = profile === undefined ? owner : await sandboxKeys(sandbox.dir, profile)
  // Each command goes on with the time of the one before: what is compared with former times is later than they are.
  const clock = { ...scaledClock(speed, now), patience: speed * patience }
  return { region, clock, endpoint: url, onlyOrigin: new URL(url).origin, credentials, docker }
}

/** In real time: programs on a machine of the sandbox take what they take, and more where this machine is busy. */
const patience = 120_000

function guard(account: string, arn: string, { account: wanted }: Settings): void {
  if (wanted === undefined || wanted === account) return
  throw new Refused(`these credentials are of account ${account} (${arn}), not of ${wanted}`, {
    hint: "nothing was changed; use the credentials of that account, or change account in the configuration",
  })
}

/** Where nothing was ever kept, there is nothing to read. */
async function ifAny<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (isNoBucket(error)) return undefined
    throw error
  }
}

/** What others read who find it locked. */
function ownName(): string {
  try {
    return `${userInfo().username}@${hostname()}`
  } catch {
    // A container may run as a user that has no name.
    return hostname()
  }
}
