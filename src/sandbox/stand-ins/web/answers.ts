import { type Context, notThere } from "../context.ts"
import { holderOf, isUp } from "../docker/life.ts"
import { readEngine } from "../docker/records.ts"
import { answerInflux, influxImage } from "./influx.ts"
import { answerMetadata, METADATA } from "./metadata.ts"
import { anonymous, answerS3, isS3, type Signing } from "./s3.ts"

export interface Question {
  readonly method: string
  readonly url: URL
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Where the request is signed for AWS. */
  readonly signing?: Signing
}

export interface Answer {
  readonly status: number
  readonly body: string
}

/** Why nothing answers, with curl's exit code for it. */
export interface Silence {
  readonly code: 6 | 7 | 28
  readonly why: string
}

/** What a machine hears where it asks. Nothing of it leaves the machine. */
export async function answerTo(on: Context, question: Question): Promise<Answer | Silence> {
  const { url } = question
  if (url.host === METADATA) return answerMetadata(on, question)
  if (/^[\d.]+$/.test(url.hostname) || url.hostname === "localhost") return answerPort(on, question)
  if (isS3(on, url)) return question.signing ? answerS3(on, question, question.signing) : anonymous()
  if (question.signing) throw notThere(`curl --aws-sigv4 for ${url.hostname}`)
  if (on.facts.reach !== "internet") return { code: 6, why: `Could not resolve host: ${url.hostname}` }
  if (url.protocol !== "https:") return { code: 28, why: "the sandbox answers for no server but its own" }
  return { status: 200, body: `stand-in of ${url.href}\n` }
}

/** A published port of a container that runs. */
async function answerPort(on: Context, question: Question): Promise<Answer | Silence> {
  const { url } = question
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80))
  const address = url.hostname === "localhost" ? "127.0.0.1" : url.hostname
  const { engine } = on.facts
  const one = holderOf(on, readEngine(on).containers, { address, port })
  if (!one && engine) return (await import("../real/ports.ts")).askContainer(on, engine, port, question)
  // A program that ends with an error has not come as far as to listen, not even in the moment in which it runs.
  if (!one || !isUp(on, one) || one.behaviour.fate.startsWith("exits")) {
    return { code: 7, why: `Failed to connect to ${url.hostname} port ${port} after 0 ms: Could not connect to server` }
  }
  if (influxImage(one)) return answerInflux(on, one, question)
  const { fate, pages = { [url.pathname]: "" } } = one.behaviour
  const body = fate === "healthy" ? pages[url.pathname === "/" ? "/index.html" : url.pathname] : undefined
  return body === undefined ? { status: 404, body: "404 Not Found\n" } : { status: 200, body }
}
