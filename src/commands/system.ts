import { Argument, Option } from "@commander-js/extra-typings"
import { Usage } from "../errors.ts"
import { brokers, type System, systems } from "../nodes/systems.ts"

/** Which of the two; left out, it is both. */
export interface SystemFlags {
  readonly system?: System | "both"
}

export const systemOption = new Option("--system <system>", "only this system (both)").choices([...systems, "both"])

/** Whose secrets: a system's, or the login at the broker that a gateway uses. */
export type SecretOwner = System | (typeof brokers)[number]

const owners: readonly SecretOwner[] = [...systems, ...brokers]

export const ownerOption = new Option(
  "--system <owner>",
  "only those of this system, broker-paper or broker-live (both)",
).choices([...owners, "both"])

export const ownerArgument = new Argument(
  "<system>",
  "the system; or broker-paper or broker-live, for the gateways' logins",
).choices(owners)

export const isBroker = (owner: string): owner is (typeof brokers)[number] => brokers.some((one) => one === owner)

export const systemArgument = new Argument("<system>", "the system").choices(systems)

export const bothArgument = new Argument("[system]", "only this system (both)").choices([...systems, "both"])

/** As the Compose file calls it. */
const readService = (text: string): string => {
  if (/^[a-z0-9][a-z0-9_.-]{0,62}$/.test(text)) return text
  throw new Usage(`${JSON.stringify(text)} is no name of a service`, {
    hint: "as it is in the project's Compose file, such as backend; smart0dte ps shows them",
  })
}

export const serviceArgument = new Argument("[service]", "only this service of it").argParser(readService)
export const neededService = new Argument("<service>", "one of its services").argParser(readService)

/** Those that are meant. */
export const systemsOf = ({ system = "both" }: SystemFlags): readonly System[] =>
  system === "both" ? systems : [system]
