import { expect, it } from "vitest";
import { createIdentity } from "./identity.ts";
import type { Official } from "./match.ts";
import { anOfficial } from "./testing/people.ts";

/** Says each time that somebody reads a name. */
const watched = (facts: Partial<Official>, onName: () => void): Official => ({
  ...anOfficial({ role: "Huvuddomare", name: "Prov Domare", phone: "0700000001", ...facts }),
  get name() {
    onName();
    return "Prov Domare";
  },
});

it("compares nobody with anybody while all are known by FOGIS's ids, and all as soon as one is not", () => {
  let read = 0;
  const all = Array.from({ length: 50 }, (_, n) => watched({ personId: `${n}` }, () => (read += 1)));
  const { idOf, today } = createIdentity(all, (text) => text);
  expect(all.map(idOf)).toEqual(all.map((_, n) => `fogis-${n}`));
  expect([today("fogis-7"), read]).toEqual(["fogis-7", 0]);
  const other = anOfficial({ role: "Huvuddomare", name: "Prov Domare", phone: "0700000001" });
  expect([idOf(other), read >= 50]).toEqual(["fogis-0", true]);
});
