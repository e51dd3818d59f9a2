import { randomBytes, randomInt } from "node:crypto"
import type { Keys } from "./sigv4.ts"

/** Keys that look like AWS's to every client, and like a sandbox's to every reader. */
export const newKeys = (): Keys => ({
  accessKeyId: `AKIASANDBOX${randomBytes(8).toString("hex").toUpperCase().slice(0, 9)}`,
  secretAccessKey: `sandbox${randomBytes(24).toString("base64url")}0`,
})

export const newToken = (): string => randomBytes(24).toString("base64url")

export const newAccount = (): string => String(randomInt(100_000_000_000, 999_999_999_999))
