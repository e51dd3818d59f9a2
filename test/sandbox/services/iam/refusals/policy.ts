import { allow } from "../ground.ts"
import { api, assume, granted, type IamRow, moto, role, trusted } from "./case.ts"

const grammar = "IAM user guide: policy grammar"

export const trustRows: readonly IamRow[] = [
  [
    "a trust policy that is no JSON",
    "MalformedPolicyDocumentException: invalid Json",
    moto,
    (aws) => role(aws, { AssumeRolePolicyDocument: "{" }),
  ],
  [
    "a trust policy that is a list",
    "MalformedPolicyDocumentException: invalid Json",
    grammar,
    (aws) => role(aws, { AssumeRolePolicyDocument: "[]" }),
  ],
  [
    "trust of a version that isn't",
    "MalformedPolicyDocumentException: Syntax errors",
    grammar,
    trusted(assume, { Version: "2020-01-01" }),
  ],
  [
    "trust without a statement",
    "MalformedPolicyDocumentException: Missing required field Statement",
    grammar,
    trusted(undefined),
  ],
  ["trust with no statement", "MalformedPolicyDocumentException: Syntax errors", grammar, trusted([])],
  ["a statement that is none", "MalformedPolicyDocumentException: Syntax errors", grammar, trusted([[]])],
  [
    "trust without an effect",
    "MalformedPolicyDocumentException: Missing required field Effect",
    grammar,
    trusted({ ...assume, Effect: undefined }),
  ],
  [
    "trust of another effect",
    "MalformedPolicyDocumentException: Syntax errors",
    grammar,
    trusted({ ...assume, Effect: "allow" }),
  ],
  [
    "trust of nobody",
    "MalformedPolicyDocumentException: Missing required field Principal",
    grammar,
    trusted({ ...assume, Principal: undefined }),
  ],
  [
    "trust of a service that isn't",
    'MalformedPolicyDocumentException: Invalid principal in policy: "SERVICE":"ec2"',
    grammar,
    trusted({ ...assume, Principal: { Service: "ec2" } }),
  ],
  [
    "trust with a resource",
    "MalformedPolicyDocumentException: Has prohibited field Resource",
    grammar,
    trusted({ ...assume, Resource: "*" }),
  ],
  [
    "trust without an action",
    "MalformedPolicyDocumentException: Missing required field Action",
    grammar,
    trusted({ ...assume, Action: undefined }),
  ],
  [
    "trust with another service's action",
    "MalformedPolicyDocumentException: may only specify STS AssumeRole actions",
    grammar,
    trusted({ ...assume, Action: ["sts:AssumeRole", "s3:GetObject"] }),
  ],
  [
    "such a policy later",
    "MalformedPolicyDocumentException: invalid Json",
    api("UpdateAssumeRolePolicy"),
    (aws) => aws.refused("UpdateAssumeRolePolicy", { RoleName: "node", PolicyDocument: "nothing" }),
  ],
]

export const permissionRows: readonly IamRow[] = [
  ["permissions that are no JSON", "MalformedPolicyDocumentException: Syntax errors", grammar, granted("nothing")],
  [
    "permissions of the old version",
    "MalformedPolicyDocumentException: must be version 2012-10-17 or greater",
    "moto's policy validation, recorded from AWS",
    granted(JSON.stringify({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } })),
  ],
  [
    "permissions of another effect",
    "MalformedPolicyDocumentException: Syntax errors",
    grammar,
    granted(allow({ Effect: "Maybe" })),
  ],
  [
    "permissions with a principal",
    "MalformedPolicyDocumentException: should not specify a principal",
    grammar,
    granted(allow({ Principal: "*" })),
  ],
  [
    "permissions to do nothing",
    "MalformedPolicyDocumentException: must contain actions",
    grammar,
    granted(allow({ Action: [] })),
  ],
  [
    "an action of no service",
    "MalformedPolicyDocumentException: prefaced by a vendor",
    grammar,
    granted(allow({ Action: "GetObject" })),
  ],
  [
    "permissions on nothing",
    "MalformedPolicyDocumentException: must contain resources",
    grammar,
    granted(allow({ Resource: undefined })),
  ],
  [
    "a resource that is no ARN",
    "MalformedPolicyDocumentException: Resource bucket must be in ARN format",
    grammar,
    granted(allow({ Resource: ["*", "bucket"] })),
  ],
  [
    "a resource of every partition",
    'MalformedPolicyDocumentException: Partition "*" is not valid',
    grammar,
    granted(allow({ Resource: "arn:*:s3:::b" })),
  ],
  [
    "a resource of every service",
    "MalformedPolicyDocumentException: vendor must be fully qualified",
    grammar,
    granted(allow({ Resource: "arn:aws:s*:::b" })),
  ],
]
