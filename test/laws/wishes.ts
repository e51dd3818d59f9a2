import type { SingleWish } from "../../src/blueprints/single.ts"

/** What an account of the tests' own is called, in the sandbox and in what is asked of it. */
export const place = { account: "111122223333", partition: "aws", region: "us-east-1" } as const

/** Every option that makes a thing. */
export const everything: SingleWish = {
  place,
  vpcCidr: "10.20.0.0/16",
  egress: "nat",
  instanceType: "t3.xlarge",
  diskGb: 100,
  allowedCidrs: ["203.0.113.10/32", "198.51.100.0/24"],
  flowLogs: true,
  publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0bxGrjSIQqAMPUSdrxgLnwyO2cFRaoUpZa8sVKgBW9 someone@somewhere",
}

/** What a configuration gets that says nothing but who may come in. */
export const defaults: SingleWish = {
  ...everything,
  allowedCidrs: ["203.0.113.10/32"],
  flowLogs: false,
  publicKey: undefined,
}

/** As little as there can be. */
export const lean: SingleWish = { ...defaults, egress: "public-ip" }
