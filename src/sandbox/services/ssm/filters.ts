import type * as Ssm from "@aws-sdk/client-ssm"
import { Refusal } from "../../service.ts"
import { folderOf, isBelow } from "./names.ts"
import type { ParameterRecord } from "./records.ts"

/** What can be asked of parameters below a path. */
export const below: readonly string[] = ["Type", "KeyId"]

/** The parameters that fit all filters, after one that AWS would not take has been refused. */
export const filtered = (
  all: readonly ParameterRecord[],
  filters: readonly Ssm.ParameterStringFilter[] = [],
  keys: readonly string[] = ["Path", "Name", "Type", "KeyId", "Tier", "DataType", "tag:"],
): readonly ParameterRecord[] => {
  const repeated = filters.find(({ Key }, i) => filters.findIndex((other) => other.Key === Key) < i)
  if (repeated) {
    const rule = "A request can contain only one occurrence of a specific filter."
    throw badKey(`The following filter is duplicated in the request: ${repeated.Key}. ${rule}`)
  }
  const tests = filters.map((filter) => testOf(filter, keys))
  return all.filter((record) => tests.every((test) => test(record)))
}

type Test = (record: ParameterRecord) => boolean

const testOf = ({ Key = "", Option, Values }: Ssm.ParameterStringFilter, keys: readonly string[]): Test => {
  if (!keys.includes(Key.replace(/^tag:.+/, "tag:"))) {
    throw badKey(`The following filter key is not valid: ${Key}. Valid filter keys include: [${keys.join(", ")}].`)
  }
  const option = optionOf(Key, Option)
  if (Key.startsWith("tag:")) {
    const value = ({ Tags }: ParameterRecord) => Tags.find((tag) => `tag:${tag.Key}` === Key)?.Value
    return Values ? matching(value, option, Values) : (record) => value(record) !== undefined
  }
  if (!Values?.length) {
    throw new Refusal("InvalidFilterValue", `The following filter values are missing : null for filter key ${Key}.`)
  }
  if (Key === "Path") {
    const folders = Values.map(folderOf)
    return ({ Name }) => folders.some((folder) => isBelow(Name, folder, option === "Recursive"))
  }
  checkValues(Key, Values)
  // The keys that are left are members of a record.
  return matching((record) => record[Key as "Name" | "Type" | "KeyId" | "Tier" | "DataType"], option, Values)
}

const optionOf = (key: string, asked: string | undefined): string => {
  const known =
    key === "Path" ? ["OneLevel", "Recursive"] : ["Equals", "BeginsWith", ...(key === "Name" ? ["Contains"] : [])]
  const option = asked ?? known[0] ?? ""
  if (known.includes(option)) return option
  const message = `The following filter option is not valid: ${option}. Valid options include: [${known.join(", ")}].`
  throw new Refusal("InvalidFilterOption", message)
}

/** AWS names a bad value by the error of a bad option. */
const checkValues = (key: string, values: readonly string[]): void => {
  const known = VALUES[key]
  const bad = known && values.find((value) => !known.includes(value))
  if (bad === undefined) return
  const message = `The following filter value is not valid: ${bad}. Valid values include: [${known?.join(", ")}].`
  throw new Refusal("InvalidFilterOption", message)
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  Type: ["String", "StringList", "SecureString"],
  Tier: ["Standard", "Advanced", "Intelligent-Tiering"],
}

const matching = (
  read: (record: ParameterRecord) => string | undefined,
  option: string,
  wanted: readonly string[],
): Test => {
  const fits = FITS[option] ?? ((value, one) => value === one)
  return (record) => {
    const value = read(record)
    return value !== undefined && wanted.some((one) => fits(value, one))
  }
}

const FITS: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  BeginsWith: (value, wanted) => value.startsWith(wanted),
  Contains: (value, wanted) => value.includes(wanted),
}

const badKey = (message: string): Refusal => new Refusal("InvalidFilterKey", message)
