import { describe, expect, it } from "vitest"
import { everywhere, rulesOf, sorted, tcp } from "../../../src/aws/ec2/rules.ts"

const account = "111122223333"
const other = "444455556666"

describe("the rules of a group", () => {
  it("are one for each peer, in one order", () => {
    const rules = rulesOf(
      [
        {
          IpProtocol: "tcp",
          FromPort: 443,
          ToPort: 443,
          IpRanges: [{ CidrIp: "203.0.113.0/24", Description: "ours" }, { CidrIp: "198.51.100.0/24" }],
          Ipv6Ranges: [{ CidrIpv6: "2001:db8::/32" }],
          PrefixListIds: [{ PrefixListId: "pl-1" }],
          UserIdGroupPairs: [{ GroupId: "sg-1", UserId: account }],
        },
      ],
      account,
    )
    const peers = ["198.51.100.0/24", "2001:db8::/32", "203.0.113.0/24", "pl-1", "sg-1"]
    expect(rules).toEqual(peers.map((peer) => tcp(443, 443, peer)))
  })

  it("name another account's group with its account, so that it is not taken for ours", () => {
    const pair = { GroupId: "sg-1", UserId: other }
    const rules = rulesOf([{ IpProtocol: "tcp", FromPort: 1, ToPort: 2, UserIdGroupPairs: [pair] }], account)
    expect(rules).toEqual([tcp(1, 2, `${other}/sg-1`)])
  })

  it("of a new group let it reach everything", () => {
    expect(rulesOf([{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }], account)).toEqual([everywhere])
  })

  it("compare alike in whatever order they are wished", () => {
    const [a, b] = [tcp(1, 1, "sg-1"), tcp(2, 2, "sg-0")]
    expect(sorted([b, a])).toEqual(sorted([a, b]))
  })
})
