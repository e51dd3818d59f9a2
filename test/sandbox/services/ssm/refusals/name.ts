import { api, moto, names, ours, overwriting, put, putting, type SsmRow, seen } from "./case.ts"

export const nameRows: readonly SsmRow[] = [
  [
    "a name of AWS's own",
    "AccessDeniedException: No access to reserved parameter name: /aws/x.",
    seen,
    putting({ Name: "/aws/x" }),
  ],
  ["the same in capitals, without a path", "AccessDeniedException: AWSx", names, putting({ Name: "AWSx" })],
  [
    "a name of the service's own",
    'ValidationException: can\'t be prefixed with "ssm"',
    names,
    putting({ Name: "/SSM/x" }),
  ],
  ["a path without its first slash", "ValidationException: If formed as a path", names, putting({ Name: "app/name" })],
  ["a level without a name", "ValidationException: sub-paths divided by slash", names, putting({ Name: "/app//name" })],
  ["a path without a name", "ValidationException: sub-paths divided by slash", names, putting({ Name: "/app/" })],
  [
    "a space",
    "ValidationException: letters, numbers and the following 3 symbols .-_",
    names,
    putting({ Name: "/a b" }),
  ],
  [
    "a sixteenth level",
    "HierarchyLevelLimitExceededException: at most 15 levels",
    names,
    putting({ Name: "/a".repeat(16) }),
  ],
  [
    "to read what is no name",
    "ValidationException: If formed as a path",
    seen,
    (aws) => aws.refused("GetParameter", { Name: "app/name" }),
  ],
  [
    "a path that is none",
    "ValidationException: must begin with a forward slash",
    seen,
    (aws) => aws.refused("GetParametersByPath", { Path: "app" }),
  ],
  [
    "no name",
    "ValidationException: Value null at 'name'",
    api("GetParameter"),
    (aws) => aws.refused("GetParameter", { Name: undefined }),
  ],
]

export const existenceRows: readonly SsmRow[] = [
  ["a name twice", "ParameterAlreadyExists: set the overwrite option", moto, putting({ Name: "/app/name" })],
  [
    "tags while overwriting",
    "ValidationException: tags and overwrite can't be used together",
    moto,
    overwriting({ Tags: [{ Key: "a", Value: "b" }] }),
  ],
  [
    "more parameters than a region has",
    "ParameterLimitExceeded: 3",
    api("PutParameter"),
    (aws) => {
      aws.quotas.set("Parameters", 3)
      return put(aws)
    },
  ],
  [
    "what isn't there",
    "ParameterNotFound: Parameter /gone not found.",
    api("GetParameter"),
    (aws) => aws.refused("GetParameter", { Name: "/gone" }),
  ],
  [
    "to delete what isn't there",
    "ParameterNotFound: /gone",
    api("DeleteParameter"),
    (aws) => aws.refused("DeleteParameter", { Name: "/gone" }),
  ],
  [
    "another account's",
    "ParameterNotFound",
    api("GetParameter"),
    (aws) => aws.refused("GetParameter", { Name: "arn:aws:ssm:us-east-1:999999999999:parameter/app/name" }),
  ],
  [
    "a version that isn't",
    "ParameterVersionNotFound: Systems Manager could not find version 2 of /app/name.",
    moto,
    (aws) => aws.refused("GetParameter", { Name: "/app/name:2" }),
  ],
  [
    "a label that isn't",
    "ParameterVersionNotFound: version live of",
    api("GetParameter"),
    (aws) => aws.refused("GetParameter", { Name: "/app/name:live" }),
  ],
  [
    "a former version",
    "NotImplemented: former versions of a parameter are not kept",
    ours,
    (aws) => {
      put(aws, { Name: "/app/name", Overwrite: true })
      return aws.refused("GetParameter", { Name: "/app/name:1" })
    },
  ],
]
