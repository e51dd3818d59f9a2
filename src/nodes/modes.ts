import type { Variables } from "./setting.ts"

export const modes = ["development", "testing", "live"] as const
export type Mode = (typeof modes)[number]

export const inEachMode = <Value>(of: (mode: Mode) => Value): Readonly<Record<Mode, Value>> => ({
  development: of("development"),
  testing: of("testing"),
  live: of("live"),
})

/** The variables that say how a system trades. The gateway decides it all the same: applications heed these or not. */
export function modeVariables(mode: Mode): Variables {
  const paper = mode === "live" ? "false" : "true"
  const environment = mode === "live" ? "production" : mode
  return {
    TRADING_MODE: environment,
    ENVIRONMENT: environment,
    PAPER_TRADING: paper,
    IBKR_PAPER_TRADING: paper,
    ENABLE_PAPER_TRADING: paper,
    ENABLE_LIVE_TRADING: mode === "live" ? "true" : "false",
    LOG_LEVEL: { development: "debug", testing: "info", live: "warning" }[mode],
    API_RATE_LIMITS: mode === "development" ? "relaxed" : "production",
  }
}

/** Where the gateways listen on their networks of containers: at those of their own the loopback of each alone is let in. */
export interface GatewayPorts {
  readonly livePort: number
  readonly paperPort: number
}

export const usualPorts: GatewayPorts = { livePort: 4003, paperPort: 4004 }

export const gatewayPort = (mode: Mode, { livePort, paperPort }: GatewayPorts): number =>
  mode === "live" ? livePort : paperPort

/** There is one of each at the most, on a network of its own. */
export const gatewayHost = (mode: Mode): string => (mode === "live" ? "gateway-live" : "gateway-paper")
