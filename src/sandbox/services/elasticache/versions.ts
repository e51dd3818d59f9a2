import type * as client from "@aws-sdk/client-elasticache"
import { handlers } from "../../service.ts"
import { engineVersions } from "./catalog.ts"
import { pageOf } from "./pages.ts"
import { badMix } from "./records.ts"

export const versionHandlers = handlers<typeof client>()({
  DescribeCacheEngineVersions(input, _call) {
    const found = engineVersions.filter(
      ([engine, version, family], index) =>
        (input.Engine === undefined || engine === input.Engine) &&
        (input.EngineVersion === undefined || version === input.EngineVersion) &&
        (input.CacheParameterGroupFamily === undefined || family === input.CacheParameterGroupFamily) &&
        (!input.DefaultOnly || engineVersions.findLastIndex(([other]) => other === engine) === index),
    )
    const { items, Marker } = pageOf(found, ([engine, version]) => `${engine} ${version}`, input)
    return { CacheEngineVersions: items.map(view), Marker }
  },
})

/** The family of a version, which names the parameter groups that fit it; the newest version where none is given. */
export const versionOf = (engine: string, version: string | undefined) => {
  const found = engineVersions.findLast(
    ([name, number]) =>
      name === engine && (version === undefined || number === version.replace(/^(\d+\.\d+)\.\d+$/, "$1")),
  )
  if (!found) throw badMix(`Cannot find version ${version} for ${engine}`)
  return { version: found[1], family: found[2] }
}

const view = ([engine, version, family]: (typeof engineVersions)[number]): client.CacheEngineVersion => ({
  Engine: engine,
  EngineVersion: version,
  CacheParameterGroupFamily: family,
  CacheEngineDescription: engine === "valkey" ? "Valkey" : engine === "redis" ? "Redis" : "memcached",
  CacheEngineVersionDescription: `${engine} version ${version}`,
})
