import type { IncomingHttpHeaders } from "node:http"

/**
 * Why a request is turned away before anything of it is read. A web page can make a browser send requests to a port of
 * this machine, but not without an Origin, and not with this Host unless it was told to look the name up anew.
 */
export function turnedAway(headers: IncomingHttpHeaders, port: number): string | undefined {
  if (headers.origin !== undefined)
    return `this sandbox serves no browser: the request has the Origin ${headers.origin}`
  const own = [`127.0.0.1:${port}`, `localhost:${port}`]
  if (own.includes(headers.host ?? "")) return undefined
  return `this sandbox is not ${headers.host ?? "(no host)"}: send the request to http://${own[0]}`
}
