import { type Expected, type Reading, reading, refuse } from "./reading.ts";
import { readWebAddress } from "./web.ts";

export const serviceAddressesExpected: Expected = {
  en: "addresses such as https://avspark.example.com, with commas between",
  sv: "adresser som https://avspark.example.com, med kommatecken emellan",
};

const plain: Expected = {
  en: "addresses without a user name, ? or #: the token is a setting of its own",
  sv: "adresser utan användarnamn, ? eller #: token är en egen inställning",
};

/** The addresses of one service, in the order in which they are tried; each without a slash at its end. */
export const readServiceAddresses = (text: string): Reading<readonly string[]> =>
  reading(() => {
    const parts = text.split(",").map((part) => part.trim());
    const written = parts.filter((part) => part !== "");
    if (text !== "" && written.length === 0) return refuse(serviceAddressesExpected);
    return [...new Set(written.map(oneOf))];
  });

const oneOf = (text: string): string => {
  const found = readWebAddress(text);
  if (!found.ok) return refuse(found.expected);
  const { href, username, password } = found.value;
  return username === "" && password === "" && !/[?#]/.test(text) ? href.replace(/\/+$/, "") : refuse(plain);
};
