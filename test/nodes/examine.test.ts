// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of Compose
import { describe, expect, it } from "vitest"
import { examine } from "../../src/nodes/examine.ts"
import { publishedBy } from "../../src/nodes/override/ports.ts"
import { systems } from "../../src/nodes/systems.ts"
import { overrideWish, sampleText } from "./override-wish.ts"

const textsOf = (compose: string, service = "backend") =>
  examine([overrideWish({ compose, ports: {}, serviceVariables: {} })])
    .filter((finding) => finding.service === service)
    .map(({ what, handled, text }) => `${what} ${handled ? "handled" : "open"}: ${text}`)

describe("two projects side by side", () => {
  it("have their collisions told, each with what becomes of it", async () => {
    const wishes = await Promise.all(
      systems.map(async (system) => overrideWish({ system, compose: await sampleText(system) })),
    )
    const ports = examine(wishes).filter(({ what }) => what === "port")
    expect(ports.map(({ system, service, handled, text }) => [system, service, handled, text])).toEqual([
      ["mag7-7dte", "postgres", true, "port 5432 is also published by smart-0dte's postgres: not published here"],
      ["mag7-7dte", "redis", true, "port 6379 is also published by smart-0dte's redis: not published here"],
      ["mag7-7dte", "influxdb", true, "port 8086 is also published by smart-0dte's influxdb: not published here"],
      ["mag7-7dte", "backend", true, "port 8000 is also published by smart-0dte's backend: published as 8001"],
      ["mag7-7dte", "frontend", true, "port 3000 is also published by smart-0dte's frontend: published as 3001"],
    ])
  })

  it("are told of ports that the config gives twice", async () => {
    const [first, second] = await Promise.all(
      systems.map(async (system) =>
        overrideWish({
          system,
          compose: await sampleText(system),
          ports: { backend: { host: 8000, container: 8000 } },
        }),
      ),
    )
    const open = examine([first, second].flatMap((wish) => wish ?? [])).filter(({ handled }) => !handled)
    expect(open.map(({ text }) => text)).toEqual([
      "port 8000 is also given to smart-0dte's backend: give it another in the config",
    ])
  })

  it("have every folder of theirs told that lies over an image", async () => {
    const found = examine([overrideWish({ compose: await sampleText("smart-0dte") })])
    expect(
      found.filter(({ what }) => what === "mount").map(({ service, text }) => [service, text.split(":")[0]]),
    ).toEqual([
      ["backend", "./backend of the project lies over /app"],
      ["data-feed", "./data-feed of the project lies over /app"],
      ["signal-generator", "./signal-generator of the project lies over /app"],
      ["frontend", "./frontend of the project lies over /app"],
    ])
  })

  it("have nothing open in the samples", async () => {
    const wishes = await Promise.all(
      systems.map(async (system) => overrideWish({ system, compose: await sampleText(system) })),
    )
    expect(examine(wishes).filter(({ handled }) => !handled)).toEqual([])
  })
})

describe("a service", () => {
  it("is told to want what nothing gives it", () => {
    const compose = `
services:
  backend:
    image: x
    environment:
      - TAX_KEY=\${TAX_KEY}
      - ZONE=\${ZONE:-east}
      - HOME_KEY
      - PRICE=5$$
      - TZ=UTC`
    expect(textsOf(compose)).toEqual([
      "variable open: TAX_KEY wants TAX_KEY, which nothing gives it: set it in the config",
      "variable open: HOME_KEY wants HOME_KEY, which nothing gives it: set it in the config",
    ])
  })

  it("is told to name a service that is removed", () => {
    const compose = `
services:
  redis: { image: redis }
  backend: { image: x, environment: { QUEUE: "redis://redis:6379/3", PLAIN: redistribute } }`
    expect(textsOf(compose)).toEqual(["variable open: QUEUE names redis, which is removed: set it in the config"])
  })

  it("is told to start again by itself", () => {
    expect(textsOf("services: { backend: { image: x, command: uvicorn a --reload } }")).toEqual([
      "reload handled: its command starts again at every change of a file: taken out",
    ])
  })
})

it("says of a file that cannot be used why, and nothing else", () => {
  expect(
    examine([overrideWish({ compose: "services: { backend: { image: x, privileged: true } }", ports: {} })]),
  ).toEqual([
    {
      system: "smart-0dte",
      what: "unfit",
      handled: false,
      text: 'the service "backend" of smart-0dte wants the rights of the node itself (privileged) (take it out of the project\'s Compose file, or remove the service in the config)',
    },
  ])
})

it("reads published ports however they are written", () => {
  const ports = [
    "8000:80",
    "127.0.0.1:8001:80/tcp",
    9,
    "3000-3002:3000-3002",
    { target: 80, published: "8002" },
    "${P:-7}:7",
  ]
  expect(publishedBy({ ports })).toEqual([8000, 8001, 3000, 3001, 3002, 8002, 7])
})
