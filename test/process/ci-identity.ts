import { appendFileSync } from "node:fs"
import { join } from "node:path"
import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts"
import { readEndpoint } from "../../src/sandbox/endpoint.ts"
import { admin } from "../../src/sandbox/remote.ts"
import { tokenOf } from "../sandbox/services/sts/tokens.ts"
import type { Job, Workflow } from "./ci-page.ts"

export interface PagesJob {
  readonly workflow: Workflow
  readonly job: Job
}

/** As GitHub writes it: a job that names an environment has that one in its token, and no branch. */
export function subjectOf({ job: { environment }, workflow: { on } }: PagesJob): string {
  if (environment !== undefined) return `repo:acme/trading:environment:${environment}`
  return on === "pull_request" ? "repo:acme/trading:pull_request" : "repo:acme/trading:ref:refs/heads/main"
}

/** The name of the role that a job asks for: `plan`, by the variable PLAN_ROLE. */
export function roleOf({ job: { steps } }: PagesJob): string {
  const role = steps.flatMap((step) => step.with?.["role-to-assume"] ?? []).join()
  const [, name = ""] = /^\$\{\{ vars\.([A-Z]+)_ROLE \}\}$/.exec(role) ?? []
  return name.toLowerCase()
}

/** What `aws-actions/configure-aws-credentials` does: a role for the job's token. The variables that lead to its keys. */
export async function lendToJob(sandboxDir: string, job: PagesJob): Promise<Readonly<Record<string, string>>> {
  const { account, region, url } = readEndpoint(sandboxDir) ?? { account: "", region: "", url: "" }
  const sts = new STSClient({ endpoint: url, region, credentials: { accessKeyId: "", secretAccessKey: "" } })
  const { Credentials: lent } = await sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: `arn:aws:iam::${account}:role/smart0dte/ci/smart0dte-ci-poc-${roleOf(job)}`,
      RoleSessionName: "GitHubActions",
      WebIdentityToken: tokenOf({ sub: subjectOf(job) }),
    }),
  )
  sts.destroy()
  const profile = `job-${lent?.AccessKeyId}`
  const keys = [
    `aws_access_key_id = ${lent?.AccessKeyId}`,
    `aws_secret_access_key = ${lent?.SecretAccessKey}`,
    `aws_session_token = ${lent?.SessionToken}`,
  ]
  appendFileSync(join(sandboxDir, "credentials"), [`[${profile}]`, ...keys, ""].join("\n"), { mode: 0o600 })
  return { SMART0DTE_SANDBOX_PROFILE: profile }
}

/** Who asked for what is judged, without the account. */
export async function judgedIn(sandboxDir: string): Promise<readonly string[]> {
  const connection = readEndpoint(sandboxDir)
  const needed = connection ? await admin(connection).needed() : []
  return [...new Set(needed.map(({ by }) => by.split(":").at(-1) ?? ""))].toSorted()
}
