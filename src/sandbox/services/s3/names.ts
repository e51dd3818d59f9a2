import { Refusal } from "../../service.ts"

interface Wish {
  readonly name: string
  readonly namespace: string
  readonly account: string
  readonly region: string
}

/** Refuses a name that no general purpose bucket may have. */
export const checkBucketName = ({ account, name, namespace, region }: Wish): void => {
  const wellFormed =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes("..") &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(xn--|sthree-|amzn-s3-demo-)/.test(name) &&
    !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)
  if (!wellFormed) throw badName()
  // The account's own namespace is told by the suffix, and the suffix belongs to nothing else.
  const suffix = `-${account}-${region}-an`
  if (namespace === "account-regional" && !name.endsWith(suffix)) {
    const message =
      "The requested bucket name did not include the account-regional namespace suffix, but the provided " +
      `x-amz-bucket-namespace header value is account-regional. Specify ${suffix} as the bucket name suffix to create ` +
      "a bucket in your account-regional namespace, or remove the header."
    throw new Refusal("InvalidNamespaceHeader", message)
  }
  if (namespace === "global" && /-\d{12}-[a-z0-9-]+-an$/.test(name)) throw badName()
}

const badName = (): Refusal => new Refusal("InvalidBucketName", "The specified bucket is not valid.")
