import { UserError } from "../errors.ts"
import type { Environment } from "./environment.ts"

/** The variables by which Docker's client is found, and finds its engine; refuses where none answers. */
export async function dockerVariables(env: Environment): Promise<Readonly<Record<string, string>>> {
  const told = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value !== undefined && wanted.test(name) ? [[name, value]] : [])),
  )
  const { execa } = await import("execa")
  for (const args of [
    ["version", "--format", "{{.Server.Version}}"],
    ["compose", "version"],
  ]) {
    const { failed, stderr, shortMessage } = await execa("docker", args, { env: told, extendEnv: false, reject: false })
    if (failed)
      throw new UserError(
        `this machine's Docker does not answer to docker ${args[0]}: ${lineOf(stderr ?? "", shortMessage)}`,
        {
          hint: "start it, with its Compose plugin; without --docker the sandbox has stand-ins of it",
        },
      )
  }
  return told
}

const wanted = /^(PATH|HOME|USERPROFILE|DOCKER_[A-Z_]+|BUILDKIT_[A-Z_]+)$/

const lineOf = (said: string, otherwise = ""): string => said.split("\n").find((line) => line !== "") ?? otherwise
