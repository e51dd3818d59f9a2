import { UserError } from "../errors.ts"
import type { CheckState, DoctorCheck } from "../report/results/doctor.ts"

/** One check; where it ends in an error, that is what it has to say. */
export async function checked(
  name: string,
  otherwise: CheckState,
  look: () => Promise<Omit<DoctorCheck, "name">>,
): Promise<DoctorCheck> {
  try {
    return { name, ...(await look()) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { name, state: otherwise, text: error.message, fix: error.hint }
  }
}
