/** What can be known of an error that the SDK threw. */
export interface Failure {
  /** AWS's name for it, or Node's (`ECONNRESET`), or the SDK's (`CredentialsProviderError`). */
  readonly code: string
  readonly message: string
  /** Missing where no answer came. */
  readonly status: number | undefined
  readonly requestId: string | undefined
  /** How many milliseconds AWS's clock is ahead of this machine's, where the answer says. */
  readonly ahead: number | undefined
  /** The host that was asked, where no answer came. */
  readonly host: string | undefined
}

export function failureOf(error: unknown): Failure {
  const thrown: Thrown = typeof error === "object" && error !== null ? error : {}
  const status = thrown.$metadata?.httpStatusCode
  return {
    code: codeOf(thrown, status),
    message: thrown.message || thrown.Error?.Message || thrown.errors?.[0]?.message || "",
    status,
    requestId: thrown.$metadata?.requestId ?? thrown.RequestID ?? thrown.RequestId,
    ahead: aheadOf(thrown.$response?.headers),
    host: thrown.hostname ?? thrown.address ?? thrown.errors?.[0]?.address,
  }
}

/** As the SDK's protocols, Node's sockets and the credential providers shape it; none of it is sure to be there. */
interface Thrown {
  readonly name?: string
  readonly message?: string
  readonly code?: string
  readonly Code?: string
  readonly Error?: { readonly Code?: string; readonly Message?: string }
  readonly errors?: readonly { readonly message?: string; readonly address?: string }[]
  readonly RequestID?: string
  readonly RequestId?: string
  readonly hostname?: string
  readonly address?: string
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> }
}

function codeOf(thrown: Thrown, status: number | undefined): string {
  const said = thrown.Error?.Code ?? thrown.Code ?? (status === undefined ? thrown.code : undefined) ?? thrown.name
  return said ?? "UnknownError"
}

function aheadOf(headers: Readonly<Record<string, string>> | undefined): number | undefined {
  const date = Date.parse(headers?.date ?? "")
  return Number.isNaN(date) ? undefined : date - Date.now()
}
