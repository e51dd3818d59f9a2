import { Refusal } from "../../service.ts"

/** Refuses a name that no general purpose bucket may have. */
export const checkBucketName = (name: string, namespace: string, account: string, region: string): void => {
  const wellFormed =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes("..") &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(xn--|sthree-|amzn-s3-demo-)/.test(name) &&
    !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)
  // The account's own namespace is told by the suffix, and the suffix belongs to nothing else.
  const regional = name.endsWith(`-${account}-${region}-an`)
  const wellPlaced = namespace === "account-regional" ? regional : !/-\d{12}-[a-z0-9-]+-an$/.test(name)
  if (!wellFormed || !wellPlaced) throw new Refusal("InvalidBucketName", "The specified bucket is not valid.")
}
