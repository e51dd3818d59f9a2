import type { SingleWish } from "../../src/blueprints/single.ts"

/** What an account of the tests' own is called, in the sandbox and in what is asked of it. */
export const place = { account: "111122223333", partition: "aws", region: "us-east-1" } as const

/** Every option that makes a thing. */
export const everything: SingleWish = {
  place,
  vpcCidr: "10.20.0.0/16",
  egress: "nat",
  loadBalancer: true,
  domain: "trading.example.com",
  instanceType: "t3.xlarge",
  diskGb: 100,
  systems: {},
  databaseMajor: 15,
  databaseClass: "db.t3.small",
  databaseGb: 50,
  cacheEngine: "valkey",
  cacheType: "cache.t3.micro",
  allowedCidrs: ["203.0.113.10/32", "198.51.100.0/24"],
  flowLogs: true,
  email: ["ops@example.com"],
  sms: ["+12025550123"],
  webhook: ["https://hooks.example.com/alarms/0123456789"],
  logDays: 90,
  publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0bxGrjSIQqAMPUSdrxgLnwyO2cFRaoUpZa8sVKgBW9 someone@somewhere",
}

/** What a configuration gets that says nothing but who may come in. */
export const defaults: SingleWish = {
  ...everything,
  allowedCidrs: ["203.0.113.10/32"],
  flowLogs: false,
  email: [],
  sms: [],
  webhook: [],
  logDays: 30,
  domain: undefined,
  publicKey: undefined,
}

/** As little as there can be. */
export const lean: SingleWish = { ...defaults, egress: "public-ip" }
