import type * as Quotas from "@aws-sdk/client-service-quotas"
import { type Call, handlers, Refusal, type Service } from "../../service.ts"
import { pageByName } from "../pages.ts"
import { type QuotaEntry, quotaCatalog } from "./catalog.ts"
import * as schemas from "./schemas.ts"

/** How many of each the account may have: those that the sandbox's other services keep to. */
export const serviceQuotas: Service = {
  signingName: "servicequotas",
  schemas,
  handlers: handlers<typeof Quotas>()({
    GetServiceQuota: ({ ServiceCode = "", QuotaCode = "" }, call) => {
      const entry = find(ServiceCode, QuotaCode)
      return { Quota: view(call, entry, applied(call, entry)) }
    },

    GetAWSDefaultServiceQuota: ({ ServiceCode = "", QuotaCode = "" }, call) => {
      const entry = find(ServiceCode, QuotaCode)
      return { Quota: view(call, entry, entry.usual) }
    },

    ListServiceQuotas({ ServiceCode = "", QuotaCode, MaxResults, NextToken }, call) {
      const ofService = quotaCatalog.filter(({ service }) => service === ServiceCode)
      if (ofService.length === 0) throw unknown()
      const wanted = ofService.filter(({ code }) => QuotaCode === undefined || code === QuotaCode)
      const { items, next } = pageByName(wanted, ({ code }) => code, {
        size: MaxResults ?? 100,
        token: NextToken,
        refuse: () => new Refusal("InvalidPaginationTokenException", "The token is not valid."),
      })
      return { Quotas: items.map((entry) => view(call, entry, applied(call, entry))), NextToken: next }
    },
  }),
  reads: /^(Get|List)/,
  limits: [[/^/, 10, 10]],
}

const applied = (call: Call, { code, known, usual, own = usual }: QuotaEntry): number => call.quota(known ?? code, own)

function find(service: string, code: string): QuotaEntry {
  const entry = quotaCatalog.find((one) => one.service === service && one.code === code)
  if (!entry) throw unknown()
  return entry
}

const unknown = () =>
  new Refusal("NoSuchResourceException", "The request failed because the specified service or quota does not exist.")

function view(call: Call, { service, serviceName, code, name }: QuotaEntry, value: number): Quotas.ServiceQuota {
  return {
    ServiceCode: service,
    ServiceName: serviceName,
    QuotaArn: `arn:${call.partition}:servicequotas:${call.region}:${call.account}:${service}/${code}`,
    QuotaCode: code,
    QuotaName: name,
    Value: value,
    Unit: "None",
    Adjustable: true,
    GlobalQuota: false,
  }
}
