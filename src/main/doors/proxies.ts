import { BlockList, isIPv6 } from "node:net";

/** Whether an address is that of a proxy of ours, by a list of addresses and networks as `172.16.0.0/12`. */
export const createProxies = (listed: readonly string[]): ((address: string) => boolean) => {
  const known = new BlockList();
  for (const one of listed) {
    const [address = "", prefix] = one.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (prefix === undefined) known.addAddress(address, family);
    else known.addSubnet(address, Number(prefix), family);
  }
  return (given) => {
    const address = given.replace(/^::ffff:(?=\d+\.)/, "");
    return known.check(address, isIPv6(address) ? "ipv6" : "ipv4");
  };
};
