/** The wire shapes of the operations that are served, by name, so that a bundle carries only these. */
export {
  AccessDeniedException$,
  DeleteAlternateContact$,
  GetAlternateContact$,
  PutAlternateContact$,
  ResourceNotFoundException$,
  ValidationException$,
} from "@aws-sdk/client-account"
