import { api, moto, ours, overwriting, put, putting, type SsmRow, seen } from "./case.ts"

export const valueRows: readonly SsmRow[] = [
  ["no type", "ValidationException: A parameter type is required", moto, putting({ Type: undefined })],
  [
    "another type",
    "HierarchyTypeMismatchException: /app/name is a String",
    api("PutParameter"),
    overwriting({ Type: "SecureString" }),
  ],
  [
    "no value",
    "ValidationException: Member must have length greater than or equal to 1.",
    moto,
    putting({ Value: "" }),
  ],
  [
    "another parameter within the value",
    "ValidationException: can't nest another parameter",
    api("PutParameter"),
    putting({ Value: "a {{ssm:b}}" }),
  ],
  [
    "braces over several lines",
    "ValidationException: can't nest another parameter",
    seen,
    putting({ Value: "{{\n}}" }),
  ],
  [
    "more than 4 KB",
    "ValidationException: Standard tier parameters support a maximum parameter value of 4096",
    seen,
    putting({ Value: "é".repeat(2049) }),
  ],
  [
    "more than 8 KB",
    "ValidationException: 8192",
    api("PutParameter"),
    putting({ Value: "x".repeat(8193), Tier: "Intelligent-Tiering" }),
  ],
  [
    "a value against its pattern",
    "ParameterPatternMismatchException: cannot be validated against allowedPattern: ^\\d+$",
    "Systems Manager user guide: working with parameters",
    putting({ AllowedPattern: "^\\d+$" }),
  ],
  [
    "a later value against it",
    "ParameterPatternMismatchException: ^\\d+$",
    moto,
    (aws) => {
      aws.run("PutParameter", { Name: "/new", Type: "String", Value: "1", AllowedPattern: "^\\d+$" })
      return put(aws, { Overwrite: true })
    },
  ],
  [
    "a pattern that is none",
    "InvalidAllowedPatternException: (",
    api("PutParameter"),
    putting({ AllowedPattern: "(" }),
  ],
  [
    "a data type that isn't",
    "ValidationException: data type is not supported: Text",
    moto,
    putting({ DataType: "Text" }),
  ],
  [
    "a data type that wants a check",
    "NotImplemented: the data type aws:ec2:image",
    ours,
    putting({ DataType: "aws:ec2:image" }),
  ],
  ["policies", "NotImplemented: Policies", ours, putting({ Policies: "[]" })],
  [
    "a key for a plain text",
    "ValidationException: KeyId is required for SecureString",
    seen,
    putting({ KeyId: "alias/mine" }),
  ],
  [
    "to become standard again",
    "ValidationException: You can't downgrade a parameter from the advanced-parameter tier",
    seen,
    putting({ Name: "plain", Type: "StringList", Overwrite: true, Tier: "Standard" }),
  ],
]
