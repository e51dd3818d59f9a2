import { Command } from "@commander-js/extra-typings"
import type { Account } from "../app/account.ts"
import type { App } from "../app.ts"
import { type ExitCode, exitCodes, Usage } from "../errors.ts"
import type { Ending } from "./ends.ts"
import { findMeant } from "./environment.ts"
import { examples, flagsOf, type GlobalFlags } from "./flags.ts"
import { policiesFor } from "./iam-attach.ts"
import { lockOption, withIamLock } from "./iam-lock.ts"
import { open, withAccount } from "./opening.ts"

export interface CiRoleFlags extends GlobalFlags {
  readonly repo: string
  readonly branch: string
  readonly githubEnvironment: string
  readonly lockTimeout?: string
}

export function ciRoleCommand(app: Ending, run = ciRole) {
  return new Command("ci-role")
    .description("Roles that GitHub Actions of one repository take on without any key: plan, deploy, and live.")
    .requiredOption("--repo <owner/name>", "whose; OWNER@ID/NAME@ID where its tokens name both by number")
    .option("--branch <name>", "the branch that deploys", "main")
    .option("--github-environment <name>", "the environment of GitHub, with its reviewers, that goes live", "live")
    .addOption(lockOption())
    .addHelpText(
      "after",
      examples(
        "smart0dte iam ci-role --repo acme/trading --env poc",
        "smart0dte iam ci-role --repo acme@1234/trading@5678 --env prod --github-environment production",
      ),
    )
    .action(async (own, command) => app.exit(await run(app, flagsOf(own, command))))
}

export async function ciRole(app: App, flags: CiRoleFlags): Promise<ExitCode> {
  const subjects = subjectsOf(flags)
  const opened = await open(app, "iam ci-role", flags)
  return withAccount(app, opened, flags, async (account) => {
    const environment = await findMeant(account, opened.config)
    const title = `iam ci-role for ${flags.repo}`
    const { arns, provider } = await withIamLock(app, opened, account, title, () =>
      made(account, environment, subjects),
    )
    opened.report.show({
      type: "facts",
      about: `${flags.repo} may plan, deploy and go live in ${environment}`,
      facts: {
        provider,
        ...arns,
        ...Object.fromEntries(Object.entries(subjects).map(([n, s]) => [`${n}For`, s.join(", ")])),
      },
      next: [
        `before anything else, in GitHub: protect the branch ${flags.branch}; make the environment ${flags.githubEnvironment} with reviewers, "Prevent self-review" and that branch alone; GitHub makes one that is not there without any protection`,
        "if GitHub's tokens name the repository by number (those made since July 2026 do), give --repo OWNER@ID/NAME@ID",
      ],
    })
    return exitCodes.done
  })
}

async function made(account: Account, environment: string, subjects: Subjects) {
  const { ciPowers, makeCiRole, makeProvider } = await import("../aws/iam/ci-roles.ts")
  const provider = await makeProvider(account.cloud)
  const arns: Record<string, string> = {}
  for (const name of ciPowers) {
    const policies = await policiesFor(account, environment, `ci-${name}`)
    const role = { environment, name, provider, policies, subjects: subjects[name] }
    arns[name] = await makeCiRole(account.cloud, role)
  }
  return { arns, provider }
}

type Subjects = ReturnType<typeof subjectsOf>

/** As GitHub writes them. A job that names an environment has that one in its token, and no branch. */
function subjectsOf({ branch, githubEnvironment, repo }: CiRoleFlags) {
  // No asterisk can be in any of them: who trusts a pattern trusts strangers.
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,38}(@\d+)?\/[A-Za-z0-9._-]{1,100}(@\d+)?$/.test(repo) || oneIdOnly(repo))
    throw new Usage(`--repo is ${JSON.stringify(repo.slice(0, 120))}`, {
      hint: "give OWNER/NAME, such as acme/trading, or OWNER@ID/NAME@ID",
    })
  if (!/^[A-Za-z0-9][A-Za-z0-9._/-]{0,200}$/.test(branch))
    throw new Usage(`--branch is ${JSON.stringify(branch.slice(0, 120))}`, {
      hint: "give one branch by its name, such as main",
    })
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/.test(githubEnvironment))
    throw new Usage(`--github-environment is ${JSON.stringify(githubEnvironment.slice(0, 120))}`, {
      hint: "letters, digits and . _ -, such as live",
    })
  const onBranch = `repo:${repo}:ref:refs/heads/${branch}`
  return {
    plan: [`repo:${repo}:pull_request`, onBranch],
    deploy: [onBranch],
    live: [`repo:${repo}:environment:${githubEnvironment}`],
  }
}

const oneIdOnly = (repo: string): boolean => repo.split("@").length === 2
