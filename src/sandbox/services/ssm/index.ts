import {
  AddTagsToResource$,
  DeleteParameter$,
  DeleteParameters$,
  DescribeParameters$,
  GetParameter$,
  GetParameters$,
  GetParametersByPath$,
  HierarchyLevelLimitExceededException$,
  HierarchyTypeMismatchException$,
  InvalidAllowedPatternException$,
  InvalidFilterKey$,
  InvalidFilterOption$,
  InvalidFilterValue$,
  InvalidNextToken$,
  InvalidResourceId$,
  ListTagsForResource$,
  ParameterAlreadyExists$,
  ParameterLimitExceeded$,
  ParameterNotFound$,
  ParameterPatternMismatchException$,
  ParameterVersionNotFound$,
  PutParameter$,
  RemoveTagsFromResource$,
  TooManyTagsError$,
} from "@aws-sdk/client-ssm"
import type { Service } from "../../service.ts"
import { readHandlers } from "./read.ts"
import { tagHandlers } from "./tags.ts"
import { writeHandlers } from "./write.ts"

/** Parameter Store: what the tool needs of Systems Manager so far. */
export const ssm: Service = {
  signingName: "ssm",
  schemas: {
    AddTagsToResource$,
    DeleteParameter$,
    DeleteParameters$,
    DescribeParameters$,
    GetParameter$,
    GetParameters$,
    GetParametersByPath$,
    HierarchyLevelLimitExceededException$,
    HierarchyTypeMismatchException$,
    InvalidAllowedPatternException$,
    InvalidFilterKey$,
    InvalidFilterOption$,
    InvalidFilterValue$,
    InvalidNextToken$,
    InvalidResourceId$,
    ListTagsForResource$,
    ParameterAlreadyExists$,
    ParameterLimitExceeded$,
    ParameterNotFound$,
    ParameterPatternMismatchException$,
    ParameterVersionNotFound$,
    PutParameter$,
    RemoveTagsFromResource$,
    TooManyTagsError$,
  },
  handlers: { ...readHandlers, ...writeHandlers, ...tagHandlers },
  reads: /^(Get|List|Describe)/,
  limits: [
    [/^(GetParameter|GetParameters|GetParametersByPath)$/, 40, 40],
    [/^PutParameter$/, 3, 3],
    // Unpublished for the others.
    [/^/, 20, 10],
  ],
}
