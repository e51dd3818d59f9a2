import type { System } from "../nodes/systems.ts"
import type { Opened } from "./opening.ts"

/** The same configuration, with another ref of this system. */
export function withRef(opened: Opened, system: System, ref: string | undefined): Opened {
  if (ref === undefined || ref === "") return opened
  const { settings, options } = opened.config
  const systems = { ...settings.systems, [system]: { enabled: true, ...settings.systems[system], ref } }
  return { ...opened, config: { options, settings: { ...settings, systems } } }
}
