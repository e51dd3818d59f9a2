import { join } from "node:path"
import { execa } from "execa"
import { expect, it } from "vitest"
import constraints from "../../src/sandbox/constraints.json" with { type: "json" }
import { inProcess } from "../../src/sandbox/in-process.ts"
import { tinyServices } from "../sandbox/tiny.ts"
import { pythonProgram } from "./python.ts"

it("botocore signs requests that the sandbox accepts, and is refused in words that it knows", async () => {
  const python = await pythonProgram("python")
  const sandbox = await inProcess({ services: tinyServices() })
  const { accessKeyId, account, secretAccessKey, url } = sandbox.connection
  const script = join(import.meta.dirname, "wire_signed.py")
  const { stdout } = await execa(python, [script, constraints.botocore, url, accessKeyId, secretAccessKey])
  await sandbox.close()
  expect(JSON.parse(stdout)).toEqual({
    vpc: true,
    parameter: "é💾",
    account,
    bodies: true,
    taken: "PreconditionFailed",
    missing: "NoSuchEntity",
    unwritten: "NotImplemented",
    refusals: {
      ec2: "SignatureDoesNotMatch",
      iam: "SignatureDoesNotMatch",
      sts: "SignatureDoesNotMatch",
      ssm: "InvalidSignatureException",
      s3: "SignatureDoesNotMatch",
    },
  })
})
