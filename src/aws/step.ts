import { type Kind, type StepOf, stepFor } from "../engine/types.ts"
import type { Cloud } from "./cloud.ts"

export const step = stepFor<Cloud>()

/** A need: any step whose thing has at least these fields. */
export type Need<Live extends object> = StepOf<Cloud, Live>

export type CloudKind<Live extends object> = Kind<Cloud, Live>
