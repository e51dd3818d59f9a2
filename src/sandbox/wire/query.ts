import { fromText } from "./scalar.ts"
import type { View } from "./schema.ts"

/** Reads the form that awsQuery and ec2Query send: `Filter.1.Value.2=x` and the like. */
export function readQuery(input: View, form: URLSearchParams, ec2: boolean): object {
  return input.isStructSchema() ? readStructure(input, tree(form), ec2) : {}
}

/** The form's dotted names, unfolded. */
interface Branch {
  text: string | undefined
  readonly below: Map<string, Branch>
}

function tree(form: URLSearchParams): Branch {
  const root: Branch = { text: undefined, below: new Map() }
  for (const [name, text] of form) {
    const leaf = name.split(".").reduce((branch, part) => {
      const next = branch.below.get(part) ?? { text: undefined, below: new Map() }
      branch.below.set(part, next)
      return next
    }, root)
    leaf.text = text
  }
  return root
}

function read(view: View, branch: Branch, ec2: boolean): unknown {
  if (view.isStructSchema()) return readStructure(view, branch, ec2)
  if (view.isListSchema()) return items(branch).map((item) => read(view.getValueSchema(), item, ec2))
  if (view.isMapSchema()) return readMap(view, branch, ec2)
  return fromText(view, branch.text ?? "")
}

function readStructure(view: View, branch: Branch, ec2: boolean): object {
  const found = [...view.structIterator()].flatMap(([name, member]) => {
    const below = branchOf(member, name, branch, ec2)
    return below ? [[name, read(member, below, ec2)] as const] : []
  })
  return Object.fromEntries(found)
}

function branchOf(member: View, name: string, branch: Branch, ec2: boolean): Branch | undefined {
  const traits = member.getMergedTraits()
  const own = traits.xmlName ?? name
  const key = ec2 ? ec2Name(traits.ec2QueryName, own) : own
  const flattenedItem = member.isListSchema() && traits.xmlFlattened ? itemName(member) : undefined
  return branch.below.get(key) ?? (flattenedItem === undefined ? undefined : branch.below.get(flattenedItem))
}

const ec2Name = (declared: unknown, own: string): string =>
  typeof declared === "string" ? declared : own.charAt(0).toUpperCase() + own.slice(1)

const itemName = (list: View): string | undefined => list.getValueSchema().getMergedTraits().xmlName

function readMap(view: View, branch: Branch, ec2: boolean): object {
  const keyName = view.getKeySchema().getMergedTraits().xmlName ?? "key"
  const value = view.getValueSchema()
  const valueName = value.getMergedTraits().xmlName ?? "value"
  const entries = items(branch).flatMap((item) => {
    const key = item.below.get(keyName)?.text
    const below = item.below.get(valueName)
    return key !== undefined && below ? [[key, read(value, below, ec2)] as const] : []
  })
  return Object.fromEntries(entries)
}

/** `Tags.member.1`, `Tags.Tag.1` and the flattened `Tags.1` all mean the first of Tags. */
function items(branch: Branch): readonly Branch[] {
  const own = numbered(branch)
  return own.length > 0 ? own : [...branch.below.values()].flatMap(numbered)
}

const numbered = (branch: Branch): readonly Branch[] =>
  [...branch.below]
    .filter(([name]) => /^\d+$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, below]) => below)
