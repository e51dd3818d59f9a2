/** What moto calls the account, whatever the keys are. */
export const motoAccount = "123456789012"

/** It looks at no signature. */
export const anyKeys = { accessKeyId: "conformance", secretAccessKey: "conformance" } as const
