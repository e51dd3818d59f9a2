import { expect, it } from "vitest"
import { ground } from "./ground.ts"

it("has no password policy until somebody makes one, and what is left out of it falls back", () => {
  const aws = ground()
  expect(aws.refused("GetAccountPasswordPolicy", {})).toContain("NoSuchEntityException")
  expect(aws.refused("DeleteAccountPasswordPolicy", {})).toContain("NoSuchEntityException")
  aws.run("UpdateAccountPasswordPolicy", { MinimumPasswordLength: 14, RequireSymbols: true })
  aws.run("UpdateAccountPasswordPolicy", { MaxPasswordAge: 90 })
  expect(aws.run("GetAccountPasswordPolicy", {}).PasswordPolicy).toMatchObject({
    MinimumPasswordLength: 6,
    RequireSymbols: false,
    MaxPasswordAge: 90,
    ExpirePasswords: true,
  })
  aws.run("DeleteAccountPasswordPolicy", {})
  expect(aws.refused("GetAccountPasswordPolicy", {})).toContain("NoSuchEntityException")
})

it("makes a service's own role once, under a path of its own", () => {
  const aws = ground()
  const AWSServiceName = "rds.amazonaws.com"
  const { Role } = aws.run("CreateServiceLinkedRole", { AWSServiceName })
  expect(Role?.Arn).toBe("arn:aws:iam::111122223333:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS")
  expect(aws.refused("CreateServiceLinkedRole", { AWSServiceName })).toMatch(
    /^InvalidInputException: .* has been taken/,
  )
  expect(aws.refused("CreateServiceLinkedRole", { AWSServiceName: "x.amazonaws.com" })).toContain("NotImplemented")
})
