import { createHash } from "node:crypto"
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs"
import { join } from "node:path"
import type { Disk } from "../machines/paths.ts"
import { type Context, Fault, notThere, type StandIn } from "./context.ts"
import { all, flag, parseFlags } from "./flags.ts"
import { changeRecords, readRecords } from "./records.ts"
import { fillFromSnapshot, volumeFolder } from "./snapshot.ts"

/** What is on a volume. It is kept beside the machines: a volume outlives them. */
interface VolumeRecord {
  readonly type?: string
  readonly label?: string
}

export const lsblk: StandIn = (on) => {
  const switches = [
    ["-d", "--nodeps"],
    ["-n", "--noheadings"],
    ["-p", "--paths"],
    ["-r", "--raw"],
    ["-b", "--bytes"],
  ]
  const parsed = parseFlags("lsblk", joined(on.args), { values: [["-o", "--output"]], switches })
  const columns = (flag(parsed, "-o") ?? "NAME,SERIAL,MOUNTPOINT").split(",")
  if (flag(parsed, "-n") === undefined) on.out(`${columns.join(" ")}\n`)
  for (const disk of disksOf(on)) {
    const values = columns.map((column) => columnOf(on, disk, column))
    on.out(`${values.join(" ").trimEnd()}\n`)
  }
  return 0
}

/** `-dno NAME` says the same as `-d -n -o NAME`. */
const joined = (args: readonly string[]): readonly string[] =>
  args.flatMap((word) => (/^-[a-z]+o$/.test(word) ? [word.slice(0, -1), "-o"] : [word]))

export const blkid: StandIn = async (on) => {
  const parsed = parseFlags("blkid", on.args, { values: [["-o"], ["-s"]], switches: [["-p"]] })
  const [device = ""] = parsed.rest
  await fillFromSnapshot(on, diskAt(on, device).volume)
  const { type, label } = volumeOf(on, diskAt(on, device))
  if (type === undefined) return 2
  const values: Readonly<Record<string, string>> = {
    TYPE: type,
    UUID: uuidOf(diskAt(on, device)),
    ...(label && { LABEL: label }),
  }
  const [name = "TYPE"] = all(parsed, "-s")
  if (flag(parsed, "-o") !== "value") throw notThere("blkid without -o value")
  on.out(`${values[name] ?? ""}\n`)
  return 0
}

export const mkfs: StandIn = (on) => {
  const parsed = parseFlags("mkfs.xfs", on.args, { values: [["-L"]], switches: [["-q"], ["-f"]] })
  const disk = diskAt(on, parsed.rest[0] ?? "")
  const present = volumeOf(on, disk)
  if (present.type !== undefined && flag(parsed, "-f") === undefined) {
    throw new Fault(`mkfs.xfs: ${parsed.rest[0]} appears to contain an existing filesystem (${present.type}).`)
  }
  const label = flag(parsed, "-L")
  changeRecords<VolumeRecord>(recordOf(on, disk), {}, () => ({ type: "xfs", ...(label !== undefined && { label }) }))
  return 0
}

/** The folder becomes a link to where the volume's content is; what stood there is hidden meanwhile. */
export const mount: StandIn = (on) => {
  const { rest } = parseFlags("mount", on.args, { values: [["-t"], ["-o"]], switches: [["-a"]] })
  if (on.args.includes("-a")) return mountAll(on)
  const [what = "", given] = rest
  const where = given ?? tableLines(on).find(([device, path]) => device === what || path === what)?.[1]
  if (where === undefined) throw new Fault(`mount: ${what}: can't find in /etc/fstab.`)
  return mountOne(on, what.startsWith("/dev/") || what.startsWith("UUID=") ? what : deviceFor(on, what), where)
}

export const umount: StandIn = (on) => {
  const [where = ""] = parseFlags("umount", on.args, { values: [], switches: [["-l"]] }).rest
  if (!isLink(where)) throw new Fault(`umount: ${where}: not mounted.`, 32)
  unmountOne(where)
  return 0
}

