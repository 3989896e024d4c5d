import { readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { describe, expect, it } from "vitest";

/*
 * What lies above what. The compiler and the linter keep the rooms apart (e2e/import-rule.test.ts); this keeps order within
 * them, and whatever is for tests alone out of what ships.
 */

/** The files and folders of core, the lowest first: each imports only such as stand before it. */
const coreLayers: readonly string[] = [
  "port-kinds.ts",
  "ports.ts",
  "abort.ts",
  "error-name.ts",
  "backoff.ts",
  "every.ts",
  "moment.ts",
  "pause.ts",
  "signal.ts",
  "updates.ts",
  "unfailing-log.ts",
  "port-problem.ts",
  "stored-kind.ts",
  "config",
  "migration",
  "alerts",
  "facts",
  "matches",
  "people",
  "journal.ts",
  "write-behind.ts",
  "access",
  "stats",
  "window",
  "keeper",
  "feed",
  "calendar",
  "contacts",
  "retention",
  "calendar-feeds",
  "desk",
  "outward",
  "targets",
  "delivery",
  "checks",
  "service",
];

/** Names of folders and files that only tests use. */
const forTests = /(^|\/)(testing|harness|samples|mortal)(\/|\.ts|$)/;

type Import = { readonly from: string; readonly to: string };

const importsIn = (from: string, text: string): readonly Import[] =>
  [...text.matchAll(/(?:from|import|import\()\s*"(\.[^"]+)"/g)].map(([, path = ""]) => ({
    from,
    to: posix.join(posix.dirname(from), path),
  }));

/** What ships, by its path within src, and what it imports of src. */
const shipped = (): readonly Import[] =>
  readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(sep).join("/"))
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !forTests.test(name))
    .flatMap((name) => importsIn(name, readFileSync(join(import.meta.dirname, name), "utf8")));

const upward = (imports: readonly Import[]): readonly string[] => {
  const layerOf = (path: string): string => path.split("/")[1] ?? "";
  return imports
    .filter(({ from, to }) => from.startsWith("core/") && to.startsWith("core/"))
    .filter(({ from, to }) => layerOf(from) !== layerOf(to))
    .filter(({ from, to }) => {
      const [above, below] = [coreLayers.indexOf(layerOf(from)), coreLayers.indexOf(layerOf(to))];
      return above === -1 || below === -1 || below > above;
    })
    .map(({ from, to }) => `${from} imports ${to}`);
};

const testingShipped = (imports: readonly Import[]): readonly string[] =>
  imports.filter(({ to }) => forTests.test(to)).map(({ from, to }) => `${from} imports ${to}`);

/** The entries of one folder, files and folders alike, that import each other in a circle. */
const circles = (imports: readonly Import[]): readonly string[] => {
  const edges = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [a, b] = [from.split("/"), to.split("/")];
    const fork = a.findIndex((part, index) => part !== b[index]);
    const [above, below] = [a.slice(0, fork + 1).join("/"), b.slice(0, fork + 1).join("/")];
    edges.set(above, (edges.get(above) ?? new Set()).add(below));
  }
  const reached = (start: string): ReadonlySet<string> => {
    const found = new Set<string>();
    const waiting = [...(edges.get(start) ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      waiting.push(...(edges.get(next) ?? []));
    }
    return found;
  };
  return [...edges.keys()].filter((entry) => reached(entry).has(entry)).sort();
};

describe("what ships", () => {
  const imports = shipped();

  it("has its layers in core in order, each of them named", () => {
    expect(upward(imports)).toEqual([]);
    const found = new Set(imports.flatMap(({ from }) => (from.startsWith("core/") ? [from.split("/")[1] ?? ""] : [])));
    expect([...found].filter((layer) => !coreLayers.includes(layer))).toEqual([]);
  });

  it("imports nothing that is for tests alone", () => {
    expect(testingShipped(imports)).toEqual([]);
  });

  it("has no circle of files or folders", () => {
    expect(circles(imports)).toEqual([]);
  });
});

describe("the rules", () => {
  it("refuse a lower layer that imports a higher one, and one that nobody has named", () => {
    const feed = importsIn("core/feed/poller.ts", 'import { a } from "../service/watch.ts";');
    expect(upward(feed)).toEqual(["core/feed/poller.ts imports core/service/watch.ts"]);
    expect(upward(importsIn("core/new/it.ts", 'import type { Clock } from "../ports.ts";'))).toHaveLength(1);
    expect(upward(importsIn("core/service/watch.ts", 'import { a } from "../feed/poller.ts";'))).toEqual([]);
  });

  it("refuse tests' own things in what ships, however they are imported", () => {
    for (const line of ['from "./testing/world.ts"', 'import "../samples.ts"', 'import("./harness.ts")'])
      expect(testingShipped(importsIn("core/feed/poller.ts", line))).toHaveLength(1);
  });

  it("refuse a circle of folders in which no file imports itself", () => {
    const there = importsIn("core/a/one.ts", 'from "../b/two.ts"');
    const back = importsIn("core/b/three.ts", 'from "../a/four.ts"');
    expect(circles(there)).toEqual([]);
    expect(circles([...there, ...back])).toEqual(["core/a", "core/b"]);
  });
});
