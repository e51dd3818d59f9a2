import fc from "fast-check"
import { placeOf } from "../../../src/sandbox/wire/bindings.ts"
import { isAggregate, requiredMembers, type View } from "../../../src/sandbox/wire/schema.ts"

/** Any value of a shape, as far as the protocol can say it and the SDK leaves it alone. */
export const anyOf = (view: View): fc.Arbitrary<unknown> => arbitrary(view, "", "body", 0) ?? fc.constant({})

/** An input or output without what the client adds by itself. */
export const withoutOwn = (value: unknown): object =>
  Object.fromEntries(Object.entries(value ?? {}).filter(([name]) => !OWN.test(name)))

type Where = "body" | "header" | "label" | "query"

const DEEPEST = 4

/** Nothing for what could only be said deeper down: a union that has no other kind than itself. */
function arbitrary(view: View, name: string, where: Where, depth: number): Sayable {
  if (view.isUnitSchema()) return fc.constant({})
  if (view.isStructSchema()) return structure(view, depth)
  if (view.isListSchema()) {
    const item = arbitrary(view.getValueSchema(), name, where, depth + 1)
    // Ten and more, for a list that is sorted as text has its tenth item after its first.
    return item && fc.array(item, { minLength: 1, maxLength: isAggregate(view.getValueSchema()) ? 2 : 12 })
  }
  if (view.isMapSchema()) {
    const key = where === "body" ? fc.stringMatching(/^[a-zA-Z0-9:/_-]{1,8}$/) : fc.stringMatching(/^[a-z0-9-]{1,8}$/)
    const value = arbitrary(view.getValueSchema(), name, where, depth + 1)
    return value && fc.dictionary(key, value, { minKeys: 1, maxKeys: 2 })
  }
  return scalar(view, name, where)
}

type Sayable = fc.Arbitrary<unknown> | undefined

function structure(view: View, depth: number): Sayable {
  const members = [...view.structIterator()].filter(
    ([name, member]) => isSaid(name, member) && (depth < DEEPEST || !isAggregate(member)),
  )
  const values = members.flatMap(([name, member]) => {
    const value = arbitrary(member, name, whereOf(member), depth + 1)
    return value ? [[name, value] as const] : []
  })
  if (view.isUnionSchema())
    return values.length === 0 ? undefined : fc.oneof(...values.map(([name, value]) => fc.record({ [name]: value })))
  const required = requiredMembers(view)
  // What may be left out is there more often than not; of these the SDK would make up its own.
  const optional = values.map(([name, value]) => {
    const always = required.includes(name) || ALWAYS.includes(name) || view.getMemberSchema(name).isIdempotencyToken()
    return [name, always ? value : fc.option(value, { nil: undefined, freq: 4 })] as const
  })
  return fc.record(Object.fromEntries(optional))
}

function whereOf(member: View): Where {
  const place = placeOf(member).in
  if (place === "label") return "label"
  if (place === "header" || place === "header-prefix") return "header"
  return place === "query" || place === "query-rest" ? "query" : "body"
}

/** Members that the client, or HTTP itself, fills or reads in a way of its own. */
function isSaid(name: string, member: View): boolean {
  if (member.isStreaming() && member.isStructSchema()) return false
  if (placeOf(member).in === "status") return false
  return !OWN.test(name)
}

const OWN =
  /^(Content(Length|MD5)|Checksum(Mode|(CRC|SHA|XX|MD5|Type).*)|.*SSECustomerKey(MD5)?|AccountId|ExpiresString|PresignedUrl|DestinationRegion)$/

const ALWAYS = [
  "Body",
  "ContentType",
  "ChecksumAlgorithm",
  "CopyObjectResult",
  "CopyPartResult",
  "Policy",
  "AnnotationPayload",
]

function scalar(view: View, name: string, where: Where): fc.Arbitrary<unknown> {
  if (view.isBlobSchema()) return fc.uint8Array({ minLength: 1, maxLength: 40 })
  if (view.isTimestampSchema()) return fc.integer({ min: 0, max: 4_000_000_000 }).map((s) => new Date(s * 1000))
  if (view.isBooleanSchema()) return fc.boolean()
  if (view.isBigIntegerSchema()) return fc.bigInt({ min: 0n, max: 10n ** 12n })
  if (view.isNumericSchema()) return fc.integer({ min: 0, max: 1_000_000 })
  if (view.isDocumentSchema()) return fc.jsonValue()
  if (name === "Bucket") return fc.stringMatching(/^[a-z]{3,8}$/)
  // One of the two models has a text here, the other a number.
  if (/PartNumberMarker$/.test(name)) return fc.nat().map(String)
  // No text is the first region's name, and an empty document is none.
  if (name === "LocationConstraint") return fc.constantFrom("eu-west-1", "us-west-2")
  if (name === "Policy" && where === "body") return bodyText.filter((text) => text !== "")
  if (name === "ChecksumAlgorithm") return fc.constant("CRC32")
  if (view.getMergedTraits().mediaType === "application/json") return fc.constant('{"a":1}')
  return where === "body" ? bodyText : where === "query" ? queryText : where === "label" ? labelText : headerText
}

/** Any character, and more often those that mean something to one of the protocols. */
const anyCharacter = (unit: "binary" | "grapheme"): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom(...`&<>"'\\/%+= ,;:#?`), fc.string({ unit, minLength: 1, maxLength: 1 }))

// Control characters are no XML, half of a surrogate pair is no text, and the SDK takes a text of line feeds for none.
const bodyText = fc
  .string({ unit: anyCharacter("binary"), maxLength: 12 })
  .map((text) => text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "\n"))
  .filter((text) => !/^\s*\n\s*$/.test(text))

const queryText = fc.string({ unit: anyCharacter("grapheme"), minLength: 1, maxLength: 12 })

const labelText = queryText.filter((text) => !/^\.{1,2}$|^\/|\/$|\/\/|\/\.{1,2}(\/|$)|^\.{1,2}\//.test(text))

const headerText = fc.stringMatching(/^[!-+\--~]{1,12}$/)
