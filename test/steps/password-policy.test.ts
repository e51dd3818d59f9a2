import {
  GetAccountPasswordPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
  type UpdateAccountPasswordPolicyRequest,
} from "@aws-sdk/client-iam"
import { describe, expect, it } from "vitest"
import { passwordPolicy } from "../../src/steps/password-policy.ts"
import { bench, fieldsOf } from "./bench.ts"

const scope = "account"
const policy = passwordPolicy({ scope })

const all = {
  RequireSymbols: true,
  RequireNumbers: true,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  AllowUsersToChangePassword: true,
  PasswordReusePrevention: 24,
}
/** Longer ones, which do not last, and lock out whoever lets his run out. */
const stricter = { ...all, MinimumPasswordLength: 20, MaxPasswordAge: 90, HardExpiry: true }

describe("a password policy that is stricter than what is wanted", () => {
  const on = bench(scope)
  const set = (rules: UpdateAccountPasswordPolicyRequest) =>
    on.cloud.iam.send(new UpdateAccountPasswordPolicyCommand(rules))
  const live = async () => (await on.cloud.iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy

  it("is as wanted, and left as it is", async () => {
    await set(stricter)
    expect(await on.see(policy)).toMatchObject({ state: "same", changes: [] })
    expect(await on.make(policy)).toEqual([])
    expect(await live()).toMatchObject(stricter)
    await on.unmake(false, policy)
    expect(await live()).toMatchObject(stricter)
  })

  it("in part gets what it lacks, loses nothing, and is as it was when we leave", async () => {
    const before = { ...stricter, RequireSymbols: false, PasswordReusePrevention: 5, AllowUsersToChangePassword: false }
    await set(before)
    expect(fieldsOf(await on.see(policy))).toEqual(["symbols", "ownChange", "remembered"])
    expect(await on.make(policy)).toEqual(["update password-policy/main"])
    expect(await live()).toMatchObject(stricter)
    expect((await on.see(policy)).state).toBe("same")
    await on.unmake(false, policy)
    expect(await live()).toMatchObject(before)
  })

  it("since we set it is nothing that anybody is to mend", async () => {
    await set({ MinimumPasswordLength: 8 })
    await on.make(policy)
    await set(stricter)
    expect((await on.see(policy)).state).toBe("same")
  })

  it("is weaker where less is asked for in any field", async () => {
    for (const [rule, field] of [
      [{ MinimumPasswordLength: 13 }, "length"],
      [{ RequireNumbers: false }, "numbers"],
      [{ RequireUppercaseCharacters: false }, "capitals"],
      [{ RequireLowercaseCharacters: false }, "smallLetters"],
      [{ PasswordReusePrevention: undefined }, "remembered"],
    ] as const) {
      await set({ ...stricter, ...rule })
      expect(fieldsOf(await on.see(policy))).toEqual([field])
    }
  })
})
