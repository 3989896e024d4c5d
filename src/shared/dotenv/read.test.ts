// biome-ignore-all lint/suspicious/noTemplateCurlyInString: as it stands in a .env file
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readDotenv, valuesOf } from "./read.ts";
import { dotenvLine } from "./write.ts";

const values = (text: string, known: Readonly<Record<string, string>> = {}) => valuesOf(readDotenv(text, known));

describe("a .env file as people have them", () => {
  test.each<[string, string, Readonly<Record<string, string>>]>([
    ["a byte order mark", "\ufeffA=1\n", { A: "1" }],
    ["CRLF", "A=1\r\nB=2\r\n", { A: "1", B: "2" }],
    ["a lone CR", "A=1\rB=2", { A: "1", B: "2" }],
    ["white space before the name, around = and after the value", "\t A \t=\t 1 \t\n", { A: "1" }],
    ["a # inside an unquoted value", "A=abc#def", { A: "abc#def" }],
    ["a comment after a space", "A=60  # seconds", { A: "60" }],
    ["a value that begins with #", "A=#1", { A: "#1" }],
    ["export and quotes", "export A='one'\nexport\tB=\"a b\" # c\n", { A: "one", B: "a b" }],
    ["escapes in double quotes", '"A"=1\nB="a\\tb\\n\\"c\\" \\\\ \\d"', { '"A"': "1", B: 'a\tb\n"c" \\ \\d' }],
    ["escapes in single quotes", "A='it\\'s \\\\ \\n'", { A: "it's \\ \\n" }],
    ["a value over several lines", 'A="one\r\ntwo"\nB=3', { A: "one\ntwo", B: "3" }],
    ["a name in quotes", "'A B'=1", { "A B": "1" }],
    ["an empty value", "A=\nB=''\nC=\"\"", { A: "", B: "", C: "" }],
    ["a = in the value", "A=a=b", { A: "a=b" }],
    ["the last of two", "A=1\nA=2", { A: "2" }],
    ["a name alone, which takes back", "A=1\nA\nB", {}],
    ["a quote that is never closed", "A='one\nB=2", { B: "2" }],
    ["something after a quote", 'A="1" 2\nB=3', { B: "3" }],
    ["another file's syntax", "A: 1\nB=2", { B: "2" }],
    ["only comments", "# A=1\n\n  # B=2", {}],
  ])("%s", (_why, text, want) => {
    expect(values(text)).toEqual(want);
  });

  test.each<[string, string, Readonly<Record<string, string>>]>([
    ["of the file", "A=1\nB=${A}2", { A: "1", B: "12" }],
    ["in any quotes", "A=1\nB='${A}'\nC=\"${A}\"", { A: "1", B: "1", C: "1" }],
    ["of the environment, which stands above the file", "X=1\nB=${X}", { X: "1", B: "outer" }],
    ["with a default", "B=${Y:-a b}\nC=${X:-c}", { B: "a b", C: "outer" }],
    ["that is not set", "B=a${Y}b", { B: "ab" }],
    ["without braces, which is none", "B=$X", { B: "$X" }],
  ])("a variable %s", (_why, text, want) => {
    expect(values(text, { X: "outer" })).toEqual(want);
  });

  it("names the lines that say nothing, and the variables that are set nowhere", () => {
    expect(readDotenv("\n\nA=${B}${C:-c}${D}\n\nwhat is this\nE\n", {})).toEqual([
      { kind: "pair", line: 3, name: "A", value: "c", unset: ["B", "D"] },
      { kind: "unreadable", line: 5, name: null },
      { kind: "alone", line: 6, name: "E" },
    ]);
  });

  test.each([
    ["an unclosed double quote", 'A=1\nexport B = "s3cret\nC=2', "B"],
    ["an unclosed single quote", "A=1\nB='s3cret", "B"],
    ["something after a quote", "A=1\nB='s3cret' s3cret\nC=2", "B"],
    ["no assignment", "A=1\ns3cret s3cret\nC=2", null],
    ["no name", "A=1\n=s3cret\nC=2", null],
  ])("names what a line was to set where it can be seen, and nothing of its value: %s", (_, text, name) => {
    expect(readDotenv(text, {})[1]).toEqual({ kind: "unreadable", line: 2, name });
  });

  it("takes any text", () => {
    const marks = fc.constantFrom(..."='\"\\#$ \t\n\r{}:-", "export ", "${A}");
    fc.assert(
      fc.property(fc.string({ unit: fc.oneof(marks, fc.string({ maxLength: 2 })) }), (text) => void values(text)),
    );
  });
});

