import { useEffect, useRef } from "react";

/** Where keys mean something else already: text is typed, buttons pressed, menus and trees walked. */
const taken =
  "input, textarea, select, button, a, [contenteditable], [role=menu], [role=dialog], [role=tree], [role=combobox]";

type Keys = readonly (readonly [key: string, action: () => void])[];

/** Single keys for a whole view, by `KeyboardEvent.key`; Space only where nothing that can be pressed has the focus. */
export const useKeys = (keys: Keys): void => {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const action = new Map(current.current).get(key);
      if (action === undefined || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(taken) !== null) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
};
