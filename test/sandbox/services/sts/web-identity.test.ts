import { CreateOpenIDConnectProviderCommand, CreateRoleCommand } from "@aws-sdk/client-iam"
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { account, keysOf, refusalOf, type StsGround, stsGround, trustOf } from "./ground.ts"
import { issuer, tokenOf } from "./tokens.ts"

const sub = "repo:acme/trading:ref:refs/heads/main"
const RoleArn = `arn:aws:iam::${account}:role/deploy`
const provider = `arn:aws:iam::${account}:oidc-provider/${issuer}`
const Condition = { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: sub } }
const web = { Action: "sts:AssumeRoleWithWebIdentity", Principal: { Federated: provider } }

let at: StsGround
let job: STSClient
beforeAll(async () => {
  at = await stsGround()
  const { region, url } = at.sandbox.connection
  // Whoever has a token needs no keys: with none at all, a request that is signed would not leave.
  const credentials = () => Promise.reject(new Error("no keys"))
  job = new STSClient({ endpoint: url, region, credentials, maxAttempts: 1 })
  const ClientIDList = ["sts.amazonaws.com", "another"]
  await at.own.iam.send(new CreateOpenIDConnectProviderCommand({ Url: `https://${issuer}`, ClientIDList }))
  const make = (RoleName: string, AssumeRolePolicyDocument: string) =>
    at.own.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, MaxSessionDuration: 7200 }))
  await make("deploy", trustOf({ ...web, Condition }))
  await make("local", trustOf({ Principal: { AWS: account } }))
  await make("other", trustOf({ ...web, Principal: { Federated: `${provider}x` }, Condition }))
})
afterAll(async () => {
  job.destroy()
  await at.close()
})

const assume = (WebIdentityToken: string, more: object = {}) =>
  job.send(new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: "job", WebIdentityToken, ...more }))

describe("a token of somebody else's", () => {
  it("opens a role to whoever has it, without a key", async () => {
    const { $metadata: _, Credentials, ...said } = await assume(tokenOf({ sub }), { DurationSeconds: 7200 })
    const Arn = `arn:aws:sts::${account}:assumed-role/deploy/job`
    expect(said).toEqual({
      AssumedRoleUser: { Arn, AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:job$/) },
      Audience: "sts.amazonaws.com",
      Provider: provider,
      SubjectFromWebIdentityToken: sub,
    })
    const identity = await at.as(keysOf(Credentials)).sts.send(new GetCallerIdentityCommand({}))
    expect(identity).toMatchObject({ Arn, UserId: said.AssumedRoleUser?.AssumedRoleId })
  })

  it.each([
    ["another repository", { sub: sub.replace("acme", "emca") }],
    ["another branch", { sub: sub.replace("main", "other") }],
    ["an environment", { sub: "repo:acme/trading:environment:live" }],
    ["an audience of the provider's that the role does not want", { sub, aud: "another" }],
  ])("of %s does not", async (_, claims) => {
    expect(await refusalOf(assume(tokenOf(claims)))).toBe(
      "AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity (403)",
    )
  })

  it.each(["local", "other", "none"])("does not open the role %s", async (name) => {
    const more = { RoleArn: `arn:aws:iam::${account}:role/${name}` }
    expect(await refusalOf(assume(tokenOf({ sub }), more))).toBe(
      "AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity (403)",
    )
  })

  const long = { sub, exp: 1_700_000_000, iat: 1_699_999_000 }
  it.each([
    [
      "whose issuer the account does not know",
      () => tokenOf({ sub, iss: "https://example.com" }),
      "InvalidIdentityToken",
      "No OpenIDConnect provider found in your account for https://example.com",
    ],
    [
      "for nobody of this account",
      () => tokenOf({ sub, aud: "sigstore" }),
      "InvalidIdentityToken",
      "Incorrect token audience",
    ],
    [
      "that has expired",
      () => tokenOf(long),
      "ExpiredTokenException",
      "must be before the expiration date/time 1700000000",
    ],
    ["without a subject", () => tokenOf({}), "InvalidIdentityToken", "Missing a required claim: sub"],
    ["without an end", () => tokenOf({ sub, exp: undefined }), "InvalidIdentityToken", "Missing a required claim: exp"],
    ["that says it is not signed", () => tokenOf({ sub }, { alg: "none" }), "InvalidIdentityToken", "not a valid JWT"],
    ["without a signature", () => tokenOf({ sub }).replace(/[^.]*$/, ""), "InvalidIdentityToken", "not a valid JWT"],
    ["that is none", () => "no token", "InvalidIdentityToken", "not a valid JWT"],
  ])("%s is refused", async (_, token, code, says) => {
    const refusal = await refusalOf(assume(token()))
    expect(refusal.replace("TokenException:", "Token:")).toMatch(
      new RegExp(`^${code.replace("TokenException", "Token")}: .*\\(400\\)$`),
    )
    expect(refusal).toContain(says)
  })

  it("is refused for longer than the role says", async () => {
    expect(await refusalOf(assume(tokenOf({ sub }), { DurationSeconds: 7201 }))).toContain("MaxSessionDuration")
  })

  it("is nowhere in the trace, and nothing else is asked for without a signature", async () => {
    const token = tokenOf({ sub })
    await assume(token)
    const trace = JSON.stringify(at.sandbox.world.trace.list())
    expect(trace).toContain("AssumeRoleWithWebIdentity")
    expect(trace).not.toContain(token.slice(0, 60))
    const { url } = at.sandbox.connection
    const body = new URLSearchParams({ Action: "GetCallerIdentity", Version: "2011-06-15" })
    const answer = await fetch(url, { method: "POST", body })
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("MissingAuthenticationToken")])
  })
})
