import { badValue } from "./records.ts"

/** What ElastiCache makes of the rules that it is given, and gives back: in an order of its own, and complete. */
export const normalAccess = (text: string): string => {
  const rules = text.trim().split(/\s+/)
  const unknown = rules.find((rule) => !known.test(rule))
  if (unknown !== undefined) throw badValue(`Access String syntax error: ${unknown} is not a valid rule.`)
  const commands = rules.filter((rule) => /^[+-]|commands$/.test(rule))
  const first = commands[0] ?? ""
  return [
    rules.findLast((rule) => rule === "on" || rule === "off") ?? "off",
    ...rules.filter((rule) => /^(~|%|allkeys|resetkeys)/.test(rule)),
    ...rules.filter((rule) => /^(&|allchannels|resetchannels)/.test(rule)),
    ...(/^[+-]@all$|^allcommands$|^nocommands$/.test(first) ? [] : ["-@all"]),
    ...commands,
  ].join(" ")
}

/** Passwords are given apart, so their rules are none here, nor is `reset`, which would take them away. */
const known =
  /^(on|off|allkeys|resetkeys|allchannels|resetchannels|allcommands|nocommands|~\S+|%(R|W|RW)~\S+|&\S+|[+-]@?[a-z][a-z0-9|._-]*)$/
