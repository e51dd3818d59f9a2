import { type Call, Refusal } from "../../../service.ts"
import { notServed } from "../../unserved.ts"

export interface DocumentParameter {
  readonly type: string
  readonly description?: string
  readonly default?: string | readonly string[]
  readonly allowedValues?: readonly string[]
  readonly allowedPattern?: string
  readonly maxChars?: number
  readonly minChars?: number
}

export interface RunStep {
  readonly name: string
  readonly lines: readonly string[]
  /** How long it may run, which may be a parameter's place. */
  readonly timeout: string | undefined
}

/** A document of the kind that runs shell lines on a node. */
export interface Content {
  readonly schemaVersion: string
  readonly description: string
  readonly parameters: Readonly<Record<string, DocumentParameter>>
  readonly step: RunStep
}

/** What the document says, or AWS's reason why it is none. */
export const readContent = (call: Call, text: string): Content => {
  if (Buffer.byteLength(text) > call.quota("DocumentSize", 65_536)) {
    throw new Refusal("MaxDocumentSizeExceeded", "The size limit of a document is 64 KB.")
  }
  const { schemaVersion, description = "", parameters = {}, mainSteps, ...others } = objectOf(parsed(text))
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) throw bad(`unknown property ${unknown}`)
  if (schemaVersion !== "2.2") {
    if (!/^(0\.3|1\.[02]|2\.0)$/.test(String(schemaVersion))) {
      throw new Refusal("InvalidDocumentSchemaVersion", `The schema version ${schemaVersion} is not supported.`)
    }
    throw notServed(`documents of the schema version ${schemaVersion}`)
  }
  const steps = Array.isArray(mainSteps) ? mainSteps : []
  if (steps.length > 1) throw notServed("documents of more than one step")
  const content = {
    schemaVersion,
    description: String(description),
    parameters: Object.fromEntries(
      Object.entries(objectOf(parameters)).map(([name, one]) => [name, parameter(name, one)]),
    ),
    step: stepOf(steps[0]),
  }
  checkPlaces(content)
  return content
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw bad("JSON not well-formed")
  }
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> => {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value }
  throw bad("an object is expected")
}

const parameter = (name: string, given: unknown): DocumentParameter => {
  const {
    type,
    description,
    default: usual,
    allowedValues,
    allowedPattern,
    maxChars,
    minChars,
    ...others
  } = objectOf(given)
  const [unknown] = Object.keys(others).filter((key) => !["displayType", "interpolationType"].includes(key))
  if (unknown !== undefined) throw bad(`unknown property ${unknown} of parameter ${name}`)
  if (others.interpolationType !== undefined) throw notServed("parameters handed over in the environment")
  if (!/^[a-zA-Z0-9]+$/.test(name)) throw bad(`parameter name ${name} may have only letters and digits`)
  if (!TYPES.includes(String(type))) throw bad(`parameter ${name} has the unknown type ${type}`)
  if (type !== "String" && type !== "StringList") throw notServed(`parameters of the type ${type}`)
  const found: DocumentParameter = {
    type,
    ...(typeof description === "string" && { description }),
    ...((typeof usual === "string" || isTexts(usual)) && { default: usual }),
    ...(isTexts(allowedValues) && { allowedValues }),
    ...(typeof allowedPattern === "string" && { allowedPattern }),
    ...(typeof maxChars === "number" && { maxChars }),
    ...(typeof minChars === "number" && { minChars }),
  }
  if (found.allowedPattern !== undefined) checkPattern(name, found.allowedPattern)
  const usually = found.default === undefined ? [] : [found.default].flat()
  for (const value of usually) {
    const wrong = wrongWith(found, value)
    if (wrong !== undefined) throw bad(`the default of parameter ${name} ${wrong}`)
  }
  return found
}

const TYPES: readonly string[] = ["String", "StringList", "Integer", "Boolean", "MapList", "StringMap"]

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string")

const checkPattern = (name: string, pattern: string): void => {
  try {
    new RegExp(pattern)
  } catch {
    throw bad(`allowedPattern of parameter ${name} is no regular expression`)
  }
}

/** What a value of a parameter breaks, in words that go on after the parameter's name. */
export const wrongWith = (one: DocumentParameter, value: string): string | undefined => {
  if (one.allowedValues && !one.allowedValues.includes(value)) return `is not one of [${one.allowedValues.join(", ")}]`
  if (one.allowedPattern !== undefined && !new RegExp(one.allowedPattern).test(value)) {
    return `does not match the regular expression ${one.allowedPattern}`
  }
  if (one.maxChars !== undefined && value.length > one.maxChars) return `is longer than ${one.maxChars}`
  return one.minChars !== undefined && value.length < one.minChars ? `is shorter than ${one.minChars}` : undefined
}

const stepOf = (given: unknown): RunStep => {
  if (given === undefined) throw bad("mainSteps is empty")
  const { action, name, inputs, precondition, ...others } = objectOf(given)
  const [unserved] = Object.keys(others)
  if (unserved !== undefined) throw notServed(`${unserved} of a document's step`)
  if (action !== "aws:runShellScript") {
    if (typeof action === "string" && action.startsWith("aws:")) throw notServed(`documents with the action ${action}`)
    throw bad(`action ${action} is not supported`)
  }
  if (typeof name !== "string" || !/^[a-zA-Z0-9_]+$/.test(name)) throw bad(`step name ${name} is not valid`)
  if (precondition !== undefined && JSON.stringify(precondition) !== ON_LINUX) throw notServed("other preconditions")
  const { runCommand, timeoutSeconds, ...more } = objectOf(inputs)
  const [unknown] = Object.keys(more)
  if (unknown !== undefined) throw notServed(`the input ${unknown} of aws:runShellScript`)
  if (!isTexts(runCommand)) throw bad("runCommand must be a list of lines")
  return { name, lines: runCommand, timeout: timeoutSeconds === undefined ? undefined : String(timeoutSeconds) }
}

const ON_LINUX = JSON.stringify({ StringEquals: ["platformType", "Linux"] })

/** A place in braces must name a parameter. */
const checkPlaces = ({ parameters, step }: Content): void => {
  for (const [, name = ""] of [...step.lines, step.timeout ?? ""].join("\n").matchAll(PLACE)) {
    if (!Object.hasOwn(parameters, name)) throw bad(`parameter ${name} is used but not defined`)
  }
}

/** `{{ Name }}`; the agent itself fills in those with a colon, such as `{{ssm:name}}`. */
export const PLACE: RegExp = /\{\{\s*([a-zA-Z0-9]+)\s*\}\}/g

const bad = (why: string): Refusal =>
  new Refusal("InvalidDocumentContent", `The content of the document is not valid: ${why}.`)
