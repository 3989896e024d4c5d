import { NativeSelect, Switch } from "@mantine/core";
import { useWords } from "../../words.tsx";
import type { ControlProps } from "./controls.ts";
import { joinQuiet, splitQuiet, timesAround, usualQuiet } from "./quiet.ts";
import classes from "./Settings.module.css";

/** Two times of day and whether they count; in words below, so that nobody has to think about which is which. */
export const QuietHours = ({ name, value, locked, labelId, describedBy, onChange }: ControlProps) => {
  const { texts } = useWords();
  const say = texts.settings.quiet;
  const quiet = splitQuiet(value);
  const shown = quiet ?? usualQuiet;
  return (
    <div className={classes.quiet}>
      <Switch
        className={classes.switch ?? ""}
        classNames={{ track: classes.track ?? "" }}
        id={`setting-${name}`}
        aria-labelledby={`${labelId} ${labelId}-on`}
        aria-describedby={describedBy}
        size="sm"
        disabled={locked}
        checked={quiet !== null}
        label={<span id={`${labelId}-on`}>{say.on}</span>}
        onChange={(event) => onChange(event.currentTarget.checked ? joinQuiet(shown) : "")}
      />
      <div className={classes.times}>
        {(["from", "to"] as const).map((end) => (
          <NativeSelect
            key={end}
            size="xs"
            label={say[end]}
            disabled={locked || quiet === null}
            data={[...timesAround(shown[end])]}
            value={shown[end]}
            onChange={(event) => onChange(joinQuiet({ ...shown, [end]: event.currentTarget.value }))}
          />
        ))}
      </div>
      <p className={classes.quietSummary}>{quiet === null ? say.none : say.summary(quiet)}</p>
    </div>
  );
};
