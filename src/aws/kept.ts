/** What an adopted thing has of its own, where ours would have another: it goes on having it, and that is no difference. */
export interface Kept {
  readonly kept: string
}

export const isKept = (value: unknown): value is Kept => typeof value === "object" && value !== null && "kept" in value
