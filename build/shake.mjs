import { readFile } from "node:fs/promises"

/**
 * Lets esbuild drop the SDK's schemas that nobody uses. Each is a constant with computed keys (`[_vI]: 0`, where
 * `const _vI = "VpcId"`). esbuild takes a computed key for a side effect and keeps the constant; a literal key is none.
 * @type {import("esbuild").Plugin}
 */
export const shake = {
  name: "shake-schemas",
  setup(build) {
    build.onLoad({ filter: /\/schemas_\d+\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8")
      const constants = new Map(
        [...source.matchAll(/^const (_\w+) = ("(?:[^"\\]|\\.)*");$/gm)].map(([, name, text]) => [name, text]),
      )
      const contents = source.replace(/\[(_\w+)\]:/g, (key, name) => {
        const text = constants.get(name)
        return text === undefined ? key : `${text}:`
      })
      return { contents, loader: "js" }
    })
  },
}
