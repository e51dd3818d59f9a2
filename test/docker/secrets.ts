import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { describe, expect, it } from "vitest"
import type { RealLane } from "./lane.ts"

/** Where secrets are after all that was done to the systems, and what failed: what is done last. */
export function holdSecrets(opened: () => RealLane): void {
  describe("secrets on a node", () => {
    it("are in files of root alone", async () => {
      const files = await readdir(join(opened().node.root, "run/smart0dte/smart-0dte"))
      expect(files.sort()).toEqual(["backend.env", "data-feed.env", "frontend.env", "signal-generator.env"])
      for (const file of files) {
        const { mode } = await stat(join(opened().node.root, "run/smart0dte/smart-0dte", file))
        expect((mode & 0o777).toString(8)).toBe("600")
      }
      // What is looked for in all that a system prints before it is told anybody, and the role's own credentials.
      for (const file of ["smart-0dte.secrets", "credentials"]) {
        const { mode } = await stat(join(opened().node.root, "run/smart0dte", file))
        expect((mode & 0o777).toString(8)).toBe("600")
      }
    })

    it("are seen in no argument, environment, parameter, object or other file", async () => {
      const seen = await readFile(join(opened().node.world, "seen"), "utf8")
      expect(seen).toContain("docker compose")
      expect(seen).not.toMatch(/canary|p\$a'ss/)
      const { stdout } = await execa("grep", ["-rlE", "canary", opened().node.world, opened().node.root], {
        reject: false,
      })
      const files = stdout.split("\n").map((file) => file.replace(/.*\/(world|root)\//, "$1/"))
      expect(
        files.filter(
          (file) =>
            !/^(world\/secrets\/|root\/run\/smart0dte\/([^/]+(\/[^/]+\.env|\.secrets)|credentials)$|root\/var\/lib\/smart0dte\/influx\/tokens\/)/.test(
              file,
            ),
        ),
      ).toEqual([])
    })
  })
}
