import type { FinalizeHandler, MetadataBearer } from "@smithy/types"

/** One sending of a request; a call is one or more of them. */
export type Attempt = FinalizeHandler<object, MetadataBearer>
