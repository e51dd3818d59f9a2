import { readFile } from "node:fs/promises"

/**
 * What is done to the packages before they are bundled: schemas that nobody uses become droppable, and names become
 * short. Those of our own code stay, so that the stack of a bug that somebody reports can be read.
 * @type {import("esbuild").Plugin}
 */
export const packages = {
  name: "packages",
  setup({ onLoad, esbuild }) {
    onLoad({ filter: /\/node_modules\/.*\.m?js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8")
      const text = /\/schemas_\d+\.js$/.test(path) ? withLiteralKeys(source) : source
      const { code } = await esbuild.transform(text, { minifyIdentifiers: true, charset: "utf8" })
      return { contents: code, loader: "js" }
    })
  },
}

/**
 * The SDK's schemas are constants with computed keys (`[_vI]: 0`, where `const _vI = "VpcId"`). esbuild takes a
 * computed key for a side effect and keeps the constant, used or not; a literal key is none.
 * @param {string} source
 */
function withLiteralKeys(source) {
  const constants = new Map(
    [...source.matchAll(/^const (_\w+) = ("(?:[^"\\]|\\.)*");$/gm)].map(([, name, text]) => [name, text]),
  )
  return source.replace(/\[(_\w+)\]:/g, (key, name) => {
    const text = constants.get(name)
    return text === undefined ? key : `${text}:`
  })
}
