import { readdir } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { execa } from "execa"
import { expect, it } from "vitest"

const root = fileURLToPath(new URL("../..", import.meta.url))

it("finds nothing to say of any script", async () => {
  const node = (await readdir(`${root}/src/templates/node`)).filter((name) => name.endsWith(".sh"))
  expect(node).toContain("node.sh")
  // What node.sh reads is looked at together with it: its parts know each other's names.
  const fakes = (await readdir(`${root}/test/templates/node/fakes`)).map((name) => `test/templates/node/fakes/${name}`)
  const files = [
    ...fakes,
    "src/templates/boot.sh",
    "src/templates/node/node.sh",
    "src/templates/node/askpass.sh",
    "test/docker/aws",
    "test/docker/curl",
    "test/docker/docker",
    "test/docker/pinned-compose",
  ]
  const { stdout, exitCode } = await execa("shellcheck", ["-x", "-a", "-P", root, ...files], {
    cwd: root,
    reject: false,
  })
  expect([exitCode, stdout]).toEqual([0, ""])
})
