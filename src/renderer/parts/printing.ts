import { useSyncExternalStore } from "react";
import { flushSync } from "react-dom";

let printing = false;

const subscribe = (listener: () => void): (() => void) => {
  // What is printed is drawn before the system takes its picture of it.
  const turn = (to: boolean) => () => {
    printing = to;
    flushSync(listener);
  };
  const [begin, end] = [turn(true), turn(false)];
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  return () => {
    window.removeEventListener("beforeprint", begin);
    window.removeEventListener("afterprint", end);
  };
};

/** Whether the page is just being printed, by whatever: a key, the menu, a PDF file. */
export const usePrinting = (): boolean => useSyncExternalStore(subscribe, () => printing);
