import type { Content } from "../documents/content.ts"

/** What of Amazon's own documents can be sent here. */
export const published: ReadonlyMap<string, Content> = new Map([
  [
    "AWS-RunShellScript",
    {
      schemaVersion: "1.2",
      description: "Run a shell script or specify the commands to run.",
      parameters: {
        commands: { type: "StringList" },
        workingDirectory: { type: "String", default: "", allowedPattern: "^$" },
        executionTimeout: { type: "String", default: "3600", allowedPattern: "^[1-9][0-9]{0,5}$" },
      },
      step: { name: "0.awsrunShellScript", lines: ["{{ commands }}"], timeout: "{{ executionTimeout }}" },
    },
  ],
])
