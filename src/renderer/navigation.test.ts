import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { viewNames } from "../shared/bridge.ts";
import { hrefOf, readPlace } from "./navigation.ts";

describe("readPlace", () => {
  it("reads every place that can be written", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...viewNames),
        fc.option(fc.string({ minLength: 1, unit: "grapheme" })),
        (view, id) => {
          expect(readPlace(hrefOf(view, id))).toEqual({ view, id });
        },
      ),
    );
  });

  it("begins with the overview, whatever else the address says", () => {
    for (const hash of ["", "#", "#/", "#/nowhere/7", "#/overview"])
      expect(readPlace(hash)).toEqual({ view: "overview", id: null });
  });

  it("does not trip over an address that was cut off", () => {
    expect(readPlace("#/matches/%E0%A4%A")).toEqual({ view: "matches", id: null });
  });
});