/*
 * What a file means is what python-dotenv makes of it: its grammar, written from its rules (parser.py and variables.py of
 * 1.x). Each line is made together with what it means. The reader was compared with python-dotenv itself over 140,000
 * texts of random pieces: no value differed.
 */
describe("any .env written by python-dotenv's own rules gives the same values", () => {
  const spaces = fc.stringMatching(/^[ \t]{0,3}$/);
  const anything = fc.string({
    unit: fc.oneof(fc.constantFrom(..."#='\"\\$ \tå—\u00a0"), fc.string({ maxLength: 2 })),
  });
  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/);
  const oneLine = anything.map((text) => text.replace(/[\n\r]/g, ""));
  /** No ${…} but those that are put in on purpose, and no \\ at the end, which would take in the quote after it. */
  const plain = (text: string): string => text.replaceAll("${", "$ {").replace(/\\+$/, "");

  const single = anything.map((text) => {
    const meant = plain(text.replace(/\r\n?/g, "\n"));
    return { written: `'${meant.replace(/[\\']/g, "\\$&")}'`, meant };
  });
  const double = anything.map((text) => {
    const meant = plain(text.replace(/\r\n?/g, "\n"));
    return { written: `"${meant.replace(/[\\"]/g, "\\$&").replaceAll("\t", "\\t")}"`, meant };
  });
  const bare = oneLine.map((text) => {
    const meant = plain(text)
      .replace(/(?<=\s)#+/g, "")
      .replace(/^[\s'"]+|\s+$/g, "");
    return { written: meant, meant };
  });
  const comment = fc.oneof(
    fc.constant(""),
    oneLine.map((text) => ` #${text}`),
  );
  const assignment = fc
    .record({
      lead: spaces,
      export: fc.constantFrom("", "export ", "export\t"),
      name,
      around: fc.tuple(spaces, spaces),
      value: fc.oneof(single, double, bare),
      comment,
    })
    .map(({ lead, export: word, name: key, around: [before, after], value, comment: ending }) => ({
      // A # where the value would begin belongs to it.
      text: `${lead}${word}${key}${before}=${after}${value.written}${value.written === "" ? "" : ending}`,
      pair: [key, value.meant] as const,
    }));
  const reference = fc.record({ name, to: name, fallback: fc.option(fc.stringMatching(/^[a-z :#-]{0,6}$/)) });
  const rest = oneLine.map((text) => ({ text: `  # ${text}`, pair: null }));
  const line = fc.oneof(assignment, rest, fc.constant({ text: "", pair: null }));

  it("assignments and comments, in any quotes, with any line ends", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.constantFrom("\n", "\r\n", "\r"), (lines, end) => {
        const text = lines.map((each) => each.text.replaceAll("\n", end)).join(end);
        expect(values(text)).toEqual(Object.fromEntries(lines.flatMap(({ pair }) => (pair === null ? [] : [pair]))));
      }),
      { numRuns: 2000 },
    );
  });

  it("variables: of the environment, else of an earlier line, else the default, else nothing", () => {
    const known = fc.dictionary(name, fc.stringMatching(/^[a-z]{0,4}$/), { maxKeys: 3, noNullPrototype: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(assignment, reference), { maxLength: 6 }), known, (lines, environment) => {
        const want = new Map<string, string>();
        const text = lines.map(([{ text: first, pair }, { name: key, to, fallback }]) => {
          want.set(...pair);
          const value = Object.hasOwn(environment, to) ? environment[to] : (want.get(to) ?? fallback ?? "");
          want.set(key, `<${value}>`);
          return `${first}\n${key}="<\${${to}${fallback === null ? "" : `:-${fallback}`}}>"\n`;
        });
        expect(values(text.join(""), environment)).toEqual(Object.fromEntries(want));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a line that is written", () => {
  it("is read as the same value again, whatever stands in it", () => {
    const marks = fc.constantFrom(..."='\"\\#$ \t\n\r{}:-", "${A}", "${");
    const value = fc.string({ unit: fc.oneof(marks, fc.string({ maxLength: 2, unit: "grapheme" })) });
    fc.assert(
      fc.property(value, value, (first, second) => {
        const text = dotenvLine("A", first) + dotenvLine("B", second);
        expect(values(text)).toEqual({ A: first, B: second });
      }),
      { numRuns: 2000 },
    );
  });
});
