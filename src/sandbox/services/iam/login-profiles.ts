import type * as Iam from "@aws-sdk/client-iam"
import { handlers, Refusal } from "../../service.ts"
import { given } from "../given.ts"
import { missing } from "./records.ts"
import { type UserRecord, userOf, userOrSelf, users } from "./user-records.ts"

export const loginHandlers = handlers<typeof Iam>()({
  CreateLoginProfile: (input, call) => {
    const user = userOrSelf(call, input.UserName)
    if (user.Login) {
      throw new Refusal("EntityAlreadyExistsException", `Login Profile for user ${user.UserName} already exists.`, 409)
    }
    checkPassword(given(input.Password, "password"))
    const Login = { CreateDate: call.now, PasswordResetRequired: input.PasswordResetRequired ?? false }
    users(call).put(user.UserName, { ...user, Login })
    return { LoginProfile: view(user, Login) }
  },

  GetLoginProfile: (input, call) => {
    const user = userOrSelf(call, input.UserName)
    return { LoginProfile: view(user, loginOf(user)) }
  },

  UpdateLoginProfile: (input, call) => {
    const user = userOf(call, input.UserName)
    const login = loginOf(user)
    if (input.Password !== undefined) checkPassword(input.Password)
    const PasswordResetRequired = input.PasswordResetRequired ?? login.PasswordResetRequired
    users(call).put(user.UserName, { ...user, Login: { ...login, PasswordResetRequired } })
    return {}
  },

  DeleteLoginProfile: (input, call) => {
    const user = userOrSelf(call, input.UserName)
    loginOf(user)
    const { Login: _gone, ...rest } = user
    users(call).put(user.UserName, rest)
    return {}
  },
})

type Login = NonNullable<UserRecord["Login"]>

const loginOf = (user: UserRecord): Login =>
  user.Login ?? missing(`Login Profile for User ${user.UserName} cannot be found.`)

const view = ({ UserName }: UserRecord, { CreateDate, PasswordResetRequired }: Login) => ({
  UserName,
  CreateDate: new Date(CreateDate),
  PasswordResetRequired,
})

/** What AWS asks for where the account has no policy of its own: eight characters of three kinds. */
const checkPassword = (password: string): void => {
  const sorts = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((sort) => sort.test(password)).length
  if (password.length >= 8 && sorts >= 3) return
  throw new Refusal("PasswordPolicyViolationException", "Password does not conform to the account password policy.")
}
