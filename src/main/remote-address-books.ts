import type { AddressBook } from "../core/contacts/port.ts";
import type { Log } from "../core/ports.ts";
import type { Config } from "../shared/config.ts";
import { createCarddavBook } from "./adapters/carddav/book.ts";
import { systemClock } from "./adapters/clock.ts";
import { googleAuth, googleTimeoutMs } from "./adapters/google/account.ts";
import { createGoogleContacts } from "./adapters/google/contacts-book.ts";
import type { SignIns } from "./adapters/google/sign-ins.ts";
import { certificateAuthority } from "./remote-calendars.ts";

type Options = { readonly signIns: SignIns; readonly log: Log };

/** Makes the address books that a configuration names. */
export const remoteAddressBooks = (config: Config, options: Options): readonly AddressBook[] => {
  const wanted = new Set(config.AVSPARK_CONTACTS);
  return [
    ...(wanted.has("google") ? [googleBook(config, options)] : []),
    // One that lacks what it needs is not kept, and the service says what is missing.
    ...(wanted.has("carddav") && config.CARDDAV_URL !== null ? [carddavBook(config, options.log)] : []),
  ];
};

const googleBook = (config: Config, { signIns, log }: Options): AddressBook =>
  createGoogleContacts({
    auth: googleAuth(config, signIns),
    apiRoot: config.GOOGLE_API_ROOT,
    group: config.AVSPARK_CONTACTS_GROUP,
    clock: systemClock,
    timeoutMs: googleTimeoutMs,
    log,
  });

const carddavBook = (config: Config, log: Log): AddressBook =>
  createCarddavBook({
    url: config.CARDDAV_URL ?? "",
    username: config.CARDDAV_USERNAME,
    password: config.CARDDAV_PASSWORD,
    ca: certificateAuthority("CARDDAV_TLS_CA_FILE", config.CARDDAV_TLS_CA_FILE),
    group: config.AVSPARK_CONTACTS_GROUP,
    log,
  });
