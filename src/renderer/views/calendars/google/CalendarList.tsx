import { Button, Radio, Skeleton, TextInput } from "@mantine/core";
import { IconCalendarPlus, IconRefresh } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { ok } from "../../../../shared/problem.ts";
import { ActionButton } from "../../../parts/ActionButton.tsx";
import type { Action } from "../../../parts/action.ts";
import { Badge } from "../../../parts/Badge.tsx";
import { ProblemNote } from "../../../parts/ProblemNote.tsx";
import { useQuery } from "../../../parts/useQuery.ts";
import { useCall } from "../../../session.ts";
import { useWords } from "../../../words.tsx";
import classes from "./CalendarList.module.css";

type CalendarListProps = {
  /** The id of the calendar that is chosen; null: none yet. */
  readonly value: string | null;
  readonly onChange: (id: string) => void;
};

const NewCalendar = ({ onMade }: { readonly onMade: (id: string) => void }) => {
  const { texts } = useWords();
  const call = useCall();
  const say = texts.calendars.google.make;
  const [name, setName] = useState<string>(say.suggestion);
  const wanted = name.trim();
  const make = useMemo(
    (): Action => ({
      id: "google-make",
      label: say.run,
      icon: IconCalendarPlus,
      run: async () => {
        const answer = await call("createGoogleCalendar", { name: wanted });
        if (!answer.ok) return answer;
        onMade(answer.value.id);
        return ok(say.done(wanted));
      },
    }),
    [call, say, wanted, onMade],
  );
  return (
    <div className={classes.make}>
      <TextInput
        label={say.label}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <ActionButton action={make} side="top" disabled={wanted === ""} />
    </div>
  );
};

/** The calendars of the account that one may write to, and a new one. */
export const CalendarList = ({ value, onChange }: CalendarListProps) => {
  const { texts } = useWords();
  const { again, ...query } = useQuery("googleCalendars", {});
  const say = texts.calendars.google;
  const made = (id: string) => {
    onChange(id);
    again();
  };
  if (query.state === "loading")
    return (
      <div className={classes.list} role="status" aria-label={texts.app.loading}>
        {[1, 2, 3, 4].map((row) => (
          <Skeleton key={row} height={30} />
        ))}
      </div>
    );
  if (query.state === "failed")
    return (
      <ProblemNote problem={query.problem}>
        <Button leftSection={<IconRefresh size={16} aria-hidden="true" />} onClick={again}>
          {texts.app.actions.retry}
        </Button>
      </ProblemNote>
    );
  return (
    <>
      <Radio.Group value={value ?? ""} onChange={onChange} label={say.list} className={classes.group ?? ""}>
        <div className={classes.list}>
          {query.value.calendars.map((calendar) => (
            <Radio
              key={calendar.id}
              value={calendar.id}
              size="xs"
              className={classes.calendar ?? ""}
              label={
                <span className={classes.name}>
                  <span className={classes.title}>{calendar.name}</span>
                  {calendar.primary && <Badge level="info">{say.primary}</Badge>}
                </span>
              }
            />
          ))}
          {query.value.calendars.length === 0 && <p className={classes.none}>{say.none}</p>}
        </div>
      </Radio.Group>
      <NewCalendar onMade={made} />
    </>
  );
};
