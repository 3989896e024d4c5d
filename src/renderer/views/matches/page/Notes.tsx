import { ActionIcon, Button, Textarea, Tooltip } from "@mantine/core";
import { IconNotes, IconTrash } from "@tabler/icons-react";
import type { SyntheticEvent } from "react";
import { z } from "zod";
import { ok } from "../../../../shared/problem.ts";
import type { MatchView } from "../../../../shared/snapshot.ts";
import { Held } from "../../../parts/Held.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { Moment } from "../../../parts/Times.tsx";
import { useRemembered } from "../../../parts/useRemembered.ts";
import { useToast } from "../../../parts/useToast.tsx";
import { useCall } from "../../../session.ts";
import { useWords } from "../../../words.tsx";
import classes from "./MatchPage.module.css";

/** What people have written down of the match, for all who look at the same service. */
export const Notes = ({ match: { id: matchId, notes } }: { readonly match: MatchView }) => {
  const { texts } = useWords();
  const call = useCall();
  const say = useToast();
  // Whoever looks at something else in the middle of a sentence finds it again.
  const [text, setText] = useRemembered(`note.${matchId}`, z.string(), "", "session");
  const words = texts.today;
  const save = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (text.trim() === "") return;
    const answer = await call("note", { matchId, text });
    if (answer.ok) setText("");
    else say(answer, null);
  };
  const remove = async (id: number, removed: string): Promise<void> => {
    const answer = await call("removeNote", { matchId, id });
    say(answer.ok ? ok(texts.app.results.done) : answer, () => void call("note", { matchId, text: removed }));
  };
  return (
    <Panel title={words.notes} padding="none">
      <ul className={classes.list}>
        {notes.map((note) => (
          <li key={note.id} className={classes.note}>
            <span className={classes.noteText}>{note.text}</span>
            <span className={classes.dim}>
              {note.by} <Moment at={note.at} />
            </span>
            <Held>
              <Tooltip label={words.noteRemove}>
                <ActionIcon size="sm" aria-label={words.noteRemove} onClick={() => void remove(note.id, note.text)}>
                  <IconTrash size={15} aria-hidden="true" />
                </ActionIcon>
              </Tooltip>
            </Held>
          </li>
        ))}
      </ul>
      <form className={classes.noteForm} onSubmit={(event) => void save(event)}>
        <Textarea
          aria-label={words.noteAdd}
          placeholder={words.noteAdd}
          description={words.noNotes}
          inputWrapperOrder={["input", "description"]}
          autosize
          maxRows={6}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {text.trim() !== "" && (
          <Held>
            <Button type="submit" leftSection={<IconNotes size={15} aria-hidden="true" />}>
              {words.noteSave}
            </Button>
          </Held>
        )}
      </form>
    </Panel>
  );
};
