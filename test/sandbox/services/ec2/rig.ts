import type * as client from "@aws-sdk/client-ec2"
import { ec2 } from "../../../../src/sandbox/services/ec2/index.ts"
import { type Rig as RigOf, rigOf } from "../rig.ts"

export type Rig = RigOf<typeof client>

export const rig = (): Rig => rigOf(ec2)
