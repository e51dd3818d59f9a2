import { notThere, type StandIn } from "./context.ts"

/** The machine's clock is this computer's, and right unless it was told to be wrong. */
export const chronyc: StandIn = (on) => {
  const [asks, what, ...more] = on.args
  if (asks !== "-c" || what !== "tracking" || more.length > 0) throw notThere(`chronyc ${on.args.join(" ")}`)
  const wrong = on.mishap?.("clock", `clock:${on.facts.id}`)
  const offset = wrong ? (wrong.seconds ?? FAR) : 0.000012
  // Amazon's own time server, at the fourth stratum.
  const server = ["A9FEA97B", "169.254.169.123", "4", (Date.now() / 1000).toFixed(9)]
  const rest = ["0.000004361", "0.000020034", "-8.341", "0.000", "0.012", "0.000369", "0.000263", "16.2", "Normal"]
  on.out(`${[...server, offset.toFixed(9), ...rest].join(",")}\n`)
  return 0
}

/** In seconds. */
const FAR = 5
