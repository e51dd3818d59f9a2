import { askEngine, LABEL, type RealEngine } from "./engine.ts"

/** Ends what a machine has running: it was switched off. */
export async function haltAll(engine: RealEngine): Promise<void> {
  const containers = await listed(engine, ["ps", "-q", ...ofMachine(engine)])
  if (containers.length > 0) await ask(engine, ["stop", "--time", "3", ...containers])
}

/** Takes away all that a machine had: containers with their volumes, networks, images. */
export async function removeAll(engine: RealEngine): Promise<void> {
  const containers = await listed(engine, ["ps", "-aq", ...ofMachine(engine)])
  if (containers.length > 0) await ask(engine, ["rm", "--force", "--volumes", ...containers])
  const named = ["--quiet", "--filter", `name=${engine.prefix}-`]
  for (const kind of ["network", "volume"]) {
    const things = await listed(engine, [kind, "ls", ...named])
    if (things.length > 0) await ask(engine, [kind, "rm", ...things])
  }
  const images = await listed(engine, ["images", "--quiet", "--no-trunc", `${engine.prefix}/*`])
  if (images.length > 0) await ask(engine, ["rmi", "--force", ...new Set(images)])
}

const ofMachine = ({ prefix }: RealEngine): readonly string[] => ["--filter", `label=${LABEL}=${prefix}`]

const listed = async (engine: RealEngine, args: readonly string[]): Promise<readonly string[]> =>
  (await ask(engine, args)).split("\n").filter((line) => line !== "")

async function ask(engine: RealEngine, args: readonly string[]): Promise<string> {
  const { code, err, out } = await askEngine(engine, args, { signal: new AbortController().signal })
  if (code !== 0) throw new Error(`docker ${args.join(" ")} ended with ${code}: ${err}`)
  return out
}
