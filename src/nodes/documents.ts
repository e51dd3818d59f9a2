import compose from "../templates/documents/compose.json" with { type: "json" }
import release from "../templates/documents/release.json" with { type: "json" }

/** What may be run on a node: to change what it has, and to look at and handle what runs. */
export const releaseDocument: object = release
export const composeDocument: object = compose
