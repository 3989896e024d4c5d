import { useLayoutEffect, useRef } from "react";
import { useSetting } from "../session.ts";

/** Where keys mean something else already: text is typed, menus and trees are walked. */
const taken =
  "input:not([type=checkbox]), textarea, select, [contenteditable], [role=menu], [role=dialog], [role=tree], [role=combobox]";
/** Buttons, links and boxes are pressed with these alone. */
const pressed = "button, a, input";
const pressing: ReadonlySet<string> = new Set([" ", "Enter"]);

type Keys = readonly (readonly [key: string, action: () => void])[];

/** While a dialog covers the view its keys rest, even those that were pressed before the dialog took the focus. */
const isCovered = (): boolean => document.querySelector("[aria-modal=true]") !== null;

const isTaken = (target: EventTarget | null, key: string): boolean =>
  isCovered() ||
  (target instanceof Element &&
    (target.closest(taken) !== null || (pressing.has(key) && target.closest(pressed) !== null)));

const isLetter = (key: string): boolean => key.length === 1 && key !== " ";

/** Whether single letters and signs are keys: whoever dictates, or types with a switch, may not want them to be. */
export const useLetterKeys = (): boolean => useSetting("AVSPARK_LETTER_KEYS")?.value !== "false";

/** Single keys for a whole view, by `KeyboardEvent.key`; Space and Enter only where nothing that can be pressed has the focus. */
export const useKeys = (keys: Keys): void => {
  const letters = useLetterKeys();
  const held = keys.filter(([key]) => letters || !isLetter(key));
  const current = useRef(held);
  // Before it is painted: whoever sees a list can walk it.
  useLayoutEffect(() => {
    current.current = held;
  });
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const action = new Map(current.current).get(key);
      if (action === undefined || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTaken(event.target, key)) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
};
