const isCut = (element: HTMLElement): boolean => {
  const { textOverflow, webkitLineClamp } = getComputedStyle(element);
  if (textOverflow === "ellipsis") return element.scrollWidth > element.clientWidth;
  return webkitLineClamp !== "" && webkitLineClamp !== "none" && element.scrollHeight > element.clientHeight;
};

/** So far above what one points at may the element be that cuts it. */
const furthest = 3;

const cutterOf = (element: HTMLElement, steps = furthest): HTMLElement | null => {
  if (isCut(element)) return element;
  const { parentElement } = element;
  return steps === 0 || parentElement === null ? null : cutterOf(parentElement, steps - 1);
};

/**
 * Whatever is cut off for want of room says the whole of itself where one points at it, unless it has more to say already. It
 * is looked at anew each time: windows grow, and rows of long lists take other texts. Answers how to stop.
 */
export const tellWholeTexts = (page: Document): (() => void) => {
  const given = new Set<HTMLElement>();
  const point = ({ target }: Event): void => {
    for (const element of given) element.removeAttribute("title");
    given.clear();
    if (!(target instanceof HTMLElement)) return;
    const cut = cutterOf(target);
    if (cut === null || cut.closest("[title]") !== null) return;
    cut.title = cut.textContent.trim();
    given.add(cut);
  };
  page.addEventListener("pointerover", point);
  return () => page.removeEventListener("pointerover", point);
};
