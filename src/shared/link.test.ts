import fc from "fast-check";
import { expect, test } from "vitest";
import { settingNameSchema } from "./config.ts";
import { type LinkTarget, linkTo, readLink } from "./link.ts";

/** Everything that a link can name. */
const named: fc.Arbitrary<readonly [LinkTarget, string]> = fc.oneof(
  fc.tuple(
    fc.constant("match" as const),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).filter((id) => id.length <= 200 && !/\p{C}/u.test(id)),
  ),
  fc.tuple(fc.constant("alert" as const), fc.nat().map(String)),
  fc.tuple(fc.constant("setting" as const), fc.constantFrom(...settingNameSchema.options)),
);
const views = { match: "matches", alert: "alerts", setting: "settings" } as const;

test("what we write leads to what was meant", () => {
  fc.assert(
    fc.property(named, ([target, id]) => {
      expect(readLink(linkTo(target, id))).toEqual({ view: views[target], id });
    }),
  );
});

test("whatever else comes leads nowhere, and never fails", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "avspark://",
      "avspark:",
      "match",
      "alert",
      "setting",
      "app",
      "settings",
      "/",
      "?",
      "#",
      "..",
      "%2f",
    ),
    fc.constantFrom(
      "%00",
      "%E0%A4",
      "%ff",
      "1",
      "REDIS_URL",
      "import",
      "quit",
      "file://",
      "@",
      "\\",
      "\n",
      " ",
      "--no-sandbox",
    ),
    fc.string({ maxLength: 5 }),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
      (text) => {
        const place = readLink(text);
        if (place === null) return;
        // Only a whole link of a known kind was read, to a thing that can be such a one.
        expect(text).toMatch(/^avspark:\/\/(match|alert|setting)\/[^/?#]+$/);
        expect(Object.values(views)).toContain(place.view);
        if (place.view === "settings") expect(settingNameSchema.options).toContain(place.id);
        if (place.view === "alerts") expect(place.id).toMatch(/^\d+$/);
        expect(place.id).toMatch(/^\P{C}{1,200}$/u);
      },
    ),
  );
});

test.each([
  "avspark://app/index.html",
  "avspark://match/",
  "avspark://match/1/2",
  "avspark://match/1?run=quit",
  "avspark://match/a%00b",
  "avspark://match/%E0%A4",
  "avspark://MATCH/1",
  "avspark://user@match/1",
  "avspark://alert/x",
  "avspark://setting/import",
  "avspark://setting/constructor",
  "avspark://constructor/1",
  `avspark://match/${"1".repeat(201)}`,
  "https://match/1",
  " avspark://match/1",
])("%s leads nowhere", (link) => {
  expect(readLink(link)).toBeNull();
});
