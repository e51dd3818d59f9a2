import { type TimestampFormat, timestampFormat, type View } from "./schema.ts"

/** What a text on the wire means to a member that is not a structure, list or map. */
export function fromText(view: View, text: string): unknown {
  if (view.isBooleanSchema()) return text === "true"
  if (view.isNumericSchema()) return Number(text)
  if (view.isBigIntegerSchema()) return BigInt(text)
  if (view.isTimestampSchema()) return toDate(text)
  if (view.isBlobSchema()) return new Uint8Array(Buffer.from(text, "base64"))
  if (view.isDocumentSchema()) return JSON.parse(text)
  return text
}

/** The text that stands for a value. `usual` is the protocol's own way to write a timestamp. */
export function toText(view: View, value: unknown, usual: TimestampFormat): string {
  if (view.isTimestampSchema()) return dateText(value, timestampFormat(view, usual))
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64")
  if (view.isBlobSchema()) return Buffer.from(String(value)).toString("base64")
  return String(value)
}

export function dateText(value: unknown, format: TimestampFormat): string {
  const date = new Date(Number(value))
  if (format === 5) return date.toISOString()
  return format === 6 ? date.toUTCString() : String(date.getTime() / 1000)
}

const toDate = (text: string): Date => (/^-?\d+(\.\d+)?$/.test(text) ? new Date(Number(text) * 1000) : new Date(text))
