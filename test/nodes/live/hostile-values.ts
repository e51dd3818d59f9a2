/** Where text has many letters, so that a limit of length is met. */
const long = 65_536

/** Letters that look like ours, and are of another alphabet. */
const alike: Readonly<Record<string, string>> = {
  ...{ a: "\u0430", c: "\u0441", e: "\u0435", i: "\u0456", m: "\u043c", o: "\u043e", p: "\u0440", s: "\u0455" },
  ...{ A: "\u0410", O: "\u041e", U: "\u054d", "-": "\u2010", ".": "\u2024", "=": "\uff1d" },
  ...Object.fromEntries([..."0123456789"].map((digit) => [digit, String.fromCodePoint(0xff10 + Number(digit))])),
}

/**
 * What somebody might make of a name so that it is taken for it, or runs, or is more than it. None is the name itself,
 * and each says what it is, because most cannot be seen.
 */
export function hostile(name: string): readonly (readonly [how: string, value: string])[] {
  const letters = [...name]
  const replaced = letters.findIndex((letter) => letter in alike)
  const made: readonly (readonly [string, string])[] = [
    ["nothing", ""],
    ["a space", " "],
    ["a space after it", `${name} `],
    ["a space before it", ` ${name}`],
    ["a line break after it", `${name}\n`],
    ["a line break before it", `\n${name}`],
    ["a carriage return after it", `${name}\r`],
    ["a line of its own after it", `${name}\nsmart-0dte.mode=live`],
    ["a single quote", `${name}'`],
    ["a double quote", `"${name}"`],
    ["a way out of single quotes", `${name}'; touch canary; '`],
    ["a substitution", `${name}$(touch canary)`],
    ["backticks", `\`touch canary\`${name}`],
    ["a variable", `${name}\${IFS}canary`],
    ["a parameter of a document", `{{ ${name} }}`],
    ["another command", `${name}; touch canary`],
    ["a pipe", `${name} | touch canary`],
    ["an option", `--${name}`],
    ["a path out of its folder", `../${name}`],
    ["a path below it", `${name}/../../record`],
    ["all of a kind", "*"],
    ["64 KB", name.padEnd(long, "a")],
    ["64 KB of spaces after it", name.padEnd(long, " ")],
    ["a right-to-left mark", `${name}\u200f`],
    ["a turn to the left", `\u202e${letters.toReversed().join("")}`],
    ["a letter of no width", `${name.slice(0, 1)}\u200b${name.slice(1)}`],
    ["a byte order mark", `\ufeff${name}`],
    ["a letter that looks alike", letters.map((letter, nth) => (nth === replaced ? alike[letter] : letter)).join("")],
    ["an accent", `${name}\u0301`],
    ["half a letter", `${name}\ud83d`],
    ["a control character", `${name}\u0007`],
    ["a colour", `\u001b[31m${name}`],
    ["the end of a text", `${name}\0`],
    ["the other case", letters.map(turned).join("")],
  ]
  return made.filter(([, value]) => value !== name)
}

const turned = (letter: string): string =>
  letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()

/** Without what no argument of a process can hold. */
export const hostileArguments = (name: string): readonly (readonly [how: string, value: string])[] =>
  hostile(name).filter(([, value]) => !/[\0\p{Cs}]/u.test(value))
