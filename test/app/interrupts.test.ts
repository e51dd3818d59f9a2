import { EventEmitter } from "node:events"
import { describe, expect, it } from "vitest"
import { listen } from "../../src/app/interrupts.ts"

function listening() {
  const source = new EventEmitter()
  const said: string[] = []
  const left: number[] = []
  const interrupts = listen(
    source,
    (line) => said.push(line),
    (code) => left.push(code),
  )
  return { source, said, left, interrupts }
}

describe("a signal", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ])("%s stops work that comes to rest by itself, and asks for exit code %i", async (signal, code) => {
    const { source, said, left, interrupts } = listening()
    const result = interrupts.settling(async (stop) => {
      source.emit(signal)
      return stop.aborted
    })
    expect(await result).toBe(true)
    expect(interrupts.code()).toBe(code)
    expect(said).toEqual([expect.stringContaining("stopping: nothing new is started")])
    expect(left).toEqual([])
  })

  it("ends at once where nothing has to come to rest", async () => {
    const { source, interrupts } = listening()
    await interrupts.settling(async () => {})
    source.emit("SIGINT")
    await expect(interrupts.leave).rejects.toThrow("stopped by SIGINT")
  })

  it("the second one ends the process, with the code of the first", async () => {
    const { source, said, left, interrupts } = listening()
    await interrupts.settling(async () => {
      source.emit("SIGTERM")
      source.emit("SIGINT")
    })
    expect(left).toEqual([143])
    expect(said[1]).toContain("left at once")
  })
})
