import { mkdir, rm, symlink, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { type TradingRecord, tradingText } from "../../../src/aws/trading/record.ts"

export const me = "i-0123456789abcdef0"
export const another = "i-0fedcba9876543210"
export const image = `ghcr.io/gnzsnz/ib-gateway@sha256:${"a".repeat(64)}`
export const account = "U1234567"

export type System = "smart-0dte" | "mag7-7dte"
type Trading = TradingRecord["systems"][string]
export type Tradings = Partial<Record<System, Partial<Trading>>>

/** Of a record, when a system is live. */
export const live = { mode: "live", trading: "active", account, limits: "1000/5000/10" } as const

export const broker = (kind: string) => `IBKR_USERNAME=${kind}user\nIBKR_PASSWORD=${kind}password99\n`

const override =
  "# service backend built smart0dte/backend:1\n# service frontend built smart0dte/frontend:1\n# commit 1\n"

export const settingOf = [
  "trading=backend",
  "patience=6",
  "variable.DAILY_LOSS_LIMIT=1000",
  "variable.DEFAULT_POSITION_SIZE=5000",
  "variable.MAX_POSITIONS_PER_USER=10",
  "mode.development.variable.TRADING_MODE=development",
  "mode.testing.variable.TRADING_MODE=testing",
  "mode.live.variable.TRADING_MODE=production",
  "mode.development.variable@backend.IBKR_HOST=gateway-paper",
  "mode.testing.variable@backend.IBKR_HOST=gateway-paper",
  "mode.live.variable@backend.IBKR_HOST=gateway-live",
  "",
].join("\n")

export function recordOf(epoch: number, systems: Tradings = {}): string {
  const usual: Trading = {
    mode: "development",
    trading: "active",
    trader: me,
    since: "",
    digest: "",
    limits: "",
    account: "",
  }
  return tradingText({
    schema: 1,
    scope: "poc",
    epoch,
    at: "2026-11-20T15:00:00Z",
    by: "arn:aws:sts::111122223333:assumed-role/trader/a",
    run: "0".repeat(32),
    systems: {
      "smart-0dte": { ...usual, ...systems["smart-0dte"] },
      "mag7-7dte": { ...usual, ...systems["mag7-7dte"] },
    },
  })
}

/** Makes a folder a node, and nothing else. */
export async function furnish(folder: string): Promise<void> {
  const files = { ...programs(), ...systems(), ...cloud() }
  await Promise.all(Object.entries(files).map(([name, text]) => put(join(folder, name), text)))
  await link(folder)
}

/** As the scripts link versions, by their whole path. */
export async function link(folder: string): Promise<void> {
  for (const system of ["smart-0dte", "mag7-7dte"]) {
    const at = join(folder, home(system))
    await rm(join(at, "current"), { force: true })
    await symlink(join(at, "versions/one"), join(at, "current"))
  }
}

/** What a bash reads before its script: it stands for the programs around a node. */
export const fakes = new URL("fakes/functions.sh", import.meta.url).pathname

const home = (system: string) => `root/var/lib/smart0dte/systems/${system}`

const programs = () => ({
  "root/etc/smart0dte/node.env": `SCOPE=poc\nREGION=us-east-1\nBUCKET=bucket\nFILES=${"0".repeat(64)}\nADDRESS=127.0.0.1\nINSTANCE=${me}\n`,
})

const systems = () =>
  Object.fromEntries(
    ["smart-0dte", "mag7-7dte"].flatMap((system) => [
      [`${home(system)}/versions/one/override.yaml`, override],
      [`${home(system)}/versions/one/setting`, settingOf],
      [`${home(system)}/versions/one/key`, "key\n"],
    ]),
  )

function cloud() {
  const until = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)
  const keys = { AccessKeyId: "AKIDNODE", SecretAccessKey: "secretkey99", Token: "token99", Expiration: `${until}Z` }
  const settings = "world/parameters/smart0dte/poc/settings"
  return {
    "world/credentials": JSON.stringify(keys, undefined, 2),
    "world/account.4004": "DU7654321",
    "world/objects/trading/poc/record": recordOf(1),
    "world/objects/trading/poc/halt/smart-0dte": "clear\nat=now\n",
    "world/objects/trading/poc/halt/mag7-7dte": "clear\nat=now\n",
    [`${settings}/gateway`]: `image=${image}\nlivePort=4003\npaperPort=4004\naccount=${account}\n`,
    [`${settings}/data`]: "databaseHost=db\ndatabasePort=5432\n",
    "world/secrets/smart0dte/poc/broker-paper/keys": broker("paper"),
    "world/secrets/smart0dte/poc/node/generated": "GATEWAY_SCREEN_PASSWORD=abcd1234\n",
  }
}

async function put(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}
