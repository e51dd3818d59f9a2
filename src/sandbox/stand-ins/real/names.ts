import type { RealEngine } from "./engine.ts"

/** What a machine calls its projects and networks, as they are called on an engine that others use too. */
export const ownName = ({ prefix }: RealEngine, name: string): string => `${prefix}-${name}`

/** Images that the machine made. Those that it only fetches have the names of their makers. */
export const ownImage = ({ prefix }: RealEngine, name: string): string =>
  name.startsWith(MADE) ? `${prefix}/${name.slice(MADE.length)}` : name

const MADE = "smart0dte/"

const PROJECT = "label=com.docker.compose.project="

export const ownFilter = (engine: RealEngine, filter: string): string =>
  filter.startsWith(PROJECT) ? `${PROJECT}${ownName(engine, filter.slice(PROJECT.length))}` : filter
