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

  it("is told in the words of what has to come to rest, or in none", async () => {
    for (const words of ["closing the tunnel", ""]) {
      const { source, said, interrupts } = listening()
      await interrupts.settling(async () => source.emit("SIGINT"), words)
      expect(said).toEqual(words === "" ? [] : [words])
    }
  })

  it("from the keyboard is for the program that has the terminal, and others still end it", async () => {
    const { source, said, left, interrupts } = listening()
    await interrupts.handingOn(async (stop) => {
      for (const signal of ["SIGINT", "SIGINT", "SIGQUIT", "SIGTSTP"]) expect(source.emit(signal)).toBe(true)
      expect(stop.aborted).toBe(false)
      source.emit("SIGTERM")
      expect(stop.aborted).toBe(true)
    })
    expect({ said, left, code: interrupts.code() }).toEqual({ said: [], left: [], code: 143 })
    // Afterwards they mean again what they mean everywhere.
    expect(source.listenerCount("SIGTSTP")).toBe(0)
    const { source: another, interrupts: others } = listening()
    await others.handingOn(async () => {})
    another.emit("SIGINT")
    await expect(others.leave).rejects.toThrow("stopped by SIGINT")
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
