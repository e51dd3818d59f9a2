// Imported before a command: says in the end which files the command loaded.
import { writeFileSync } from "node:fs"
import { createRequire } from "node:module"

const { cache } = createRequire(import.meta.url)

process.on("exit", () => writeFileSync(process.env.LOADED_FILES ?? "", JSON.stringify(Object.keys(cache))))
