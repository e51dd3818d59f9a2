import { execa } from "execa"

/** Shows a page in the browser of whoever sits here; where there is none, the address has been said anyway. */
export async function browse(url: string, platform: NodeJS.Platform = process.platform): Promise<void> {
  const [program, ...args] = openers[platform] ?? ["xdg-open"]
  await execa(program, [...args, url], { stdio: "ignore", reject: false, timeout: 10_000 })
}

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ["open"],
  // The empty word is a window's title, which `start` takes for one where the first word is quoted.
  win32: ["cmd", "/c", "start", ""],
}
