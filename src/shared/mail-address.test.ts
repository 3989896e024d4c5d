import { expect, test } from "vitest";
import { mailAddressesIn } from "./mail-address.ts";

test.each([
  ["", []],
  ["anna@example.com", ["anna@example.com"]],
  [" anna@example.com , bo.b+x@mail.example.com,anna@example.com", ["anna@example.com", "bo.b+x@mail.example.com"]],
  ["åsa@exämple.com", ["åsa@exämple.com"]],
])("%s: these addresses", (text, addresses) => {
  expect(mailAddressesIn(text)).toEqual(addresses);
});

test.each(["anna", "anna@", "@example.com", "Anna <anna@example.com>", "a@b@c", "a@b.\r\nBcc: c@d", "a b@c.d", "a@.b"])(
  "%j is none",
  (text) => {
    expect(mailAddressesIn(text)).toBeUndefined();
  },
);
