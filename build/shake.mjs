import { readFile } from "node:fs/promises"

/**
 * Lets esbuild drop the SDK's schemas that nobody uses. Each is a constant whose object has computed keys
 * (`[_vI]: 0` with `const _vI = "VpcId"`), and a computed key counts as a side effect; a literal one does not.
 * @type {import("esbuild").Plugin}
 */
export const shake = {
  name: "shake-schemas",
  setup(build) {
    build.onLoad({ filter: /schemas_\d+\.js$/ }, async ({ path }) => {
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
