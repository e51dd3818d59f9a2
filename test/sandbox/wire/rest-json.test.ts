import { describe, expect, it } from "vitest"
import type { Dialect } from "../../../src/sandbox/wire/dialect.ts"
import type { Arrived } from "../../../src/sandbox/wire/http.ts"
import { readRequest } from "../../../src/sandbox/wire/read.ts"
import { compileRoutes } from "../../../src/sandbox/wire/route.ts"
import { errorsOf, operationsOf } from "../../../src/sandbox/wire/schema.ts"
import { writeAnswer } from "../../../src/sandbox/wire/write.ts"
import { writeError } from "../../../src/sandbox/wire/write-error.ts"

// None of the clients speaks restJson yet: these are schemas as the SDK writes them, of a service made up for it.
const TEXT = 0
const TIME = 4
const TEXTS = [1, "ns", "Texts", 0, TEXT]
const schemas = {
  CreateCluster$: [
    9,
    "ns",
    "CreateCluster",
    { http: ["POST", "/clusters", 201] },
    [3, "ns", "CreateClusterRequest", 0, ["name", "token"], [TEXT, [TEXT, { jsonName: "clientToken" }]], 1],
    [3, "ns", "CreateClusterResponse", 0, ["createdAt", "name"], [TIME, TEXT]],
  ],
  ListNodes$: [
    9,
    "ns",
    "ListNodes",
    { http: ["GET", "/clusters/{cluster}/nodes", 200] },
    [
      3,
      "ns",
      "ListNodesRequest",
      0,
      ["cluster", "label", "trace"],
      [
        [TEXT, 1],
        [TEXTS, { httpQuery: "label" }],
        [TEXT, { httpHeader: "X-Trace" }],
      ],
      1,
    ],
    [
      3,
      "ns",
      "ListNodesResponse",
      0,
      ["nodes", "marker", "status"],
      [TEXTS, [TEXT, { httpHeader: "X-Marker" }], [TEXT, 32]],
    ],
  ],
  InUse$: [-3, "ns", "InUseException", { error: "client", httpError: 409 }, ["message"], [TEXT]],
}
const operations = operationsOf(schemas)
const dialect: Dialect = {
  service: "made-up",
  protocol: "restJson",
  xmlns: "",
  operations,
  errors: errorsOf(schemas),
  routes: compileRoutes(operations.values()),
}

const arrived = (method: string, url: string, given: Partial<Arrived> = {}, body = ""): Arrived => {
  const [path = "", search = ""] = url.split("?")
  const bytes = Buffer.from(body)
  const query = new URLSearchParams(search)
  return { method, path, search, query, headers: {}, lines: [], body: bytes, raw: bytes, ...given }
}

describe("restJson", () => {
  it("finds an operation by method and path, and its input in path, query, headers and body", () => {
    const made = readRequest(dialect, arrived("POST", "/clusters", {}, '{"name":"n","clientToken":"t"}'))
    expect([made.name, made.input()]).toEqual(["CreateCluster", { name: "n", token: "t" }])
    const headers = { "x-trace": "1" }
    const listed = readRequest(dialect, arrived("GET", "/clusters/a%2Fb/nodes?label=x&label=y", { headers }))
    expect([listed.name, listed.input()]).toEqual(["ListNodes", { cluster: "a/b", label: ["x", "y"], trace: "1" }])
  })

  it("does not take a request for another one", () => {
    for (const [method, url] of [
      ["GET", "/clusters"],
      ["GET", "/clusters/a/nodes?unheard=of"],
      ["GET", "/clusters//nodes"],
      ["POST", "/clusters/a/nodes"],
    ] as const) {
      expect(readRequest(dialect, arrived(method, url))).toMatchObject({ name: `${method} ${url.replace("?", "")}` })
    }
  })

  it("says what is no document", () => {
    const broken = readRequest(dialect, arrived("POST", "/clusters", {}, '{"name":'))
    expect(() => broken.input()).toThrow(SyntaxError)
    const wrong = readRequest(dialect, arrived("POST", "/clusters", {}, '{"name":["n"]}'))
    expect(() => wrong.input()).toThrow('expected a string but found ["n"]')
  })

  it("answers in status, headers and body", () => {
    const [create, list] = [...operations.values()]
    if (!create || !list) throw new Error("the schemas have two operations")
    const at = new Date(1_700_000_000_500)
    expect(writeAnswer(dialect, create, { name: "n", createdAt: at }, "r", "")).toEqual({
      status: 201,
      headers: { "content-type": "application/json" },
      body: '{"createdAt":1700000000.5,"name":"n"}',
    })
    expect(writeAnswer(dialect, list, { nodes: ["a"], marker: "m", status: 206 }, "r", "")).toEqual({
      status: 206,
      headers: { "content-type": "application/json", "x-marker": "m" },
      body: '{"nodes":["a"]}',
    })
  })

  it("answers an error by its name, with the status of its shape", () => {
    const wrong = { code: "InUseException", message: "m", status: undefined, details: {} }
    expect(writeError(dialect, wrong, "r", "application/json")).toMatchObject({
      status: 409,
      headers: { "x-amzn-errortype": "InUseException" },
      body: expect.stringContaining('"message":"m"'),
    })
  })
})
