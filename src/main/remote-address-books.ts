import type { AddressBook } from "../core/contacts/port.ts";
import type { Log } from "../core/ports.ts";
import type { Config } from "../shared/config.ts";
import { createCarddavBook } from "./adapters/carddav/book.ts";
import { certificateAuthority } from "./remote-calendars.ts";

/** Makes the address books that a configuration names. */
export const remoteAddressBooks = (config: Config, { log }: { readonly log: Log }): readonly AddressBook[] => {
  const wanted = new Set(config.AVSPARK_CONTACTS);
  // One that lacks what it needs is not kept, and the service says what is missing.
  return wanted.has("carddav") && config.CARDDAV_URL !== null ? [carddavBook(config, log)] : [];
};

const carddavBook = (config: Config, log: Log): AddressBook =>
  createCarddavBook({
    url: config.CARDDAV_URL ?? "",
    username: config.CARDDAV_USERNAME,
    password: config.CARDDAV_PASSWORD,
    ca: certificateAuthority("CARDDAV_TLS_CA_FILE", config.CARDDAV_TLS_CA_FILE),
    group: config.AVSPARK_CONTACTS_GROUP,
    log,
  });
