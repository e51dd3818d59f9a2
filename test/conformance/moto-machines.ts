import { createServer, type ServerResponse } from "node:http"
import { PutObjectCommand, type PutObjectCommandInput, S3Client } from "@aws-sdk/client-s3"
import {
  GetParametersCommand,
  type GetParametersCommandInput,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from "@aws-sdk/client-ssm"
import { receive } from "../../src/sandbox/receive.ts"
import { type Commanded, carryOut, type Obeying, started } from "../laws/obedient.ts"
import { anyKeys } from "./moto-account.ts"

/** What is in moto's instances: moto_machines.py tells it each start and each command, and waits until it is done. */
export interface MotoMachines {
  readonly url: string
  /** Says where they are, and where they ask for what they need. */
  within(moto: string): void
  close(): void
}

export async function startMachines(): Promise<MotoMachines> {
  let ask: Obeying["ask"] = refuse
  const server = createServer(async (request, response) => {
    const { body } = await receive(request)
    const { id, userData, order }: Told = JSON.parse(Buffer.from(body).toString())
    const machine = { id, userData, ask: (...asked: Parameters<Obeying["ask"]>) => ask(...asked) }
    const done = order ? carryOut(machine, order) : started(machine)
    response.end(await done.then(() => "done", failed(response)))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    within(moto) {
      ask = askAt(moto)
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const failed = (response: ServerResponse) => (error: unknown) => {
  response.statusCode = 500
  return String(error)
}

interface Told {
  readonly id: string
  readonly userData: string
  readonly order: Commanded | null
}

const refuse = () => Promise.reject(new Error("moto is not up yet"))

function askAt(endpoint: string): Obeying["ask"] {
  const config = { endpoint, region: "us-east-1", credentials: anyKeys }
  const ssm = new SSMClient(config)
  const s3 = new S3Client({ ...config, forcePathStyle: true })
  // Each operation's own input is what an obeying machine asks it with.
  const operations: Readonly<Record<string, (input: object) => Promise<object>>> = {
    "ssm:GetParameters": (input) => ssm.send(new GetParametersCommand(input as GetParametersCommandInput)),
    "ssm:PutParameter": (input) => ssm.send(new PutParameterCommand(input as PutParameterCommandInput)),
    "s3:PutObject": (input) => s3.send(new PutObjectCommand(input as PutObjectCommandInput)),
  }
  return async (service, operation, input) => {
    const asked = operations[`${service}:${operation}`]
    if (!asked) throw new Error(`no machine on moto asks for ${service}:${operation}`)
    return { ...(await asked(input)) }
  }
}
