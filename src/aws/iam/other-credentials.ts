import {
  DeleteServiceSpecificCredentialCommand,
  DeleteSigningCertificateCommand,
  DeleteSSHPublicKeyCommand,
  ListServiceSpecificCredentialsCommand,
  paginateListSigningCertificates,
  paginateListSSHPublicKeys,
} from "@aws-sdk/client-iam"
import { alreadyGone } from "../already.ts"
import type { Cloud } from "../cloud.ts"
import { everyItem } from "../pages.ts"

/** What we never give, and somebody may have: IAM deletes no user that has any of it. */
export async function dropOtherCredentials({ iam }: Pick<Cloud, "iam">, UserName: string): Promise<void> {
  const keys = await everyItem(paginateListSSHPublicKeys({ client: iam }, { UserName }), (page) => page.SSHPublicKeys)
  for (const { SSHPublicKeyId } of keys)
    await alreadyGone(iam.send(new DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId })))
  // A user has two for each of three services at most: there is no second page.
  const { ServiceSpecificCredentials = [] } = await iam.send(new ListServiceSpecificCredentialsCommand({ UserName }))
  for (const { ServiceSpecificCredentialId } of ServiceSpecificCredentials)
    await alreadyGone(iam.send(new DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId })))
  const certificates = await everyItem(
    paginateListSigningCertificates({ client: iam }, { UserName }),
    (page) => page.Certificates,
  )
  for (const { CertificateId } of certificates)
    await alreadyGone(iam.send(new DeleteSigningCertificateCommand({ UserName, CertificateId })))
}
