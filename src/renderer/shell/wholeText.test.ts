// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it } from "vitest";
import { tellWholeTexts } from "./wholeText.ts";

let stop = (): void => undefined;
beforeEach(() => {
  stop = tellWholeTexts(document);
});
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

/** A line with as many pixels of text as room for 100. */
const line = (text: string, pixels: number): HTMLElement => {
  const element = document.createElement("span");
  element.style.textOverflow = "ellipsis";
  element.textContent = text;
  Object.defineProperty(element, "clientWidth", { value: 100 });
  Object.defineProperty(element, "scrollWidth", { value: pixels, writable: true });
  document.body.append(element);
  return element;
};
const point = (at: Element): boolean => at.dispatchEvent(new Event("pointerover", { bubbles: true }));

it("says the whole of what is cut, as it is by now, and nothing of what has room", () => {
  const long = line("Provköpings IF – Testungas IF", 180);
  const short = line("Heden", 40);
  point(long);
  expect(long.title).toBe("Provköpings IF – Testungas IF");
  long.textContent = "Övningsbys BK – Demohamns BK";
  point(short);
  expect([long.title, short.title]).toEqual(["", ""]);
  point(long);
  expect(long.title).toBe("Övningsbys BK – Demohamns BK");
});

it("points at what cuts it where that lies around it", () => {
  const long = line("", 180);
  const inner = document.createElement("b");
  inner.textContent = "Anna Exempelberg";
  long.append(inner);
  point(inner);
  expect(long.title).toBe("Anna Exempelberg");
});

it("leaves what says more already as it is", () => {
  const long = line("18:00", 180);
  long.title = "fredag 7 maj 2027 18:00";
  point(long);
  point(document.body);
  expect(long.title).toBe("fredag 7 maj 2027 18:00");
});
