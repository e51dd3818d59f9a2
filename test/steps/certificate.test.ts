import { RemoveTagsFromCertificateCommand } from "@aws-sdk/client-acm"
import { CreateHostedZoneCommand, ListResourceRecordSetsCommand } from "@aws-sdk/client-route-53"
import { describe, expect, it } from "vitest"
import { certificate } from "../../src/steps/certificate.ts"
import { hostedZone } from "../../src/steps/choice.ts"
import { alias, proof } from "../../src/steps/dns-record.ts"
import { listener } from "../../src/steps/listener.ts"
import { bench, there } from "./bench.ts"
import { balancer } from "./front.ts"
import { scope } from "./network.ts"

const on = bench()

const named = (domain: string) => {
  const zone = hostedZone({ scope, domain })
  const hosts = [`a.${domain}`, `b.${domain}`] as const
  const shown = certificate({ scope, name: domain, hosts, zone })
  const door = listener({
    scope,
    name: "https",
    loadBalancer: balancer,
    port: 443,
    certificate: shown,
    routes: [],
    otherwise: "answer 404",
  })
  const names = hosts.flatMap((host) => [
    alias({ scope, host, zone, loadBalancer: balancer }),
    proof({ scope, host, zone, certificate: shown }),
  ])
  return { zone, shown, door, names }
}

const recordsIn = async (HostedZoneId: string | undefined) =>
  ((await on.cloud.route53.send(new ListResourceRecordSetsCommand({ HostedZoneId }))).ResourceRecordSets ?? []).map(
    ({ Name, Type }) => `${Type} ${Name}`,
  )

describe("a certificate, and the names that it is for", () => {
  const { door, names, shown, zone } = named("trading.example.com")

  it("is proved in the account's own zone, the closest one, and shown at the door", async () => {
    for (const Name of ["example.com", "trading.example.com", "other.example.com"])
      await on.cloud.route53.send(new CreateHostedZoneCommand({ Name, CallerReference: Name }))
    await on.make(door, ...names)
    expect(await on.live(shown)).toMatchObject({ hosts: ["a.trading.example.com", "b.trading.example.com"] })
    expect((await on.live(door)).certificate).toBe((await on.live(shown)).id)
    expect(await recordsIn((await on.live(zone)).value)).toEqual([
      "NS trading.example.com.",
      "SOA trading.example.com.",
      "A a.trading.example.com.",
      expect.stringMatching(/^CNAME _[0-9a-f]+\.a\.trading\.example\.com\.$/),
      "A b.trading.example.com.",
      expect.stringMatching(/^CNAME _[0-9a-f]+\.b\.trading\.example\.com\.$/),
    ])
    for (const one of [shown, door, ...names]) expect((await on.see(one)).state).toBe("same")
  })

  it("knows again which zone it belongs to, when somebody took that away", async () => {
    const Tags = [{ Key: "smart0dte:zone" }]
    const CertificateArn = (await on.live(shown)).id
    await on.cloud.acm.send(new RemoveTagsFromCertificateCommand({ CertificateArn, Tags }))
    expect((await on.see(shown)).changes.map(({ field }) => field)).toEqual(["zone"])
    await on.make(shown)
    expect((await on.see(shown)).state).toBe("same")
  })

  it("goes with all its records, and leaves the zone as it was", async () => {
    const { value } = await on.live(zone)
    await on.unmake(true, door, ...names)
    expect(await recordsIn(value)).toEqual(["NS trading.example.com.", "SOA trading.example.com."])
  })
})

describe("a certificate whose names are kept elsewhere", () => {
  const { door, names, shown, zone } = named("trading.example.org")

  it("says which records are to be set, and holds up only what shows it", async () => {
    const failure = await on.make(door, ...names).then(
      () => "nothing",
      (error: unknown) => String(error),
    )
    const proofs = (await on.live(shown)).proofs
    expect(proofs).toHaveLength(2)
    expect(failure).toContain("certificate/trading.example.org: Awaited")
    for (const { name, value } of proofs) expect(failure).toContain(`CNAME ${name} to ${value}`)
    expect((await on.live(zone)).value).toBe("elsewhere")
    expect((await on.see(door)).state).toBe("missing")
    for (const one of names) expect((await on.see(one)).state).toBe("same")
    expect((await on.see(shown)).because).toContain("it waits for these records")
  })

  it("lets the door be made once somebody has set them", async () => {
    // Stands for whoever keeps these names: the sandbox looks into every zone there is.
    const elsewhere = { Name: "trading.example.org", CallerReference: "elsewhere" }
    const { HostedZone } = await on.cloud.route53.send(new CreateHostedZoneCommand(elsewhere))
    for (const { name, value } of (await on.live(shown)).proofs) {
      const { changeRecord } = await import("../../src/aws/route53/record-sets.ts")
      const set = { zone: there(HostedZone?.Id), record: name, type: "CNAME", ttl: 60, value }
      await changeRecord(on.cloud, "CREATE", set)
    }
    on.sandbox.world.clock.advance(600_000)
    await on.make(door)
    expect((await on.live(door)).certificate).toBe((await on.live(shown)).id)
  })
})
