import { Refusal } from "../../service.ts"

const limit = 16_384

/** User data as EC2 keeps it: base64 of at most 16 KB. */
export const checkUserData = (base64: string): string => {
  const bytes = Buffer.from(base64, "base64")
  const clean = base64.replace(/\s/g, "")
  if (bytes.toString("base64").replace(/=+$/, "") !== clean.replace(/=+$/, "")) {
    throw new Refusal("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data.")
  }
  if (bytes.length > limit) throw new Refusal("InvalidParameterValue", `User data is limited to ${limit} bytes`)
  return clean
}
