import type { Service } from "../../service.ts"
import { channelHandlers } from "./channels.ts"
import { recorderHandlers } from "./recorders.ts"
import * as schemas from "./schemas.ts"
import { tagHandlers } from "./tags.ts"

/** AWS Config: what is there, written down whenever it changes. */
export const configservice: Service = {
  signingName: "config",
  schemas,
  handlers: { ...channelHandlers, ...recorderHandlers, ...tagHandlers },
  reads: /^(Describe|List)/,
  limits: [[/^/, 10, 5]],
}
