import { describe, expect, it } from "vitest";
import { choosable, columnNames, layoutOf, shownColumns, usualColumns } from "./columns.ts";

describe("columns", () => {
  it("always has kick-off and match, and the chosen ones in the table's order", () => {
    expect(shownColumns([])).toEqual(["kickoff", "match"]);
    expect(shownColumns(["number", "venue"])).toEqual(["kickoff", "match", "venue", "number"]);
    expect([...choosable].sort()).toEqual(columnNames.filter((name) => name !== "kickoff" && name !== "match").sort());
  });

  it("fits the usual columns into the smallest window", () => {
    // 900 less the navigation, the page's sides and two scroll bars.
    expect(layoutOf(shownColumns(usualColumns), true).minWidth).toBeLessThanOrEqual(760);
  });

  it("gives the usual columns a line each in a window of usual width", () => {
    expect(layoutOf(shownColumns(usualColumns), true).usualWidth).toBeLessThanOrEqual(1280 - 240);
  });

  it("gives every column a place", () => {
    const { template, minWidth } = layoutOf(shownColumns(choosable), false);
    expect(template.match(/px/g)).toHaveLength(columnNames.length + 1);
    expect(minWidth).toBeGreaterThan(760);
  });
});
