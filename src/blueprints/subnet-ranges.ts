/** Two public and two private subnets of 256 addresses in a network of /16 to /22. */
export function subnetRanges(network: string) {
  const [address = "", length = ""] = network.split("/")
  const [a, b, c = 0] = address.split(".").map(Number)
  // The numbers that the larger environments use too, where the network is large enough to have them.
  const [privateA, privateB, publicA, publicB] = Number(length) <= 20 ? [1, 2, 10, 11] : [0, 1, 2, 3]
  const range = (offset: number) => `${a}.${b}.${c + offset}.0/24`
  return {
    "private-a": range(privateA),
    "private-b": range(privateB),
    "public-a": range(publicA),
    "public-b": range(publicB),
  }
}
