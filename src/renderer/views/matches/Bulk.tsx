import { Button, CloseButton, Popover, Textarea } from "@mantine/core";
import { IconCalendarX, IconChecks, IconNotes, IconRefresh } from "@tabler/icons-react";
import { type SyntheticEvent, useMemo, useState } from "react";
import { matchTitle } from "../../../shared/match.ts";
import { ok, type Result } from "../../../shared/problem.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import type { Action, Outcome } from "../../parts/action.ts";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { WriteButton } from "../../parts/DraftDialog.tsx";
import { Held } from "../../parts/Held.tsx";
import { useToast } from "../../parts/useToast.tsx";
import { useCall } from "../../session.ts";
import { useWords } from "../../words.tsx";
import classes from "./Matches.module.css";
import { matchAsText } from "./page/asText.ts";

type One = (match: MatchView) => Promise<Result<unknown>>;

/** Does it for each match in turn; what fails for one is named, and keeps none of the others from being tried. */
const useForAll = (matches: readonly MatchView[]) => {
  const { texts } = useWords();
  return async (one: One): Promise<Outcome> => {
    const results: (readonly [MatchView, Result<unknown>])[] = [];
    for (const match of matches) results.push([match, await one(match)]);
    const failures = results.flatMap(([match, result]) => (result.ok ? [] : [{ match, problem: result.problem }]));
    const [first] = failures;
    if (first === undefined) return ok(texts.matches.bulk.done(matches.length));
    const { match, problem } = first;
    const message = texts.matches.bulk.failed({ failed: failures.length, of: matches.length });
    return { ok: false, problem, what: `${message} ${matchTitle(match)}.` };
  };
};

const NoteForAll = ({ onNote }: { readonly onNote: (text: string) => Promise<boolean> }) => {
  const { texts } = useWords();
  const [opened, setOpened] = useState(false);
  const [text, setText] = useState("");
  const save = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (!(await onNote(text))) return;
    setText("");
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus position="top-start" width={320}>
      <Popover.Target>
        <Button
          variant="subtle"
          leftSection={<IconNotes size={16} aria-hidden="true" />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {texts.matches.bulk.note}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={texts.matches.bulk.note}>
        <form className={classes.noteForm} onSubmit={(event) => void save(event)}>
          <Textarea
            aria-label={texts.today.noteAdd}
            placeholder={texts.today.noteAdd}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={2000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Held>
            <Button type="submit" disabled={text.trim() === ""}>
              {texts.today.noteSave}
            </Button>
          </Held>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
};

type BulkProps = { readonly matches: readonly MatchView[]; readonly onClear: () => void };

/** What can be done with all matches that are marked. */
export const Bulk = ({ matches, onClear }: BulkProps) => {
  const { texts, format } = useWords();
  const call = useCall();
  const say = useToast();
  const forAll = useForAll(matches);
  const matchIds = useMemo(() => matches.map(({ id }) => id), [matches]);
  const words = texts.matches.bulk;
  const tell: Action = {
    id: "bulk-tell",
    label: words.tell,
    icon: IconChecks,
    run: () => forAll(({ id }) => call("tell", { matchId: id })),
  };
  const sync: Action = {
    id: "bulk-sync",
    label: words.sync,
    icon: IconRefresh,
    run: () => forAll(({ id }) => call("syncNow", { matchId: id })),
  };
  const setDeclined = (declined: boolean) => forAll(({ id }) => call("decline", { matchId: id, declined }));
  const decline = async (): Promise<void> => {
    say(await setDeclined(true), () => void setDeclined(false).then((result) => say(result, null)));
  };
  const note = async (text: string): Promise<boolean> => {
    const result = await forAll(({ id }) => call("note", { matchId: id, text }));
    say(result, null);
    return result.ok;
  };
  return (
    <div className={classes.bulk} role="toolbar" aria-label={words.title}>
      <strong>{words.marked(matches.length)}</strong>
      <CopyButton
        value={matches.map((match) => matchAsText(match, { texts, format })).join("\n\n")}
        label={texts.app.actions.copy}
      />
      <WriteButton matchIds={matchIds} variant="subtle" />
      <ActionButton action={tell} variant="subtle" side="top" />
      <NoteForAll onNote={note} />
      <ActionButton action={sync} variant="subtle" side="top" />
      <Held>
        <Button
          variant="subtle"
          leftSection={<IconCalendarX size={16} aria-hidden="true" />}
          onClick={() => void decline()}
        >
          {words.decline}
        </Button>
      </Held>
      <CloseButton className={classes.unmark ?? ""} size="sm" aria-label={words.clear} onClick={onClear} />
    </div>
  );
};
