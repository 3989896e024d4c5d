import { useEffect, useRef, useState } from "react";
import type { Section, SectionId } from "./sections.ts";

const settleMs = 500;

/** The section at the top of what is seen, for the list beside the page. */
export const useCurrentSection = (shown: readonly Section[], asked: SectionId | null): SectionId | null => {
  const [current, setCurrent] = useState<SectionId | null>(null);
  /** What was asked for counts while the page is still moving to it. */
  const settledAt = useRef(0);
  useEffect(() => {
    if (asked === null) return;
    settledAt.current = performance.now() + settleMs;
    setCurrent(asked);
  }, [asked]);
  const ids = shown.map(({ id }) => id).join(" ");
  useEffect(() => {
    const seen = new Set<string>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) seen.add(target.id);
          else seen.delete(target.id);
        }
        if (performance.now() < settledAt.current) return;
        const first = ids.split(" ").find((id) => seen.has(`section-${id}`));
        if (first !== undefined) setCurrent(first as SectionId);
      },
      // The upper part of the view is what is being read.
      { root: document.getElementById("content"), rootMargin: "-40px 0px -60% 0px" },
    );
    for (const id of ids.split(" ")) {
      const element = document.getElementById(`section-${id}`);
      if (element !== null) observer.observe(element);
    }
    return () => observer.disconnect();
  }, [ids]);
  return current;
};
