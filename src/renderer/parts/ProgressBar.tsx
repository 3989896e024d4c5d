import classes from "./ProgressBar.module.css";
import { type Progress, shareDone } from "./progress.ts";

type ProgressBarProps = {
  /** null: the room is kept, so that nothing moves when it begins. */
  readonly progress: Progress | null;
  readonly label: string;
  readonly className?: string | undefined;
};

/** A thin line that fills. */
export const ProgressBar = ({ progress, label, className }: ProgressBarProps) => (
  <div className={[classes.room, className].filter(Boolean).join(" ")}>
    {progress !== null && (
      <div
        className={classes.track}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={progress.of}
        aria-valuenow={progress.done}
      >
        <div className={classes.fill} style={{ transform: `scaleX(${shareDone(progress)})` }} />
      </div>
    )}
  </div>
);
