import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeChecksums } from "../../scripts/lib/package/checksums.mjs";
import { verdictOf } from "../../scripts/lib/package/known-holes.mjs";
import { temporaryFolder } from "../../src/main/adapters/journal/harness.ts";

const today = "2027-05-08";
const report = JSON.stringify({
  vulnerabilities: {
    outer: { via: ["inner"] },
    inner: { via: [{ url: "https://example.com/advisories/GHSA-1", name: "inner", title: "Reads too much" }] },
  },
});

test("a known hole is found once, and put up with only for a reason and until a day", () => {
  expect(verdictOf('{"vulnerabilities": {}}', [], today)).toEqual({ kind: "clean", allowed: 0 });
  const found = { kind: "found", findings: ["GHSA-1: inner: Reads too much"] };
  const allowed = { advisory: "GHSA-1", reason: "Never given foreign input.", until: "2027-05-08" };
  expect(verdictOf(report, [], today)).toEqual(found);
  expect(verdictOf(report, [{ ...allowed, until: "2027-05-07" }], today)).toEqual(found);
  expect(verdictOf(report, [{ ...allowed, reason: " " }], today)).toEqual(found);
  expect(verdictOf(report, [{ ...allowed, advisory: "GHSA-2" }], today)).toEqual(found);
  expect(verdictOf(report, [allowed], today)).toEqual({ kind: "clean", allowed: 1 });
});

test.each(["", "<html>", "null", '{"message": "404 Not Found", "error": {}}', '{"vulnerabilities": null}'])(
  "a registry that answers %j does not pass for clean",
  (output) => {
    expect(verdictOf(output, [], today)).toMatchObject({ kind: "unanswered" });
  },
);

test("the checksums of all that is published, and of nothing else, are such as sha256sum takes", async () => {
  const folder = temporaryFolder();
  const published = [
    "avspark-1.0.0-linux-x64.tar.gz",
    "avspark_1.0.0_amd64.deb",
    "avspark-1.0.0-linux-x64.cdx.json",
    "latest-linux.yml",
  ];
  for (const name of [...published, "builder-debug.yml", "package.json"]) writeFileSync(join(folder, name), name);
  expect(new Set(await writeChecksums(folder))).toEqual(new Set(published));
  const check = execFileSync("sha256sum", ["--check", "SHA256SUMS"], { cwd: folder, encoding: "utf8" });
  expect(check.trim().split("\n")).toHaveLength(published.length);
});
