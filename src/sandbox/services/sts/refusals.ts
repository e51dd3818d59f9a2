import { Refusal } from "../../service.ts"

export const denied = (message: string): Refusal => new Refusal("AccessDenied", message, 403)

export const invalid = (message: string): Refusal => new Refusal("ValidationError", message, 400)
