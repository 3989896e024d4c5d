import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";

/** Attributes whose value a person reads or hears. */
const spoken = new Set([
  "aria-label",
  "aria-description",
  "aria-roledescription",
  "aria-valuetext",
  "alt",
  "title",
  "placeholder",
  "label",
  "description",
]);

type Node = { readonly type: string } & Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value;

const childrenOf = (node: Node): readonly Node[] =>
  Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);

const hasLetters = (value: unknown): value is string => typeof value === "string" && /\p{L}{2}/u.test(value);

const cooked = (value: unknown): readonly string[] =>
  typeof value === "object" && value !== null && "cooked" in value && hasLetters(value.cooked) ? [value.cooked] : [];

/** The literal texts that an expression may come to: of a literal, a template, either side of a condition. */
const literalsOf = (node: unknown): readonly string[] => {
  if (!isNode(node)) return [];
  switch (node.type) {
    case "Literal":
      return hasLetters(node.value) ? [node.value] : [];
    case "TemplateLiteral":
      return childrenOf(node).flatMap((part) => (part.type === "TemplateElement" ? cooked(part.value) : []));
    case "JSXExpressionContainer":
    case "TSAsExpression":
      return literalsOf(node.expression);
    case "ConditionalExpression":
      return [...literalsOf(node.consequent), ...literalsOf(node.alternate)];
    case "LogicalExpression":
      return [...literalsOf(node.left), ...literalsOf(node.right)];
    default:
      return [];
  }
};

/** Every text in JSX that would be drawn or spoken and does not come from the translations. */
const hardCoded = (source: string): readonly string[] => {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === "JSXText" && hasLetters(node.value)) found.push(node.value.trim());
    if ((node.type === "JSXElement" || node.type === "JSXFragment") && Array.isArray(node.children))
      for (const child of node.children)
        if (isNode(child) && child.type === "JSXExpressionContainer") found.push(...literalsOf(child));
    if (node.type === "JSXAttribute" && isNode(node.name) && spoken.has(String(node.name.name)))
      found.push(...literalsOf(node.value));
    for (const child of childrenOf(node)) visit(child);
  };
  const { program, errors } = parseSync("source.tsx", source);
  if (errors.length > 0) throw new Error(errors[0]?.message);
  if (isNode(program)) visit(program);
  return found;
};

const folder = import.meta.dirname;
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tsx"));

describe("the renderer's words", () => {
  it("finds texts that are written into the code", () => {
    expect(hardCoded("<p>Hello {name}</p>")).toEqual(["Hello"]);
    expect(hardCoded('<p title="Hello">{ok ? "Yes!" : texts.no}</p>')).toEqual(["Yes!", "Hello"]);
    expect(hardCoded("<Button aria-label={`Close " + "$" + "{name}`} />")).toEqual(["Close "]);
    expect(hardCoded('<p className="row" data-level="ok">{texts.app.name} – · {count}</p>')).toEqual([]);
  });

  it("looks into every file", () => {
    expect(files).toContain("App.tsx");
    expect(files.length).toBeGreaterThan(30);
  });

  it.each(files)("come from the translations in %s", (name) => {
    expect(hardCoded(readFileSync(join(folder, name), "utf8"))).toEqual([]);
  });
});
