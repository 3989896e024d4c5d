import { inflateRawSync } from "node:zlib";
import { expect, it } from "vitest";
import type { Table } from "../../shared/table.ts";
import { spreadsheet } from "./spreadsheet.ts";

/** The texts in a zip archive, by name, as its directory at the end has them (PKWARE's APPNOTE). */
const textsIn = (archive: Uint8Array): ReadonlyMap<string, string> => {
  const bytes = Buffer.from(archive);
  const texts = new Map<string, string>();
  const [end, entry] = [0x06054b50, 0x02014b50];
  expect(bytes.readUInt32LE(bytes.length - 22)).toBe(end);
  for (let at = bytes.readUInt32LE(bytes.length - 6); bytes.readUInt32LE(at) === entry; ) {
    const [size, local] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString("utf8", at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    texts.set(name, inflateRawSync(bytes.subarray(from, from + size)).toString("utf8"));
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return texts;
};

const table: Table = {
  title: "Schema: vecka 18/19 [kladd] med ett långt namn",
  columns: [
    { label: "Datum", kind: "day" },
    { label: "Avspark", kind: "time" },
    { label: "Match", kind: "text" },
    { label: "Antal", kind: "number" },
  ],
  rows: [
    ["2027-05-08", "18:00", '=HYPERLINK("x") & <Örgryte>', 3],
    [null, null, null, null],
  ],
};

it("has real days, times and numbers, and never a formula", async () => {
  const texts = textsIn(await spreadsheet(table));
  const sheet = texts.get("xl/worksheets/sheet1.xml") ?? "";
  // 8 May 2027 as Excel counts days, and three quarters of a day.
  expect(sheet).toContain("<v>46515</v>");
  expect(sheet).toContain("<v>0.75</v>");
  expect(sheet).toContain("<v>3</v>");
  expect(sheet).not.toContain("<f>");
  expect(texts.get("xl/sharedStrings.xml")).toContain('<t>=HYPERLINK("x") &amp; &lt;Örgryte&gt;</t>');
  expect(texts.get("xl/workbook.xml")).toContain('name="Schema  vecka 18 19  kladd  med"');
});

it("takes a season as well as a day", async () => {
  const rows = Array.from({ length: 5000 }, (_, index) => ["2027-05-08", "18:00", `Lag ${index} – Lag`, index]);
  expect(textsIn(await spreadsheet({ ...table, rows })).get("xl/worksheets/sheet1.xml")).toContain("<v>4999</v>");
});
