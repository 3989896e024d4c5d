import { describe, expect, test } from "vitest";
import { createListing } from "./listing.ts";

const fresh = () => createListing({ meta: {}, source: "one" });
const etag = '"1"';

describe("the ETag of the list that was applied last", () => {
  test("is asked with while nothing else changes a match", () => {
    const listing = fresh();
    expect(listing.asking(0)).toBeNull();
    listing.applied({ etag, matches: 3, whole: true, lastChange: 7 });
    expect(listing.asking(7)).toBe(etag);
    expect(listing.matches()).toBe(3);
  });

  test("is of no use once something else has: what it changed may have been taken back since", () => {
    const listing = fresh();
    listing.asking(0);
    listing.applied({ etag, matches: 3, whole: true, lastChange: 7 });
    expect(listing.asking(8)).toBeNull();
    // Another list told the same again.
    listing.applied({ etag, matches: 3, whole: true, lastChange: 8 });
    expect(listing.asking(8)).toBe(etag);
  });

  test("is of no use when something was told between asking and applying", () => {
    const listing = fresh();
    listing.asking(0);
    listing.told();
    listing.applied({ etag, matches: 3, whole: true, lastChange: 7 });
    expect(listing.asking(7)).toBeNull();
  });

  test("is of no use when a match stays that the list does not have", () => {
    const listing = fresh();
    listing.asking(0);
    listing.applied({ etag, matches: 3, whole: false, lastChange: 7 });
    expect(listing.asking(7)).toBeNull();
  });

  test("outlives the run, with the same condition", () => {
    const listing = fresh();
    listing.asking(0);
    const facts = listing.applied({ etag, matches: 3, whole: true, lastChange: 7 });
    const meta = Object.fromEntries(
      Object.entries(facts).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
    );
    const again = createListing({ meta, source: "one" });
    expect(again.asking(7)).toBe(etag);
    expect(again.matches()).toBe(3);
    expect(again.asking(8)).toBeNull();
    // Another source may give the same one to another list.
    expect(createListing({ meta, source: "other" }).asking(7)).toBeNull();
  });
});
