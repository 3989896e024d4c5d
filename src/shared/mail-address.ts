/** As far as a header and an envelope are safe with it: a server says the rest. */
export const isMailAddress = (text: string): boolean =>
  text.length <= 254 && /^[^\s@,;:<>()[\]"\\\p{C}]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u.test(text);

const most = 50;

/** undefined: they are not all addresses. */
export const mailAddressesIn = (text: string): readonly string[] | undefined => {
  const addresses = text
    .split(",")
    .map((address) => address.trim())
    .filter((address) => address !== "");
  return addresses.length <= most && addresses.every(isMailAddress) ? [...new Set(addresses)] : undefined;
};
