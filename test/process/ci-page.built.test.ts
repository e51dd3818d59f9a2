import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Runner, runner, workflows } from "./ci-page.ts"

let at: Runner
beforeAll(() => {
  at = runner()
})
afterAll(() => at.close())

const token = "0123456789abcdef0123456789abcdef"

describe("the page's jobs", () => {
  it("are five, with no more rights than they use, and none of a pull request's words in a script", () => {
    expect(workflows.map(({ name }) => name)).toEqual(["plan", "deploy", "drift", "destroy", "live"])
    for (const { name, permissions, defaults, jobs } of workflows) {
      expect(permissions, name).toMatchObject({ contents: "read", "id-token": "write" })
      expect(defaults.run.shell, name).toBe("bash")
      const scripts = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))
      expect(scripts.filter((script) => script.includes("${{"))).toEqual([])
    }
  })
})

// One after the other, as in the life of an environment.
describe("in the life of an environment", { timeout: 240_000 }, () => {
  beforeAll(() => at.enforce())

  it("a pull request is told what would be made", async () => {
    const { code, outputs, summary, told } = await at.job("plan", "plan", { "github.event.pull_request.number": "7" })
    expect(code).toBe(0)
    expect(outputs).toEqual({ changes: "true" })
    expect(summary).toContain("| ")
    expect(told).toEqual([
      "npm install --global ./ci/smart0dte.tgz",
      "gh pr comment 7 --body-file plan.md --edit-last --create-if-none",
    ])
    expect(readFileSync(join(at.dir, "plan.md"), "utf8")).toBe(summary)
  })

  it("a deploy that would cost too much stops before anything is made", async () => {
    const { code, outputs, said } = await at.job("deploy", "deploy", { "vars.MAX_MONTHLY_INCREASE": "10" })
    expect(code).toBe(3)
    expect(outputs).toEqual({})
    expect(said).toContain("--max-monthly-increase")
    expect(await at.smart0dte("status")).toBe(1)
  })

  it("a merge deploys the plan that it saved, and one without a change does nothing", async () => {
    const first = await at.job("deploy", "deploy")
    expect(first.code, first.said).toBe(0)
    expect(first.outputs).toEqual({ changes: "true", code: "0" })
    expect(first.summary).toContain("poc")
    expect(readFileSync(join(at.dir, "deploy.jsonl"), "utf8")).toContain('"outcome":"done"')
    const second = await at.job("deploy", "deploy")
    expect(second.code, second.said).toBe(0)
    expect(second.outputs).toEqual({ changes: "false" })
  })

  it("a night without drift is quiet", async () => {
    const { code, outputs, told } = await at.job("drift", "drift")
    expect(code).toBe(0)
    expect(outputs).toEqual({ found: "false" })
    expect(told).toEqual(["npm install --global ./ci/smart0dte.tgz"])
  })

  it("what is not ready to go live gets no token, and the second job none either", async () => {
    const { code, outputs, summary } = await at.job("live", "check", { "inputs.system": "smart-0dte" })
    expect(code).toBe(3)
    expect(outputs).toEqual({})
    expect(summary).toBe("")
    const live = await at.job("live", "live", { "inputs.system": "smart-0dte", "needs.check.outputs.token": token })
    expect(live.code).toBe(3)
    const none = await at.job("live", "live", { "inputs.system": "smart-0dte" })
    expect(none.code).not.toBe(0)
  })

  it("the week's end takes it down, and a second time there is nothing to do", async () => {
    const first = await at.job("destroy", "destroy")
    expect(first.code, first.said).toBe(0)
    expect(first.outputs).toEqual({ code: "0" })
    expect((await at.job("destroy", "destroy")).code).toBe(0)
    expect(await at.smart0dte("status")).toBe(1)
  })

  it("each job had the role that it asks for, by whose policies it was judged", async () => {
    const roles = ["deploy", "live", "plan"]
    expect(await at.judged()).toEqual(roles.map((name) => `assumed-role/smart0dte-ci-poc-${name}/GitHubActions`))
  })
})

describe("whatever smart0dte ends with", () => {
  it.each([1, 2, 3, 5, 6])("%i fails each job, and nothing comes after it", async (code) => {
    at.pretend(`exit ${code}`)
    for (const [workflow, job] of [
      ["plan", "plan"],
      ["deploy", "deploy"],
      ["drift", "drift"],
      ["destroy", "destroy"],
      ["live", "check"],
      ["live", "live"],
    ] as const) {
      const ended = await at.job(workflow, job)
      expect([workflow, ended.code]).toEqual([workflow, code])
      expect(ended.told).toEqual(["npm install --global ./ci/smart0dte.tgz"])
      expect(ended.outputs.changes ?? ended.outputs.found ?? ended.outputs.token).toBeUndefined()
    }
  })

  it("4 is drift, and becomes an issue", async () => {
    at.pretend('echo "# drifted"; exit 4')
    const { code, outputs, told } = await at.job("drift", "drift")
    expect([code, outputs.found]).toEqual([0, "true"])
    expect(told.at(-1)).toBe("gh issue create --title poc has drifted --body-file drift.md")
  })

  it("7 of a deploy is continued by the same command, and fails where something is still left", async () => {
    const deploys = (end: string) =>
      `printf '%s\\n' "$1" >> "$TOLD"; case "$1" in plan) exit 4 ;; deploy) ${end} ;; esac`
    at.pretend(deploys('[ "$(grep -c deploy "$TOLD")" = 2 ] || exit 7'))
    const continued = await at.job("deploy", "deploy")
    expect([continued.code, continued.outputs.code]).toEqual([0, "0"])
    expect(continued.told.filter((line) => line === "deploy")).toHaveLength(2)
    at.pretend(deploys("exit 7"))
    const { code, told, said } = await at.job("deploy", "deploy")
    expect(code).toBe(7)
    expect(told.filter((line) => line === "deploy")).toHaveLength(3)
    expect(told).not.toContain("status")
    expect(said).toContain("::error::partly done after 3 attempts")
  })

  it("a token is handed on from the checks to the switch, and nothing that is none", async () => {
    const line = (id: string) => `echo '{"type":"live-checks","passed":true,"token":{"id":"${id}"}}'`
    at.pretend(`${line(token)}; printf '%s\\n' "$*" >> "$TOLD"`)
    const { code, outputs, summary } = await at.job("live", "check", { "inputs.system": "mag7-7dte" })
    expect([code, outputs]).toEqual([0, { token }])
    expect(summary).toContain(`approve live --env poc --token ${token}`)
    const values = { "inputs.system": "mag7-7dte", "needs.check.outputs.token": token }
    const live = await at.job("live", "live", values)
    expect(live.told.at(-1)).toBe(`switch-mode live --env poc --system mag7-7dte --confirm-live=${token}`)
    at.pretend(line('$(id)"; x="'))
    expect((await at.job("live", "check")).code).not.toBe(0)
  })
})
