#!/usr/bin/env node
// Runs on any Node from 12 on, so that an old one is told what it lacks instead of failing to parse.
// What is asked most often is answered here: the rest of the program is not even loaded for it.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`smart0dte needs Node 20.19 or newer, and this is ${process.version}\n`)
  process.stderr.write("install a newer one (https://nodejs.org), or choose it with your version manager\n")
  process.exit(1)
}

const fs = require("node:fs")
const path = require("node:path")

const [argument, ...others] = process.argv.slice(2)
const dist = path.join(__dirname, "..", "dist")
const alone = others.length === 0

if (alone && (argument === "--version" || argument === "-V")) {
  const { version } = JSON.parse(fs.readFileSync(path.join(__dirname, "..", "package.json"), "utf8"))
  print(`${version}\n`)
} else if (!fs.existsSync(path.join(dist, "main.cjs"))) {
  process.stderr.write("smart0dte is not built yet\n")
  process.stderr.write(`run npm run build in ${path.join(__dirname, "..")}\n`)
  process.exitCode = 1
} else if (alone && (argument === "--help" || argument === "-h") && isWide()) {
  print(fs.readFileSync(path.join(dist, "help.txt"), "utf8"))
} else {
  rememberCompiledCode()
  // A stack that somebody is to read names the files as they were written.
  if (process.argv.includes("--debug")) process.setSourceMapsEnabled(true)
  // The warning is for developers: which Node the SDK will want next is for the next release to care about.
  if (!process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED) {
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true"
  }
  require(path.join(dist, "main.cjs")).main(process)
}

/**
 * Without process.stdout, which loads the network for a pipe and the terminal for a screen.
 * @param {string} text
 */
function print(text) {
  const bytes = Buffer.from(text)
  let written = 0
  try {
    written = fs.writeSync(1, bytes)
  } catch (error) {
    // Who reads went away, and misses nothing.
    if (Object(error).code === "EPIPE") return
  }
  if (written < bytes.length) process.stdout.write(bytes.subarray(written))
}

/** The text was made for 80 columns; on a narrower terminal it is wrapped anew. */
function isWide() {
  return !fs.fstatSync(1).isCharacterDevice() || !process.stdout.columns || process.stdout.columns >= 80
}

/** From Node 22.8 on, V8's compiled code can be kept. The folder is ours alone: who can write it can run code as us. */
function rememberCompiledCode() {
  /** @type {{ enableCompileCache?: (folder: string) => void }} */
  const { enableCompileCache } = Object(require("node:module"))
  const { HOME, LOCALAPPDATA, NODE_COMPILE_CACHE, XDG_CACHE_HOME } = process.env
  const caches = XDG_CACHE_HOME || LOCALAPPDATA || (HOME && path.join(HOME, ".cache"))
  if (!enableCompileCache || NODE_COMPILE_CACHE || !caches || !path.isAbsolute(caches)) return
  const folder = path.join(caches, "smart0dte", "compiled")
  try {
    // Level by level: Node's own recursion never ends below a home such as /proc/nowhere.
    for (const level of [caches, path.dirname(folder), folder])
      if (!fs.existsSync(level)) fs.mkdirSync(level, { mode: 0o700 })
    enableCompileCache(folder)
  } catch {
    // A home that cannot be written only costs the time to compile.
  }
}
