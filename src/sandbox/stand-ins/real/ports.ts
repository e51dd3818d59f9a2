import type { Context } from "../context.ts"
import type { Answer, Question, Silence } from "../web/answers.ts"
import { askEngine, LABEL, PORT_LABEL, type RealEngine } from "./engine.ts"

/** What a real container answers at a port of the machine. */
export async function askContainer(
  on: Context,
  engine: RealEngine,
  port: number,
  question: Question,
): Promise<Answer | Silence> {
  const { url } = question
  const silent = (why: string): Silence => ({ code: 7, why: `Failed to connect to ${url.host}: ${why}` })
  const published = await publishedAt(on, engine, port)
  if (published === undefined) return silent("Connection refused")
  const { method, body } = question
  const { connection: _, host: __, "content-length": ___, ...headers } = question.headers
  try {
    const answer = await fetch(`http://127.0.0.1:${published}${url.pathname}${url.search}`, {
      method,
      headers,
      redirect: "manual",
      signal: AbortSignal.any([on.signal, AbortSignal.timeout(PATIENCE)]),
      ...(body !== "" && { body }),
    })
    return { status: answer.status, body: await answer.text() }
  } catch (error) {
    return silent(error instanceof Error ? error.message : String(error))
  }
}

const PATIENCE = 5000

/** The port of this machine at which the engine publishes it now. */
async function publishedAt({ signal }: Context, engine: RealEngine, port: number): Promise<string | undefined> {
  const labels = [`label=${LABEL}=${engine.prefix}`, `label=${PORT_LABEL}${port}`]
  const filters = labels.flatMap((label) => ["--filter", label])
  const { out } = await askEngine(engine, ["ps", "--format", "{{.Ports}}", ...filters], { signal })
  return /127\.0\.0\.1:(\d+)->/.exec(out)?.[1]
}
