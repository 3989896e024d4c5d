type PaceOptions = {
  readonly show: () => void;
  readonly elapsed?: () => number;
  /** Whether somebody scrolls or types: what they do goes before what is new. */
  readonly acting?: () => boolean;
  readonly after?: (ms: number, work: () => void) => void;
  /** When what was shown is on the screen. */
  readonly painted?: (work: () => void) => void;
};

/** However long a window takes to draw, it shows something new this often. */
const mostMs = 500;

const onTimer: NonNullable<PaceOptions["after"]> = (ms, work) => void setTimeout(work, ms);

/** Between two steps while somebody scrolls or types, and how long they are taken to do so after each time. */
const actingMs = 250;

/** Knows whether somebody scrolls or types in a page. */
export const actingIn = (page: Pick<EventTarget, "addEventListener">, elapsed = () => performance.now()) => {
  let last = Number.NEGATIVE_INFINITY;
  const acts = (): void => {
    last = elapsed();
  };
  for (const kind of ["scroll", "keydown"]) page.addEventListener(kind, acts, { capture: true, passive: true });
  return (): boolean => elapsed() - last < actingMs;
};

/** A window that is hidden paints nothing. */
const hiddenMs = 250;

const onPaint: NonNullable<PaceOptions["painted"]> = (work) => {
  let isDone = false;
  const once = (): void => {
    if (isDone) return;
    isDone = true;
    // Before it is a frame, and what that costs belongs to it.
    setTimeout(work);
  };
  requestAnimationFrame(once);
  setTimeout(once, hiddenMs);
};

/**
 * Shows news at once, unless the window is just drawing what came before: what comes until that is done, and for as long
 * again, is shown together. So no more than half of a window's time goes into drawing, and on a machine that has too much to
 * do it shows fewer steps instead of ever older ones. While somebody scrolls or types it shows four steps a second at most.
 */
export const createPace = (options: PaceOptions) => {
  const { show, elapsed = () => performance.now(), acting = () => false, after = onTimer, painted = onPaint } = options;
  let state: "resting" | "drawing" | "drawing, with news" = "resting";

  const draw = (): void => {
    state = "drawing";
    const begun = elapsed();
    show();
    painted(() => after(Math.max(acting() ? actingMs : 0, Math.min(mostMs, elapsed() - begun)), drawn));
  };
  const drawn = (): void => {
    const isNews = state === "drawing, with news";
    state = "resting";
    if (isNews) draw();
  };
  return {
    news: (): void => {
      if (state === "resting") draw();
      else state = "drawing, with news";
    },
  };
};
export type Pace = ReturnType<typeof createPace>;
