import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { basename, dirname, resolve } from "node:path"
import { parseXml } from "../../wire/xml-parse.ts"
import { type Context, Fault, notThere } from "../context.ts"
import { ask, refused } from "./request.ts"

/** `aws s3 cp`: one file up or down. */
export async function copy(on: Context, words: readonly string[]): Promise<number> {
  const [from = "", to = "", ...more] = words
  if (more.length > 0 || to === "") throw notThere("this use of aws s3 cp")
  if (to.startsWith("s3://")) {
    const file = resolve(on.cwd, from)
    if (from !== "-" && !existsSync(file)) throw new Fault(`\nThe user-provided path ${from} does not exist.`, 255)
    await put(on, whole(to, from), from === "-" ? Buffer.from(on.input()) : readFileSync(file))
    return 0
  }
  const content = await get(on, from)
  if (to === "-") on.out(content.toString())
  else {
    const file = to.endsWith("/") ? resolve(on.cwd, to, basename(from)) : resolve(on.cwd, to)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  return 0
}

/** `aws s3 cp --recursive`: what is below a prefix, into a folder. */
export async function copyFolder(on: Context, words: readonly string[]): Promise<number> {
  const [from = "", to = "", ...more] = words
  if (more.length > 0 || !from.startsWith("s3://") || to === "" || to.startsWith("s3://")) {
    throw notThere("this use of aws s3 cp --recursive")
  }
  const [, bucket = "", prefix = ""] = /^s3:\/\/([^/]+)\/(.*)$/.exec(from.endsWith("/") ? from : `${from}/`) ?? []
  for (const key of await keysBelow(on, bucket, prefix)) {
    const file = resolve(on.cwd, to, key.slice(prefix.length))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, await get(on, `s3://${bucket}/${key}`))
  }
  return 0
}

/** A thousand of them: a node's folder has a few dozen. */
async function keysBelow(on: Context, bucket: string, prefix: string): Promise<readonly string[]> {
  const search = `?list-type=2&prefix=${encodeURIComponent(prefix)}`
  const { body, status } = await ask(on, { service: "s3", method: "GET", path: `/${bucket}`, search })
  if (status !== 200) throw refused(codeIn(body, status), "ListObjectsV2", "")
  const found = parseXml(body.toString())
  if (found.children.some(({ name, text }) => name === "IsTruncated" && text === "true")) throw notThere("longer lists")
  const contents = found.children.filter(({ name }) => name === "Contents")
  return contents.map(({ children }) => children.find(({ name }) => name === "Key")?.text ?? "")
}

export async function head(on: Context, bucket = "", key = ""): Promise<object> {
  const { status } = await ask(on, { service: "s3", method: "HEAD", path: pathOf(`s3://${bucket}/${key}`) })
  if (status !== 200) throw refused(String(status), "HeadObject", status === 404 ? "Not Found" : "")
  return {}
}

async function get(on: Context, address: string): Promise<Buffer> {
  const { body, status } = await ask(on, { service: "s3", method: "GET", path: pathOf(address) })
  if (status === 200) return body
  // The command looks before it reads, and tells of that look.
  const code = status === 404 ? "404" : codeIn(body, status)
  throw failedAs("download", address, refusedText(code, "HeadObject", status === 404 ? "Not Found" : ""))
}

async function put(on: Context, address: string, content: Buffer): Promise<void> {
  const { body, status } = await ask(on, { service: "s3", method: "PUT", path: pathOf(address), body: content })
  if (status !== 200) throw failedAs("upload", address, refusedText(codeIn(body, status), "PutObject", ""))
}

const refusedText = (code: string, operation: string, message: string): string =>
  `An error occurred (${code}) when calling the ${operation} operation: ${message}`

const failedAs = (what: string, address: string, why: string): Fault => new Fault(`${what} failed: ${address} ${why}`)

const codeIn = (body: Buffer, status: number): string =>
  /<Code>(\w+)<\/Code>/.exec(body.toString())?.[1] ?? String(status)

const whole = (address: string, from: string): string =>
  address.endsWith("/") ? `${address}${basename(from)}` : address

function pathOf(address: string): string {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(address) ?? []
  if (bucket === undefined || key === undefined) throw new Fault(`\nInvalid S3 address: ${address}`, 252)
  return `/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`
}
