// Only what is asked with: the package as a whole brings an editor with it, and half a megabyte of character sets.
export { confirm, input, password, select } from "@inquirer/prompts"
