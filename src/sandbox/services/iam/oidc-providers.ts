import type * as Iam from "@aws-sdk/client-iam"
import { type Call, handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { missing, overQuota } from "./records.ts"
import { withoutTags, withTags } from "./tags.ts"
import { type ProviderRecord, providers } from "./user-records.ts"

export const providerHandlers = handlers<typeof Iam>()({
  CreateOpenIDConnectProvider: (input, call) => {
    const Url = bare(given(input.Url, "url"))
    const Arn = `arn:${call.partition}:iam::${call.account}:oidc-provider/${Url}`
    if (providers(call).has(Arn)) {
      throw new Refusal("EntityAlreadyExistsException", `Provider with url https://${Url} already exists.`, 409)
    }
    const limit = call.quota("OpenIdConnectProvidersPerAccount", 100)
    if (providers(call).all().length >= limit) overQuota("OpenIdConnectProvidersPerAccount", limit)
    const provider: ProviderRecord = {
      Arn,
      Url,
      ClientIDList: [...(input.ClientIDList ?? [])],
      ThumbprintList: [...(input.ThumbprintList ?? [OWN_CHECK])],
      CreateDate: call.now,
      Tags: withTags([], input.Tags),
    }
    providers(call).put(Arn, provider)
    return { OpenIDConnectProviderArn: Arn, ...tagsIfAny(provider) }
  },

  GetOpenIDConnectProvider: (input, call) => {
    const provider = providerOf(call, input.OpenIDConnectProviderArn)
    return {
      Url: provider.Url,
      ClientIDList: [...provider.ClientIDList],
      ThumbprintList: [...provider.ThumbprintList],
      CreateDate: new Date(provider.CreateDate),
      ...tagsIfAny(provider),
    }
  },

  ListOpenIDConnectProviders: (_input, call) => ({
    OpenIDConnectProviderList: providers(call)
      .all()
      .map(({ Arn }) => ({ Arn })),
  }),

  // It is no error where there is none.
  DeleteOpenIDConnectProvider: (input, call) => {
    providers(call).delete(given(input.OpenIDConnectProviderArn, "openIDConnectProviderArn"))
    return {}
  },

  // A second time is no error.
  AddClientIDToOpenIDConnectProvider: (input, call) => {
    const provider = providerOf(call, input.OpenIDConnectProviderArn)
    const ClientIDList = [...new Set([...provider.ClientIDList, given(input.ClientID, "clientID")])]
    if (ClientIDList.length > 100) overQuota("ClientIdsPerOpenIdConnectProvider", 100)
    providers(call).put(provider.Arn, { ...provider, ClientIDList })
    return {}
  },

  RemoveClientIDFromOpenIDConnectProvider: (input, call) => {
    const provider = providerOf(call, input.OpenIDConnectProviderArn)
    const gone = given(input.ClientID, "clientID")
    const ClientIDList = provider.ClientIDList.filter((id) => id !== gone)
    providers(call).put(provider.Arn, { ...provider, ClientIDList })
    return {}
  },

  TagOpenIDConnectProvider: (input, call) => {
    const provider = providerOf(call, input.OpenIDConnectProviderArn)
    providers(call).put(provider.Arn, { ...provider, Tags: withTags(provider.Tags, input.Tags) })
    return {}
  },

  UntagOpenIDConnectProvider: (input, call) => {
    const provider = providerOf(call, input.OpenIDConnectProviderArn)
    providers(call).put(provider.Arn, { ...provider, Tags: withoutTags(provider.Tags, input.TagKeys) })
    return {}
  },
})

/** IAM checks well-known providers by their certificate's authority, whatever thumbprint stands there. */
const OWN_CHECK = "0".repeat(40)

const bare = (url: string): string => {
  if (!/^https:\/\/[^/?#\s]+(\/[^?#\s]*)?$/.test(url)) {
    throw new Refusal("InvalidInputException", `Invalid Open ID Connect Provider URL: ${url}`)
  }
  return url.replace(/^https:\/\//, "").replace(/\/$/, "")
}

const providerOf = (call: Call, arn: string | undefined): ProviderRecord => {
  const wanted = given(arn, "openIDConnectProviderArn")
  return providers(call).get(wanted) ?? missing(`OpenIDConnect Provider not found for arn ${wanted}`)
}

const tagsIfAny = ({ Tags }: ProviderRecord) => (Tags.length > 0 ? { Tags: [...Tags] } : {})
