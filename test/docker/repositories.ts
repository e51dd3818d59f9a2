import { appendFile, cp, mkdir, readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"

const samples = new URL("../../src/sandbox/samples", import.meta.url).pathname

/**
 * The samples as Git repositories, each variant a branch, and a configuration with which Git takes them for what the
 * sandbox calls them.
 */
export async function makeRepositories(folder: string): Promise<void> {
  const systems = await readdir(samples)
  await Promise.all(systems.map((system) => makeRepository(join(folder, `${system}.git`), join(samples, system))))
  await writeFile(
    join(folder, "gitconfig"),
    `[url "file://${folder}/"]\n\tinsteadOf = https://samples.smart0dte.invalid/\n[safe]\n\tdirectory = *\n[advice]\n\tdetachedHead = false\n`,
  )
}

async function makeRepository(repository: string, sample: string): Promise<void> {
  await mkdir(repository, { recursive: true })
  const git = async (...args: readonly string[]) =>
    execa("git", ["-C", repository, "-c", "user.name=tester", "-c", "user.email=tester@example.com", ...args], {
      env: { GIT_CONFIG_GLOBAL: "/dev/null" },
    })
  await git("init", "--quiet", "--initial-branch=main")
  const commit = async (variant: string) => {
    await cp(join(sample, variant), repository, { recursive: true })
    await git("add", "--all")
    await git("commit", "--quiet", "--message", variant)
  }
  await commit("main")
  for (const variant of await readdir(sample)) {
    if (variant === "main") continue
    await git("checkout", "--quiet", "-b", variant, "main")
    await commit(variant)
  }
  await git("checkout", "--quiet", "-b", "newer", "main")
  await appendFile(join(repository, "backend/behaviour"), "a newer one\n")
  await git("commit", "--quiet", "--all", "--message", "newer")
  await git("checkout", "--quiet", "-b", "no-disk", "main")
  await appendFile(join(repository, "backend/Dockerfile"), "RUN cat serve.sh >/dev/full\n")
  await git("commit", "--quiet", "--all", "--message", "no-disk")
  await git("checkout", "--quiet", "main")
}
