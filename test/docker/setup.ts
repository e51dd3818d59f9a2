import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"
import { composes } from "./composes.ts"
import { bridges, endWithUs, engineIn, haveEngine, importBusybox, removeBridges } from "./engine.ts"
import { putSecrets } from "./ground.ts"
import { haveNode, nodeIn } from "./node.ts"
import { makeRepositories } from "./repositories.ts"

declare module "vitest" {
  export interface ProvidedContext {
    readonly folder: string
  }
}

/** One engine and one node for all tests of the lane: to start both systems takes longer than most of the tests. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  for (const { version } of composes().filter(({ there }) => !there))
    process.stderr.write(`not tried: Docker Compose ${version}, which test/docker/pinned-compose builds\n`)
  const folder = await mkdtemp(join(tmpdir(), "smart0dte-docker-"))
  await haveEngine(folder)
  const end = endWithUs(folder)
  const engine = engineIn(folder)
  await removeBridges()
  await engine.start()
  await importBusybox(engine, folder)
  await makeRepositories(join(folder, "repositories"))
  await haveNode(folder)
  await putSecrets(nodeIn(folder, engine))
  project.provide("folder", folder)
  return async () => {
    const ids = (await engine.docker("ps", "-aq")).split("\n").filter((id) => id !== "")
    if (ids.length > 0) await engine.docker("rm", "--force", ...ids)
    await engine.docker("network", "prune", "--force")
    await engine.stop()
    const left = await bridges()
    if (left.length > 0) throw new Error(`networks are left: ${left.join(", ")}`)
    await rm(folder, { recursive: true, force: true })
    end()
  }
}
