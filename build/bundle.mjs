import { basename } from "node:path"
import * as esbuild from "esbuild"
import { mapOfOurs } from "./maps.mjs"
import { shake } from "./shake.mjs"
import { textEndings } from "./texts.mjs"

/**
 * Bundles one entry and what it imports later into CommonJS files that share what they have in common.
 * esbuild splits ES modules only, so it makes those first; then each is turned into CommonJS on its own.
 * @param {string} root
 * @param {string} entry the module that starts it
 * @param {string} name what its file is called
 * @returns {Promise<{ files: Map<string, string>, inputs: string[] }>} the files by name, and all that went into them
 */
export async function bundle(root, entry, name) {
  const { outputFiles, metafile } = await esbuild.build({
    ...shape,
    absWorkingDir: root,
    entryPoints: { [name]: entry },
    chunkNames: `${name}-[hash]`,
    outdir: "dist",
    outExtension: { ".js": ".cjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    // The SDK's "main" is CommonJS, of which nothing can be dropped.
    mainFields: ["module", "main"],
    // For Node it names its CommonJS, for others the same as modules.
    alias: { yaml: "./node_modules/yaml/browser/index.js" },
    loader: Object.fromEntries(textEndings.map((ending) => [ending, "text"])),
    define: { "import.meta.url": "import_meta_url" },
    plugins: [shake],
    sourcemap: "inline",
    metafile: true,
    write: false,
    logLevel: "warning",
  })
  const reached = reachedFrom(`dist/${name}.cjs`, metafile)
  const kept = outputFiles.filter(({ path }) => reached.has(`dist/${basename(path)}`))
  const files = await Promise.all(kept.map(({ path, text }) => toCommonJs(basename(path), text)))
  const inputs = [...reached].flatMap((path) => Object.keys(metafile.outputs[path]?.inputs ?? {}))
  return { files: new Map(files.flat()), inputs }
}

const shape = /** @type {const} */ ({ sourcesContent: false, target: "node20.19", platform: "node", charset: "utf8" })

/**
 * esbuild makes a file for each import() that it reads, also where the code around it has been dropped.
 * @param {string} output
 * @param {esbuild.Metafile} metafile
 * @param {Set<string>} [reached]
 */
function reachedFrom(output, metafile, reached = new Set()) {
  if (reached.has(output)) return reached
  reached.add(output)
  for (const { path, external } of metafile.outputs[output]?.imports ?? []) {
    if (!external) reachedFrom(path, metafile, reached)
  }
  return reached
}

/**
 * @param {string} name
 * @param {string} text
 * @returns {Promise<[name: string, text: string][]>} the file, and its source map where code of ours is in it
 */
async function toCommonJs(name, text) {
  const { code, map } = await esbuild.transform(text, {
    ...shape,
    format: "cjs",
    minify: true,
    // Node prints the line that threw: a whole bundle of one line is unreadable.
    lineLimit: 500,
    legalComments: "none",
    sourcemap: "external",
    sourcefile: name,
    // import() of a file of our own becomes require(): it is faster, and works from V8's code cache.
    supported: { "dynamic-import": false },
    banner: text.includes("import_meta_url")
      ? 'const import_meta_url=require("node:url").pathToFileURL(__filename).href;'
      : "",
  })
  const ours = mapOfOurs(map)
  if (ours === undefined) return [[name, code]]
  return [
    [name, `${code}//# sourceMappingURL=${name}.map\n`],
    [`${name}.map`, ours],
  ]
}
