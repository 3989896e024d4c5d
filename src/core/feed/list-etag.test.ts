import { describe, expect, test } from "vitest";
import { createListEtag } from "./list-etag.ts";

const fresh = () => createListEtag({ meta: {}, source: "one", lastChange: 0 });
const etag = '"1"';
const whole = { etag, matches: 3, isWhole: true };

describe("the ETag of the list that was applied last", () => {
  test("is asked with while nothing else changes a match", () => {
    const listed = fresh();
    expect(listed.asking()).toBeNull();
    listed.known([{ id: 7 }], true);
    listed.applied(whole);
    expect(listed.asking()).toBe(etag);
    listed.known([], false);
    expect(listed.asking()).toBe(etag);
    expect(listed.matches()).toBe(3);
  });

  test("is of no use once something else has: what it changed may have been taken back since", () => {
    const listed = fresh();
    listed.asking();
    listed.applied(whole);
    listed.known([{ id: 8 }], false);
    expect(listed.asking()).toBeNull();
    // Another list told the same again.
    listed.applied(whole);
    expect(listed.asking()).toBe(etag);
  });

  test("is of no use when something was told between asking and applying", () => {
    const listed = fresh();
    listed.asking();
    listed.known([], false);
    listed.known([{ id: 7 }], true);
    listed.applied(whole);
    expect(listed.asking()).toBeNull();
  });

  test("is of no use when a match stays that the list does not have", () => {
    const listed = fresh();
    listed.asking();
    listed.applied({ ...whole, isWhole: false });
    expect(listed.asking()).toBeNull();
  });

  test("outlives the run, with the same condition", () => {
    const listed = fresh();
    listed.asking();
    listed.known([{ id: 7 }], true);
    const facts = listed.applied(whole);
    const meta = Object.fromEntries(
      Object.entries(facts).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
    );
    const again = createListEtag({ meta, source: "one", lastChange: 7 });
    expect(again.asking()).toBe(etag);
    expect(again.matches()).toBe(3);
    expect(createListEtag({ meta, source: "one", lastChange: 8 }).asking()).toBeNull();
    // Another source may give the same one to another list.
    expect(createListEtag({ meta, source: "other", lastChange: 7 }).asking()).toBeNull();
  });
});
