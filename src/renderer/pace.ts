type PaceOptions = {
  readonly show: () => void;
  readonly elapsed?: () => number;
  readonly after?: (ms: number, work: () => void) => void;
};

/** However long a window takes to draw, it shows something new this often. */
const mostMs = 500;

const onTimer: NonNullable<PaceOptions["after"]> = (ms, work) => void setTimeout(work, ms);

/**
 * Shows news at once, unless the window is just drawing what came before: what comes until that is done, and for as long
 * again, is shown together. So no more than half of a window's time goes into drawing, and on a machine that has too much to
 * do it shows fewer steps instead of ever older ones.
 */
export const createPace = ({ show, elapsed = () => performance.now(), after = onTimer }: PaceOptions) => {
  let state: "resting" | "drawing" | "drawing, with news" = "resting";

  const draw = (): void => {
    state = "drawing";
    const begun = elapsed();
    show();
    // What is shown is drawn before the next turn of the event loop.
    after(0, () => after(Math.min(mostMs, elapsed() - begun), drawn));
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
