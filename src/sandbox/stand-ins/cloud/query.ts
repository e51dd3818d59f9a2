import { type Element, parseXml } from "../../wire/xml-parse.ts"
import type { Context } from "../context.ts"
import { ask } from "./request.ts"

/** An operation of a service that takes its input as a form and answers in XML. */
export async function askQuery(
  on: Context,
  service: string,
  question: string,
): Promise<{ readonly answer?: Element; readonly refusal?: string }> {
  const headers = { "content-type": "application/x-www-form-urlencoded" }
  const { body, status } = await ask(on, { service, method: "POST", path: "/", headers, body: `Action=${question}` })
  return status === 200 ? { answer: parseXml(body.toString()) } : { refusal: body.toString() }
}

/** All elements of a name, however deep; one within another is part of that. */
export const below = (element: Element, name: string): readonly Element[] =>
  element.children.flatMap((child) => (child.name === name ? [child] : below(child, name)))

export const textAt = (element: Element, ...path: readonly string[]): string =>
  path.reduce<Element | undefined>((found, name) => found?.children.find((child) => child.name === name), element)
    ?.text ?? ""
