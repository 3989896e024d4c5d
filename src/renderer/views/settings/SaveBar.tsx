import { Button, Loader } from "@mantine/core";
import { IconDeviceFloppy } from "@tabler/icons-react";
import { LevelMark } from "../../parts/Level.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { useWords } from "../../words.tsx";
import classes from "./Settings.module.css";
import type { Save } from "./useSave.ts";

/** What is entered and not saved, at the lower edge for as long as there is any. */
export const SaveBar = ({ save }: { readonly save: Save }) => {
  const { texts } = useWords();
  const say = texts.settings.save;
  const { state, wrong, count } = save;
  const saving = state.name === "saving";
  if (count === 0 && state.name !== "saved") return <div className={classes.barRoom} role="status" />;
  return (
    <div className={classes.barRoom}>
      <div className={classes.bar}>
        {state.name === "failed" && (
          <ProblemNote problem={state.problem}>
            {state.problem.kind === "keyring-missing" && (
              <Button title={say.sessionAbout} onClick={() => void save.save(true)}>
                {say.session}
              </Button>
            )}
          </ProblemNote>
        )}
        <div className={classes.barLine}>
          <LevelMark level={count === 0 ? "ok" : wrong.length > 0 ? "critical" : "info"} size={17} />
          <p className={classes.barText} role="status">
            {count === 0 ? say.saved : say.bar(count)}
            {wrong.length > 0 && <span className={classes.barWrong}> {say.wrong(wrong.length)}</span>}
          </p>
          {count > 0 && (
            <>
              <Button onClick={save.discard}>{say.discard}</Button>
              <Button
                type="submit"
                variant="filled"
                disabled={wrong.length > 0}
                aria-busy={saving}
                leftSection={
                  saving ? <Loader size={14} color="currentColor" /> : <IconDeviceFloppy size={16} aria-hidden="true" />
                }
              >
                {say.run}
              </Button>
            </>
          )}
        </div>
      </div>
    </div>
  );
};
