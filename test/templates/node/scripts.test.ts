// biome-ignore-all lint/suspicious/noTemplateCurlyInString: lines of bash
import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { describe, expect, it } from "vitest"
import { nodeFiles } from "../../../src/templates/node/index.ts"
import { bash, scripts } from "./bash.ts"

const said = async (files: readonly string[], lines: string, env?: Record<string, string>) =>
  (await bash(files, lines, env)).stdout

describe("the node's files", () => {
  it("are all that stand in their folder", async () => {
    const files = (await readdir(scripts)).filter((name) => name !== "index.ts")
    expect(Object.keys(nodeFiles).sort()).toEqual(files.sort())
  })

  it("are parsed by bash, and may be run", async () => {
    for (const name of (await readdir(scripts)).filter((file) => file.endsWith(".sh"))) {
      const { exitCode } = await execa("bash", ["-n", join(scripts, name)], { reject: false })
      expect([name, exitCode]).toEqual([name, 0])
      expect([name, (await stat(join(scripts, name))).mode & 0o111]).toEqual([name, 0o111])
    }
  })

  it("pin what they fetch by its sum", async () => {
    const pinned = await readFile(join(scripts, "pinned.env"), "utf8")
    for (const [, tool, machine] of pinned.matchAll(/^(\w+)_URL_(\w+)=/gm))
      expect(pinned).toMatch(new RegExp(`^${tool}_SHA256_${machine}=[0-9a-f]{64}$`, "m"))
  })

  it("name no secret, and nothing of one machine", async () => {
    const texts = await Promise.all(Object.values(nodeFiles))
    expect(texts.filter((text) => /AKIA|BEGIN [A-Z ]*PRIVATE KEY|\/(home|Users)\//.test(text))).toEqual([])
  })
})

describe("the network of a system", () => {
  const engine = (create: string) =>
    `docker() { case $2 in inspect) [[ -e $root/made ]] ;; create) ${create} ;; esac; }`

  it("is made once where InfluxDB and the system want it at the same time", async () => {
    const made = `sleep 0.5; printf '%s\\n' "$3" >>"$root/made"`
    const lines = `${engine(made)}\nhave_network smart-0dte & have_network smart-0dte & wait\ncat "$root/made"`
    expect(await said(["place", "system"], lines)).toBe("smart0dte-smart-0dte\n")
  })

  it("is missed in words where the engine does not make it, and else nothing is said", async () => {
    const fails = `${engine("return 1")}\nwhy=''; have_network smart-0dte || printf '%s' "$why"`
    expect(await said(["place", "system"], fails)).toBe("the network smart0dte-smart-0dte could not be made")
    const works = `${engine("true")}\nwhy=''; have_network smart-0dte && printf '%s' "made:$why"`
    expect(await said(["place", "system"], works)).toBe("made:")
  })
})

describe("what a command prints", () => {
  const masked = (lines: string, text: string) =>
    said(["place", "text", "settings", "secrets"], `mkdir -p "$run"\n${lines}\nprintf %s "$TEXT" | mask smart-0dte`, {
      TEXT: text,
    })

  it("shows none of the secrets that a system was given", async () => {
    const known = `printf '%s\\n' 'letme&in\\9$' on sixsix >"$run/smart-0dte.secrets"`
    expect(await masked(known, "a letme&in\\9$letme&in\\9$ on\n\nb sixsix\n")).toBe("a ****** on\n\nb ***\n")
  })

  it("is as it is where there are none", async () => {
    expect(await masked("", "a\tb")).toBe("a\tb")
    expect(await masked(': >"$run/smart-0dte.secrets"', "a\n")).toBe("a\n")
  })
})

describe("a text in a report", () => {
  it.each(["plain", 'a "b" \\ c', "two\nlines\tand a tab", "\u0001é\u007f", ""])(
    "of %j is a string of JSON",
    async (text) => {
      const json = await said(["text"], 'json_string "$TEXT"', { TEXT: text })
      expect(JSON.parse(json)).toBe(text.replaceAll("\t", " ").replaceAll(/[^\n\u0020-\u007e]/g, ""))
    },
  )

  it("has the words for what went wrong", async () => {
    const words = (line: string) =>
      said(["text"], 'printf "%s\\n" "$LINE" >"$SMART0DTE_ROOT/f"; in_words "$SMART0DTE_ROOT/f"', { LINE: line })
    expect(await words("write /x: no space left on device")).toContain("the disk of this node is full")
    expect(await words("Could not resolve host: github.com")).toContain("found no way to the network")
    expect(await words("dial tcp: lookup a on b: i/o timeout")).toContain("found no way to the network")
    expect(await words("toomanyrequests: slow down")).toContain("Docker Hub lets no more images through")
    expect(await words("exit code: 1")).toBe("")
  })

  it("shows no secret", async () => {
    const lines = 'secret_values[a]=letmein99; secret_values[b]=on; redact "letmein99 is on: xletmein99x"'
    expect(await said(["text", "settings", "secrets"], lines)).toBe("*** is on: x***x")
  })
})

describe("a field of JSON", () => {
  const secret = JSON.stringify({ username: "master", password: 'a"b\\c/d&e', port: 5432 }).replace("&", "\\u0026")

  it("is read with its escapes", async () => {
    const field = (name: string) => said(["text"], `json_field "$JSON" ${name}`, { JSON: secret })
    expect([await field("username"), await field("password")]).toEqual(["master", 'a"b\\c/d&e'])
  })

  it("fails where it is not there, or is no text", async () => {
    expect((await bash(["text"], 'json_field "$JSON" missing', { JSON: secret })).exitCode).toBe(1)
    expect((await bash(["text"], 'json_field "$JSON" port', { JSON: secret })).exitCode).toBe(1)
  })
})

describe("a setting", () => {
  const text = "a=1\nvariable.A=x=y\nvariable.AB=\nvariable@backend.C=z\n"

  it("is split at the first equals sign", async () => {
    const lines = 'setting "$TEXT" variable.A; printf ";"; setting "$TEXT" none; settings_below "$TEXT" variable.'
    expect(await said(["settings"], lines, { TEXT: text })).toBe("x=y;A=x=y\nAB=\n")
  })
})

describe("placeholders", () => {
  const files = ["place", "text", "settings", "secrets"]
  const world = "folder=f; secret_texts[s/keys]=$'A=one=1\\nB=unset\\nC=three'; data_setting=host=db"

  it("are replaced by lines of secrets and of where the data is", async () => {
    const lines = `${world}; fill_secrets 'x{secret:s/keys#A}y{data:host}z{secret:s/keys#C}'; printf '%s' "$filled"`
    expect(await said(files, lines)).toBe("xone=1ydbzthree")
  })

  it("leave a variable out whose secret is not set", async () => {
    const lines = `${world}; fill_secrets 'x{secret:s/keys#B}' || printf '%s,%s' "$?" "$filled"`
    expect(await said(files, lines)).toBe("2,")
  })

  it("say which line is not there, and no value", async () => {
    const { stdout, stderr } = await bash(files, `${world}; fill_secrets '{secret:s/keys#D}' || printf '%s' "$?"`)
    expect([stdout, stderr]).toEqual(["1", "the secret f/s/keys has no line D\n"])
  })

  it("are filled once: what a secret holds is no placeholder", async () => {
    const lines = `folder=f; secret_texts[s]='A={secret:s#A}'; fill_secrets '{secret:s#A}'; printf '%s' "$filled"`
    expect(await said(files, lines)).toBe("{secret:s#A}")
  })
})

describe("a line of an environment file", () => {
  const line = (text: string) => bash(["text", "place", "settings", "secrets"], 'env_line NAME "$TEXT"', { TEXT: text })

  it.each([
    ["https://a:b@c/d?e=f&g", "NAME=https://a:b@c/d?e=f&g\n"],
    ["", "NAME=\n"],
    ["a b", "NAME='a b'\n"],
    ["it's $x #y", "NAME='it\\'s $x #y'\n"],
    ["a\\b", "NAME='a\\b'\n"],
  ])("for %j is one that every Compose reads alike", async (text, expected) => {
    expect((await line(text)).stdout).toBe(expected)
  })

  it.each(["a\nb", "a\\\\b", "a\\'b", "a\\"])("is refused for %j, without its value", async (text) => {
    const { exitCode, stdout, stderr } = await line(text)
    expect([exitCode, stdout]).toEqual([1, ""])
    expect(stderr).toMatch(/^the value of NAME has a line break, or a backslash/)
    expect(stderr).not.toContain(text)
  })
})

describe("the program that Git asks", () => {
  it("gives the token from its file, and never asks", async () => {
    const ask = 'printf token99 >"$SMART0DTE_ROOT/t"; export SMART0DTE_TOKEN_FILE=$SMART0DTE_ROOT/t'
    const lines = `${ask}; ${scripts}/askpass.sh "Username for x"; ${scripts}/askpass.sh "Password for x"`
    expect(await said([], lines)).toBe("x-access-token\ntoken99")
  })
})

describe("codes of health", () => {
  it.each([
    ["200", "200", true],
    ["302", "200-399", true],
    ["204", "200,204", true],
    ["404", "200-399", false],
    ["000", "200-399", false],
  ])("%s among %s is %s", async (code, codes, expected) => {
    expect((await bash(["health"], `among ${code} ${codes}`)).exitCode === 0).toBe(expected)
  })
})