function unmountOne(where: string): void {
  rmSync(where)
  if (existsSync(`${where}.below`)) renameSync(`${where}.below`, where)
  else mkdirSync(where, { recursive: true })
}

export const mountpoint: StandIn = (on) => {
  const [where = ""] = parseFlags("mountpoint", on.args, { values: [], switches: [["-q"]] }).rest
  return isLink(where) ? 0 : 32
}

/** At each start nothing is mounted before the machine has looked into its table. */
export function mountAtStart(on: Context): void {
  for (const [, where] of tableLines(on)) if (isLink(where)) unmountOne(where)
  mountAll(on)
}

/** The volumes of its table. One that is not there is left out, where nofail says so. */
function mountAll(on: Context): number {
  for (const [device, where, options] of tableLines(on)) {
    if (isLink(where)) continue
    try {
      mountOne(on, device, where)
    } catch (error) {
      if (!(error instanceof Fault && options.includes("nofail"))) throw error
    }
  }
  return 0
}

function mountOne(on: Context, device: string, where: string): number {
  const disk = diskAt(on, device)
  if (volumeOf(on, disk).type === undefined) {
    throw new Fault(`mount: ${where}: wrong fs type, bad option, bad superblock on ${device}`, 32)
  }
  const content = join(volumeFolder(on, disk.volume), "content")
  if (isLink(where)) {
    if (readlinkSync(where) === content) throw new Fault(`mount: ${where}: ${device} already mounted on ${where}.`, 32)
    throw notThere("a mount over a mount")
  }
  if (!existsSync(where)) throw new Fault(`mount: ${where}: mount point does not exist.`, 32)
  mkdirSync(content, { recursive: true })
  if (readdirSync(where).length > 0) renameSync(where, `${where}.below`)
  else rmSync(where, { recursive: true })
  symlinkSync(content, where)
  return 0
}

type Line = readonly [device: string, where: string, options: string]

function tableLines(on: Context): readonly Line[] {
  const file = join(on.paths.root, "etc/fstab")
  if (!existsSync(file)) return []
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
  return lines.map((line) => {
    // A folder's name may hold blanks: what stands behind it does not.
    const [, device = "", where = "", options = ""] = /^(\S+)\s+(.*)\s+\S+\s+(\S+)\s+\d\s+\d$/.exec(line.trim()) ?? []
    return [device, where, options] as const
  })
}

const deviceFor = (on: Context, where: string): string =>
  tableLines(on).find(([, path]) => path === where)?.[0] ?? where

interface Numbered extends Disk {
  readonly name: string
}

/** On machines of today volumes are nvme devices, in the order in which they were attached. */
const disksOf = ({ facts }: Context): readonly Numbered[] =>
  facts.disks.map((disk, number) => ({ ...disk, name: `nvme${number}n1` }))

function diskAt(on: Context, device: string): Numbered {
  const found = disksOf(on).find((disk) => device === `/dev/${disk.name}` || device === `UUID=${uuidOf(disk)}`)
  if (!found) throw new Fault(`${device}: no such device`, 32)
  return found
}

const uuidOf = ({ volume }: Disk): string =>
  createHash("md5")
    .update(volume)
    .digest("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")

function columnOf(on: Context, disk: Numbered, column: string): string {
  switch (column) {
    case "NAME":
      return disk.name
    case "SERIAL":
      return disk.volume.replace("-", "")
    case "SIZE":
      return `${disk.sizeGb}G`
    case "MOUNTPOINT":
      return tableLines(on).find(([device, where]) => device === `UUID=${uuidOf(disk)}` && isLink(where))?.[1] ?? ""
    case "FSTYPE":
      return volumeOf(on, disk).type ?? ""
    default:
      throw notThere(`lsblk -o ${column}`)
  }
}

/** The first one holds the machine itself. */
const volumeOf = (on: Context, disk: Disk): VolumeRecord =>
  disk.volume === on.facts.disks[0]?.volume
    ? { type: "xfs", label: "/" }
    : readRecords<VolumeRecord>(recordOf(on, disk), {})

const recordOf = (on: Context, { volume }: Disk): string => join(volumeFolder(on, volume), "volume.json")

const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
