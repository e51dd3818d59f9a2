import { spawn } from "node:child_process"
import { readdirSync, writeFileSync } from "node:fs"
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises"
import { hostname, tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { build } from "esbuild"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { credentialsPath, readProfileName, withCredentialsFile } from "../../src/app/credentials-file.ts"

const keys = { accessKeyId: "AKIANEW", secretAccessKey: "new/secret+1=" }

let home: string
let path: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "smart0dte-credentials-"))
  path = credentialsPath({ HOME: home })
})
afterEach(() => rm(home, { recursive: true }))

const put = async (text: string | Buffer) => {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
const set = (profile: string, at = path, patience = 10_000) =>
  withCredentialsFile(at, (file) => file.set(profile, keys), patience)
const now = () => readFile(path, "utf8")

describe("the credentials file", () => {
  it("is where the SDK looks for it", () => {
    expect(path).toBe(join(home, ".aws", "credentials"))
    expect(credentialsPath({ HOME: home, AWS_SHARED_CREDENTIALS_FILE: "/x/y" })).toBe("/x/y")
  })

  it.skipIf(process.platform !== "linux")("says that it cannot be used where there can be no file", async () => {
    await expect(set("ours", "/proc/sys/credentials")).rejects.toThrow(
      /^the credentials file \/proc\/sys\/credentials cannot be used: \w+$/,
    )
  })

  it("is made for its owner alone, folder and all", async () => {
    await set("ours")
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o700)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await now()).toBe("[ours]\naws_access_key_id = AKIANEW\naws_secret_access_key = new/secret+1=\n")
    expect(await readdir(dirname(path))).toEqual(["credentials"])
  })

  it("changes our profile alone: comments, others' profiles and further settings stay", async () => {
    const around = (id: string, secret: string) =>
      `# mine\n[default]\naws_access_key_id=AKIADEFAULT ; why\naws_secret_access_key=s3\n\n; ours\n[ours] # the tool's\nregion = eu-west-1\n  AWS_ACCESS_KEY_ID ${id}\n# kept\naws_secret_access_key=${secret}\n\n[ours-too]\naws_access_key_id=AKIATOO`
    await put(around("= AKIAOLD", "old"))
    await set("ours")
    expect(await now()).toBe(around("= AKIANEW", " new/secret+1="))
  })

  it("takes what was of a session away, and what stands there twice", async () => {
    await put("[ours]\naws_access_key_id = A\naws_session_token = T\naws_access_key_id = B\nregion = x\n")
    await set("ours")
    expect(await now()).toBe("[ours]\naws_secret_access_key = new/secret+1=\naws_access_key_id = AKIANEW\nregion = x\n")
  })

  it("keeps the line ends of Windows, a mark at the beginning and bytes that are no text", async () => {
    const odd = Buffer.concat([Buffer.from("\uFEFF[ours]\r\naws_access_key_id = A\r\n# "), Buffer.from([0xe9, 0xff])])
    await put(odd)
    await set("ours")
    await set("next")
    const bytes = await readFile(path)
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from("\uFEFF"))
    expect(bytes.includes(Buffer.from([0xe9, 0xff]))).toBe(true)
    const text = bytes.toString("latin1")
    expect(text.match(/[^\r]\n/)).toBeNull()
    expect(text.match(/AKIANEW/g)).toHaveLength(2)
    expect(text).toContain("\r\n\r\n[next]\r\n")
  })

  it("ends a last line that has no end, also where that is the profile's head", async () => {
    await put("[other]\nregion = x")
    await set("ours")
    expect(await now()).toContain("[other]\nregion = x\n\n[ours]\n")
    await put("[ours]")
    await set("ours")
    expect(await now()).toBe("[ours]\naws_access_key_id = AKIANEW\naws_secret_access_key = new/secret+1=\n")
  })

  it("follows a symbolic link, which stays one", async () => {
    const elsewhere = join(home, "dotfiles")
    await mkdir(dirname(path))
    await writeFile(elsewhere, "[default]\nregion = x\n")
    await symlink(elsewhere, path)
    await set("ours")
    expect((await lstat(path)).isSymbolicLink()).toBe(true)
    expect(await readFile(elsewhere, "utf8")).toContain("[default]\nregion = x\n\n[ours]\n")
    expect((await stat(elsewhere)).mode & 0o777).toBe(0o600)
    await rm(elsewhere)
    await expect(set("ours")).rejects.toThrow("is a symbolic link to what is not there")
  })

  it.each([
    ["twice", "[ours]\nregion = x\n[ours]\nregion = y\n", "the profile ours 2 times"],
    ["with a role", "[ours]\nrole_arn = x\n", "has role_arn"],
    ["with a program", "[ours]\ncredential_process = x\n", "has credential_process"],
  ])("refuses a profile that is there %s, and changes nothing", async (_, text, message) => {
    await put(text)
    await expect(set("ours")).rejects.toThrow(message)
    expect(await now()).toBe(text)
    expect(await readdir(dirname(path))).toEqual(["credentials"])
  })

  it("leaves the old file where it cannot write the new one", async () => {
    await put("[default]\nregion = x\n")
    const file = withCredentialsFile(path, async (opened) => {
      await rm(`${path}.lock`)
      await rm(path)
      await mkdir(path)
      await opened.set("ours", keys)
    })
    await expect(file).rejects.toThrow("cannot be used: EISDIR")
  })

  it("takes nobody else's file from him", async () => {
    await put("[default]\nregion = x\n")
    const { uid } = await stat(path)
    const getuid = vi.spyOn(process, "getuid").mockReturnValue(uid + 1)
    try {
      await expect(set("ours")).rejects.toThrow(`belongs to another user of this machine (${uid}, not ${uid + 1})`)
    } finally {
      getuid.mockRestore()
    }
    expect(await now()).toBe("[default]\nregion = x\n")
  })

  it("loses nothing that another program writes meanwhile", async () => {
    await put("[default]\nregion = x\n")
    await withCredentialsFile(path, async (file) => {
      const writing = file.set("ours", keys)
      // The new file lies there beside the old one, and is about to take its place.
      while (!readdirSync(dirname(path)).some((name) => /^credentials\.\d+\./.test(name)))
        await new Promise((resolve) => setImmediate(resolve))
      writeFileSync(path, "[default]\nregion = theirs\n")
      await writing
    })
    expect(await now()).toMatch(/region = theirs\n\n\[ours\]/)
  })

  it("is one run's at a time", async () => {
    await Promise.all(["a", "b", "c", "d", "e"].map((profile) => set(profile)))
    expect((await now()).match(/^\[.\]$/gm)?.sort()).toEqual(["[a]", "[b]", "[c]", "[d]", "[e]"])
    const held = withCredentialsFile(path, async () => {
      await expect(set("f", path, 100)).rejects.toThrow(/another run is at work on .*credentials/)
    })
    await held
    expect(await now()).not.toContain("[f]")
  })

  it("takes the lock of who died, and of nobody on another machine", async () => {
    await put("")
    const dead = spawn(process.execPath, ["-e", ""])
    await new Promise((resolve) => dead.on("exit", resolve))
    await writeFile(`${path}.lock`, `${dead.pid} ${hostname()} x`)
    await set("ours", path, 100)
    expect(await now()).toContain("[ours]")
    await writeFile(`${path}.lock`, `${dead.pid} elsewhere.example x`)
    await expect(set("more", path, 100)).rejects.toThrow("elsewhere.example")
    expect(await now()).not.toContain("[more]")
  })

  it("is whole at every moment of a run that is killed", async () => {
    const old = `[default]\nregion = x\n\n[big]\n${"# line\n".repeat(20_000)}`
    await put(old)
    const program = join(home, "setting.mjs")
    const contents = `import { withCredentialsFile } from "./credentials-file.ts"
      for (let first = true; ; first = false) {
        await withCredentialsFile(${JSON.stringify(path)}, (file) => file.set("ours", ${JSON.stringify(keys)}))
        if (first) console.log("on")
      }`
    const stdin = { contents, resolveDir: join(import.meta.dirname, "../../src/app"), loader: "ts" } as const
    await build({ stdin, bundle: true, platform: "node", format: "esm", outfile: program })
    for (const after of [1, 7, 15, 40]) {
      const child = spawn(process.execPath, [program])
      const ended = new Promise((resolve) => child.on("exit", (_code, signal) => resolve(signal)))
      await new Promise((resolve) => child.stdout.once("data", resolve))
      await new Promise((resolve) => setTimeout(resolve, after))
      child.kill("SIGKILL")
      expect(await ended).toBe("SIGKILL")
      expect(await now()).toBe(`${old}\n[ours]\naws_access_key_id = AKIANEW\naws_secret_access_key = new/secret+1=\n`)
    }
    // What was left beside it, whether with keys in it or not, goes.
    await writeFile(`${path}.1234.0a1b2c3d`, "secret")
    await writeFile(`${path}.lock.1234.0a1b2c3d`, "1234 elsewhere")
    await writeFile(`${path}.bak`, "somebody's")
    await set("ours")
    expect(await now()).toContain("AKIANEW")
    expect(await readdir(dirname(path))).toEqual(["credentials", "credentials.bak"])
  }, 60_000)

  it("says which keys a profile has", async () => {
    await put("[default]\naws_access_key_id = AKIADEFAULT\n[none]\n")
    const ids = await withCredentialsFile(path, (file) => Promise.all(["default", "none", "x"].map(file.keyId)))
    expect(ids).toEqual(["AKIADEFAULT", undefined, undefined])
  })

  it("says why it cannot be read", async () => {
    await put("[default]\n")
    await chmod(path, 0o644)
    await rm(path)
    await mkdir(path)
    await expect(set("ours")).rejects.toThrow("cannot be used: EISDIR")
  })

  it.each(["", "a b", "a]", "-x", "a\nb", "x".repeat(65)])("takes no profile called %j", (name) => {
    expect(() => readProfileName(name)).toThrow("a profile cannot be called")
  })
})
