import type { App } from "../app.ts"
import type { Settings } from "../config.ts"
import { Interrupted, Refused, Usage } from "../errors.ts"
import type { Report } from "../report/report.ts"
import { usd } from "../report/text/quantity.ts"
import { type Answers, type Known, type Question, questions } from "./init-questions.ts"

export interface Wizard {
  readonly app: App
  readonly report: Report
  readonly path: string
  /** What can be known with the credentials of these settings. */
  know(settings: Settings): Promise<Known>
  /** What these settings cost, in USD. */
  monthly(settings: Settings): Promise<number>
  /** What the settings are with these answers; throws where one of them is wrong. */
  settle(answers: Answers): Promise<Settings>
}

/** Asks one after the other, and back again; in the end all can be seen and changed before it counts. */
export async function runWizard(wizard: Wizard, given: Answers): Promise<Answers> {
  wizard.report.note("Enter takes what is shown; < goes back; Ctrl-C leaves, and nothing is written before the end")
  let answers = given
  const asked: { readonly question: Question; readonly before: Answers }[] = []
  for (let at = 0; at < questions.length; ) {
    const question = questions[at]
    if (question === undefined) break
    const settings = await wizard.settle(answers)
    if (question.when?.(settings, await wizard.know(settings)) === false) {
      at += 1
      continue
    }
    const answer = await put(wizard, question, answers, settings)
    const last = answer === back ? asked.pop() : undefined
    if (last !== undefined) {
      answers = last.before
      at = questions.indexOf(last.question)
    }
    if (answer === back) continue
    asked.push({ question, before: answers })
    answers = { ...answers, ...question.answers(answer, settings) }
    at += 1
  }
  return review(wizard, answers)
}

const back = "<"

/** Asks it with the price as it stands, and of each choice the price that it leads to. */
async function put(wizard: Wizard, question: Question, answers: Answers, settings: Settings): Promise<string> {
  const { ask } = wizard.app
  const { monthly, settle } = wizard
  const known = await wizard.know(settings)
  const preset = question.preset(settings, known)
  const now = await monthly(settings)
  const told = `${question.ask} (${usd(now)} a month)`
  const choices = question.choices?.(settings, known)
  const given =
    choices === undefined
      ? await ask.line(told, {
          preset,
          problem: async (text) =>
            text === back ? undefined : problemOf(() => settle({ ...answers, ...question.answers(text, settings) })),
        })
      : await ask.choose(
          told,
          [
            ...(await Promise.all(
              choices.map(async (choice) => {
                const { value, name, closed } = choice
                if (closed !== undefined) return choice
                const then = await monthly(await settle({ ...answers, ...question.answers(value, settings) }))
                return { value, name: then === now ? name : `${name}: ${usd(then)}` }
              }),
            )),
            { value: back, name: "< back" },
          ],
          preset,
        )
  if (given === undefined) throw left()
  return given
}

async function problemOf(settling: () => Promise<Settings>): Promise<string | undefined> {
  try {
    await settling()
    return undefined
  } catch (error) {
    if (error instanceof Usage) return `${error.message}: ${error.hint ?? ""}`
    throw error
  }
}

/** The whole of it once more, each of it to be changed, until somebody says that it is to be written. */
async function review(wizard: Wizard, given: Answers): Promise<Answers> {
  const { app, monthly, path, settle } = wizard
  let answers = given
  for (;;) {
    const settings = await settle(answers)
    const known = await wizard.know(settings)
    const open = questions.filter((question) => question.when?.(settings, known) !== false)
    const chosen = await app.ask.choose(`${usd(await monthly(settings))} a month. Is it right?`, [
      { value: "write", name: `yes, write ${path}` },
      ...open.map((question) => ({
        value: question.name,
        name: `change ${question.name}: ${shown(question, settings, known)}`,
      })),
      { value: "leave", name: "leave, and write nothing" },
    ])
    if (chosen === undefined) throw left()
    if (chosen === "write") return answers
    if (chosen === "leave")
      throw new Refused("declined: nothing was written", { hint: "run it again to be asked again" })
    const question = open.find(({ name }) => name === chosen)
    if (question === undefined) continue
    const answer = await put(wizard, question, answers, settings)
    if (answer !== back) answers = { ...answers, ...question.answers(answer, settings) }
  }
}

function shown({ name, preset }: Question, settings: Settings, known: Known): string {
  if (name === "account" && settings.account === undefined) return "any"
  if (name === "profile" && settings.profile === undefined) return "as the AWS SDK finds them"
  return preset(settings, known)
}

const left = () => new Interrupted("the input ended at a question", { hint: "nothing was written; run it again" })
