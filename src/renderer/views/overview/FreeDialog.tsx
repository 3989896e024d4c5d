import { Modal, Select, Skeleton } from "@mantine/core";
import { IconUserOff } from "@tabler/icons-react";
import { useState } from "react";
import type { FreePerson } from "../../../shared/desk.ts";
import { minuteMs } from "../../../shared/duration.ts";
import { distanceText } from "../../../shared/text/distance.ts";
import { hrefOf } from "../../navigation.ts";
import { Empty } from "../../parts/Empty.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { useQuery } from "../../parts/useQuery.ts";
import { Ways } from "../../parts/Ways.tsx";
import { useWords } from "../../words.tsx";
import classes from "./FreeDialog.module.css";

type FreeProps = {
  readonly matchId: string;
  /** The roles that are looked for; the first is asked about at once. */
  readonly roles: readonly string[];
};

const Near = ({ near, label }: { readonly near: FreePerson["before"]; readonly label: string }) => {
  const words = useWords();
  if (near === null) return null;
  const { format } = words;
  const apart = [
    format.duration(near.minutesBetween * minuteMs),
    ...(near.km === null ? [] : [distanceText(near.km, words)]),
  ].join(", ");
  return (
    <span className={classes.near}>
      {label} {format.time(near.kickoff)} {near.title} <span className={classes.dim}>({apart})</span>
    </span>
  );
};

const Person = ({ person }: { readonly person: FreePerson }) => {
  const { texts } = useWords();
  return (
    <li className={classes.person}>
      <span className={classes.who}>
        <a className={classes.name} href={hrefOf("people", person.id)}>
          {person.name}
        </a>
        <span className={classes.dim}>
          {[texts.today.heldRole(person.heldRole), texts.people.inWeek(person.thatWeek)].join(" · ")}
        </span>
        <Near near={person.before} label={texts.today.before} />
        <Near near={person.after} label={texts.today.after} />
      </span>
      <Ways name={person.name} phone={person.phone} email={person.email} />
    </li>
  );
};

/** It proposes: one appoints in FOGIS, and the dialog says so. */
const Free = ({ matchId, roles }: FreeProps) => {
  const { texts, format } = useWords();
  const [role, setRole] = useState<string | null>(roles[0] ?? null);
  const query = useQuery("freePeople", { matchId, ...(role !== null && { role }) });
  const found = query.state === "ready" ? query.value : null;
  return (
    <>
      {found !== null && (
        <p className={classes.match}>
          {found.match.title}, {format.kickoff(found.match.kickoff)}
          {found.match.venue !== null && `, ${found.match.venue}`}
        </p>
      )}
      <p className={classes.about}>{texts.today.freeAbout}</p>
      {roles.length > 1 && (
        <Select
          label={texts.today.role}
          data={[...new Set(roles)].map((one) => ({ value: one, label: texts.match.role(one) }))}
          value={role}
          allowDeselect={false}
          onChange={setRole}
        />
      )}
      {query.state === "loading" && <Skeleton height={160} mt="sm" />}
      {query.state === "failed" && <ProblemNote problem={query.problem} />}
      {found?.people.length === 0 && <Empty icon={IconUserOff} title={texts.today.nobodyFree} />}
      <ul className={classes.list}>
        {found?.people.map((person) => (
          <Person key={person.id} person={person} />
        ))}
      </ul>
    </>
  );
};

/** Who could take a place of a match. */
export const FreeDialog = ({
  opened,
  onClose,
  ...free
}: FreeProps & { readonly opened: boolean; readonly onClose: () => void }) => {
  const { texts } = useWords();
  return (
    <Modal
      opened={opened}
      size="lg"
      onClose={onClose}
      title={texts.today.whoIsFree}
      closeButtonProps={{ "aria-label": texts.app.actions.close }}
    >
      <Free {...free} />
    </Modal>
  );
};
