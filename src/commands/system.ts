import { Argument, Option } from "@commander-js/extra-typings"
import { type System, systems } from "../nodes/systems.ts"

/** Which of the two; left out, it is both. */
export interface SystemFlags {
  readonly system?: System | "both"
}

export const systemOption = new Option("--system <system>", "only this system (both)").choices([...systems, "both"])

export const systemArgument = new Argument("<system>", "the system").choices(systems)

/** Those that are meant. */
export const systemsOf = ({ system = "both" }: SystemFlags): readonly System[] =>
  system === "both" ? systems : [system]
