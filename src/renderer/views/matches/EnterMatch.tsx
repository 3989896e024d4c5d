import { ActionIcon, Autocomplete, Button, Modal, Select, TextInput, Tooltip } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type SyntheticEvent, useMemo, useState } from "react";
import { minuteMs } from "../../../shared/duration.ts";
import { matchStatusSchema } from "../../../shared/match.ts";
import { ok, type Problem } from "../../../shared/problem.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { stockholmDay } from "../../../shared/text/format.ts";
import { openView } from "../../navigation.ts";
import { Held } from "../../parts/Held.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { useNow } from "../../parts/useNow.ts";
import { useToast } from "../../parts/useToast.tsx";
import { useCall, useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import { type Draft, draftOf, emptyDraft, type OfficialDraft, readDraft, usualRoles, withLine } from "./entry.ts";
import { competitionsOf, venuesOf } from "./filter.ts";
import { readLine } from "./line.ts";
import classes from "./Matches.module.css";

/** What has been said before is offered again; a person's number and address with the name. */
const useKnown = () => {
  const matches = useDesk((state) => state.matches);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was known when the form was opened is enough
  return useMemo(() => {
    const people = new Map(matches.flatMap(({ officials }) => officials.map((official) => [official.name, official])));
    return { venues: venuesOf(matches), competitions: competitionsOf(matches), people };
  }, []);
};

const noFaults: ReadonlySet<string> = new Set();

type EntryFormProps = { readonly match: MatchView | null; readonly onClose: () => void };

const EntryForm = ({ match, onClose }: EntryFormProps) => {
  const { texts, format } = useWords();
  const sayRole = texts.match.role;
  const call = useCall();
  const say = useToast();
  const known = useKnown();
  const [draft, setDraft] = useState(() =>
    match === null ? emptyDraft(sayRole) : draftOf(match, format.time, sayRole),
  );
  const [line, setLine] = useState("");
  const today = stockholmDay(useNow(minuteMs));
  const [faults, setFaults] = useState(noFaults);
  const [problem, setProblem] = useState<Problem | null>(null);
  const words = texts.matches.entry;

  const set = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const setOfficial = (place: number, part: Partial<OfficialDraft>): void =>
    set({ officials: draft.officials.map((official, at) => (at === place ? { ...official, ...part } : official)) });
  const name = (place: number, typed: string): void => {
    const person = known.people.get(typed);
    const reach = person === undefined ? {} : { phone: person.phone ?? "", email: person.email ?? "" };
    setOfficial(place, { name: typed, ...reach });
  };
  /** What the line says takes its place in the form below, where it is seen and put right. */
  const read = (typed: string): void => {
    setLine(typed);
    set(readLine(typed, today));
  };
  const fault = (field: string, text: string) => (faults.has(field) ? text : null);
  const field = (part: "home" | "away" | "day" | "time") => ({
    label: words[part],
    value: draft[part],
    error: fault(part, words.missing),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      set({ [part]: event.currentTarget.value }),
  });

  const save = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    const read = readDraft(draft);
    setFaults(read.ok ? noFaults : read.faults);
    if (!read.ok) return;
    const answer = await call("enter", { ...(match !== null && { id: match.id }), match: read.match });
    if (!answer.ok) return setProblem(answer.problem);
    say(ok(match === null ? words.entered : words.changed), null);
    onClose();
    openView("matches", answer.value.match.id);
  };

  return (
    <form className={classes.entry} noValidate onSubmit={(event) => void save(event)}>
      {match === null && (
        <TextInput
          data-autofocus
          className={classes.line ?? ""}
          label={words.line}
          placeholder={words.lineHint}
          value={line}
          onChange={(event) => read(event.currentTarget.value)}
        />
      )}
      <TextInput data-autofocus={match !== null || undefined} {...field("home")} />
      <TextInput {...field("away")} />
      <TextInput type="date" {...field("day")} />
      <TextInput placeholder={words.timeHint} {...field("time")} error={fault("time", words.noTime)} />
      <Autocomplete
        size="xs"
        label={words.venue}
        data={[...known.venues]}
        limit={8}
        value={draft.venue}
        onChange={(venue) => set({ venue })}
      />
      <Autocomplete
        size="xs"
        label={words.competition}
        data={[...known.competitions]}
        limit={8}
        value={draft.competition}
        onChange={(competition) => set({ competition })}
      />
      {match !== null && (
        <Select
          label={words.status}
          data={matchStatusSchema.options.map((status) => ({ value: status, label: texts.match.status[status] }))}
          value={draft.status}
          allowDeselect={false}
          onChange={(status) => set({ status: matchStatusSchema.catch("scheduled").parse(status) })}
        />
      )}
      <fieldset className={classes.officials}>
        <legend>{words.officials}</legend>
        {draft.officials.map((official, place) => (
          <div key={official.line} className={classes.official}>
            <Autocomplete
              size="xs"
              aria-label={words.role}
              placeholder={words.role}
              data={usualRoles.map(sayRole)}
              error={fault(`officials.${place}.role`, words.missing)}
              value={official.role}
              onChange={(role) => setOfficial(place, { role })}
            />
            <Autocomplete
              size="xs"
              aria-label={words.name}
              placeholder={words.name}
              data={[...known.people.keys()]}
              limit={8}
              value={official.name}
              onChange={(typed) => name(place, typed)}
            />
            <TextInput
              type="tel"
              aria-label={words.phone}
              placeholder={words.phone}
              error={fault(`officials.${place}.phone`, words.noPhone)}
              value={official.phone}
              onChange={(event) => setOfficial(place, { phone: event.currentTarget.value })}
            />
            <TextInput
              type="email"
              aria-label={words.email}
              placeholder={words.email}
              error={fault(`officials.${place}.email`, words.noEmail)}
              value={official.email}
              onChange={(event) => setOfficial(place, { email: event.currentTarget.value })}
            />
            <Tooltip label={words.removeOfficial}>
              <ActionIcon
                aria-label={words.removeOfficial}
                onClick={() => set({ officials: draft.officials.filter((_, at) => at !== place) })}
              >
                <IconTrash size={15} aria-hidden="true" />
              </ActionIcon>
            </Tooltip>
          </div>
        ))}
        <Button
          variant="subtle"
          leftSection={<IconPlus size={15} aria-hidden="true" />}
          onClick={() => set({ officials: withLine(draft.officials, sayRole) })}
        >
          {words.addOfficial}
        </Button>
      </fieldset>
      {problem !== null && <ProblemNote problem={problem} />}
      <div className={classes.entryFoot}>
        <Button onClick={onClose}>{texts.app.actions.cancel}</Button>
        <Held>
          <Button type="submit" variant="filled">
            {match === null ? words.enter : words.change}
          </Button>
        </Held>
      </div>
    </form>
  );
};

/** Enters a match that no list has, or changes one that was so entered. */
export const EnterMatch = ({ match, opened, onClose }: EntryFormProps & { readonly opened: boolean }) => {
  const { texts } = useWords();
  const words = texts.matches.entry;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={680}
      title={match === null ? words.title : words.changeTitle}
      closeButtonProps={{ "aria-label": texts.app.actions.close }}
    >
      <EntryForm match={match} onClose={onClose} />
    </Modal>
  );
};
