import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvOf, type Table, textOf } from "./table.ts";

const table = (...rows: Table["rows"]): Table => ({
  title: "Matcher",
  columns: [
    { label: "Datum", kind: "day" },
    { label: "Match", kind: "text" },
    { label: "Antal", kind: "number" },
  ],
  rows,
});

/** Reads RFC 4180 back. */
const fieldsOf = (csv: string, separator: string): readonly (readonly string[])[] => {
  const pattern = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\r\n]*))(${separator}|\r\n)`, "gy");
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.slice(1).matchAll(pattern)) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") lines.push([]);
  }
  return lines.slice(0, -1);
};

describe("csvOf", () => {
  it("is as Excel reads it in each country: a mark for UTF-8, and semicolons in Sweden", () => {
    const one = table(["2027-05-08", "Örgryte – GAIS", 2]);
    expect(csvOf(one, ";")).toBe("\uFEFFDatum;Match;Antal\r\n2027-05-08;Örgryte – GAIS;2\r\n");
    expect(csvOf(one, ",")).toBe("\uFEFFDatum,Match,Antal\r\n2027-05-08,Örgryte – GAIS,2\r\n");
  });

  it("lets no cell be a formula, and leaves numbers numbers", () => {
    const [, ...rows] = fieldsOf(
      csvOf(table(["=1+1", "+46", -1], ["-2", "@SUM(A1)", null], ["\t=1", "\r=1", 0]), ";"),
      ";",
    );
    expect(rows).toEqual([
      ["'=1+1", "'+46", "-1"],
      ["'-2", "'@SUM(A1)", ""],
      ["'\t=1", "'\r=1", "0"],
    ]);
  });

  it("gives every text back, whatever is in it, and no cell begins as a formula does", () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[=+\-@;,"\r\n\t a]{0,6}$/));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text), { maxLength: 8 }), fc.constantFrom(",", ";"), (rows, by) => {
        const [, ...read] = fieldsOf(csvOf(table(...rows), by), by);
        expect(read).toEqual(rows.map((row) => row.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell))));
      }),
    );
  });
});

it("is copied with a tab between cells and a line for each row", () => {
  expect(textOf(table(["2027-05-08", "Två\nrader\there", null], ["=1", "x", 3]))).toBe(
    "Datum\tMatch\tAntal\n2027-05-08\tTvå rader here\t\n'=1\tx\t3\n",
  );
});
