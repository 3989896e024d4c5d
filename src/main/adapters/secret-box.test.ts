import { expect, test } from "vitest";
import { secretBoxOf } from "./secret-box.ts";

const storage = (facts: { readonly available?: boolean; readonly backend?: string } = {}) => ({
  isEncryptionAvailable: () => facts.available ?? true,
  encryptString: (text: string) => Buffer.from([...text].reverse().join("")),
  decryptString: (sealed: Buffer) => {
    if (sealed.length === 0) throw new Error("not ours");
    return [...sealed.toString()].reverse().join("");
  },
  getSelectedStorageBackend: () => facts.backend ?? "gnome_libsecret",
});

test("a system without a keyring has no box; neither has a Linux whose only key is known to everybody", () => {
  expect(secretBoxOf(storage({ available: false }), "win32")).toBeNull();
  expect(secretBoxOf(storage({ backend: "basic_text" }), "linux")).toBeNull();
  expect(secretBoxOf(storage({ backend: "unknown" }), "linux")).toBeNull();
  // Only Linux can be asked for its backend.
  expect(secretBoxOf({ ...storage(), getSelectedStorageBackend: () => expect.fail() }, "darwin")).not.toBeNull();
});

test("what was sealed can be opened, and what another keyring sealed is as good as not there", () => {
  const box = secretBoxOf(storage(), "linux");
  expect(box?.open(box.seal("hemligt"))).toBe("hemligt");
  expect(box?.seal("hemligt")).toMatch(/^[A-Za-z0-9+/]+=*$/);
  expect(box?.open("")).toBeNull();
});
