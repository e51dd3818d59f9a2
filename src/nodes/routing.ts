/** What of a system's own origin its backend answers; the frontend has the rest. */
export const backendPaths = ["/api/*", "/health", "/readyz"] as const

/** As the load balancer tells them apart: by the path alone, in which capitals count. */
export function isForBackend(target: string): boolean {
  const path = target.split(/[?#]/)[0] ?? ""
  return backendPaths.some((one) => (one.endsWith("*") ? path.startsWith(one.slice(0, -1)) : path === one))
}
