import { execaNode } from "execa"

/**
 * What the commander tree says to --help, for 80 columns and without colours.
 * @param {string} main the bundle that has been built
 */
export async function helpText(main) {
  const script = `require(${JSON.stringify(main)}).main(process)`
  const { stdout } = await execaNode("-e", [script, "--", "smart0dte", "--help"], {
    env: { NO_COLOR: "1", COLUMNS: "80" },
  })
  return `${stdout}\n`
}
