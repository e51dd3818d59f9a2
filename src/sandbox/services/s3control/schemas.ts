/** The wire shapes of the operations that are served, by name, so that a bundle carries only these. */
export {
  DeletePublicAccessBlock$,
  GetPublicAccessBlock$,
  NoSuchPublicAccessBlockConfiguration$,
  PutPublicAccessBlock$,
} from "@aws-sdk/client-s3-control"
