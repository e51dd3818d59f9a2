import { expect, it } from "vitest"
import { bash } from "./bash.ts"

/** Versions of a system by name, each with the images that were built for it; links say which run and ran. */
const forgotten = async (versions: Readonly<Record<string, readonly string[]>>, current: string, former: string) => {
  const made = Object.entries(versions).flatMap(([name, images]) => [
    `mkdir -p "$home/versions/${name}"`,
    ...images.map((image) => `echo "# service backend built ${image}" >>"$home/versions/${name}/override.yaml"`),
  ])
  const lines = [
    'state=$SMART0DTE_ROOT home=$(home_of app); mkdir -p "$home"',
    ...made,
    `point app current "$home/versions/${current}"; point app former "$home/versions/${former}"`,
    'docker() { echo "$*" >>"$state/said"; }',
    'forget_versions app; cat "$state/said" 2>/dev/null || true; ls "$home/versions"',
  ]
  return (await bash(["versions"], lines.join("\n"))).stdout.trim().split("\n")
}

it("what neither runs nor ran before goes, with its images", async () => {
  const versions = { a: ["s/app:1-aa"], b: ["s/app:2-bb"], c: ["s/app:3-cc"] }
  expect(await forgotten(versions, "b", "c")).toEqual(["image rm s/app:1-aa", "b", "c"])
})

it("an image that a version still has stays, and one whose name only begins like it goes", async () => {
  const versions = { a: ["s/app:1", "s/app:1-aa"], b: ["s/app:1-aa"] }
  expect(await forgotten(versions, "b", "b")).toEqual(["image rm s/app:1", "b"])
})
