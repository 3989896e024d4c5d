import type { AddressBook } from "../core/contacts/port.ts";
import type { Log } from "../core/ports.ts";
import type { Config } from "../shared/config.ts";
import { systemClock } from "./adapters/clock.ts";
import { googleAuth, googleTimeoutMs } from "./adapters/google/account.ts";
import type { SignIns } from "./adapters/google/sign-ins.ts";
import { certificateAuthority } from "./remote-calendars.ts";

type Options = { readonly signIns: SignIns; readonly log: Log };

/** Makes the address books that a configuration names, and loads what they need and nobody else does. */
export const remoteAddressBooks = async (config: Config, options: Options): Promise<readonly AddressBook[]> => {
  const wanted = new Set(config.AVSPARK_CONTACTS);
  return [
    ...(wanted.has("google") ? [await googleBook(config, options)] : []),
    // One that lacks what it needs is not kept, and the service says what is missing.
    ...(wanted.has("carddav") && config.CARDDAV_URL !== null ? [await carddavBook(config, options.log)] : []),
  ];
};

const googleBook = async (config: Config, { signIns, log }: Options): Promise<AddressBook> => {
  const { createGoogleContacts } = await import("./adapters/google/contacts-book.ts");
  return createGoogleContacts({
    auth: googleAuth(config, signIns),
    apiRoot: config.GOOGLE_API_ROOT,
    group: config.AVSPARK_CONTACTS_GROUP,
    clock: systemClock,
    timeoutMs: googleTimeoutMs,
    log,
  });
};

const carddavBook = async (config: Config, log: Log): Promise<AddressBook> => {
  const { createCarddavBook } = await import("./adapters/carddav/book.ts");
  return createCarddavBook({
    url: config.CARDDAV_URL ?? "",
    username: config.CARDDAV_USERNAME,
    password: config.CARDDAV_PASSWORD,
    ca: certificateAuthority("CARDDAV_TLS_CA_FILE", config.CARDDAV_TLS_CA_FILE),
    group: config.AVSPARK_CONTACTS_GROUP,
    log,
  });
};
