import {
  IconAlertOctagon,
  IconCalendarCheck,
  IconCalendarOff,
  IconCalendarQuestion,
  IconHourglass,
} from "@tabler/icons-react";
import { type AddressBookName, calendarNames, type Placement } from "../../shared/calendar.ts";
import type { MatchView } from "../../shared/snapshot.ts";
import { adviceFor } from "../../shared/text/target.ts";
import type { Texts } from "../../shared/text/type.ts";
import { useWords } from "../words.tsx";
import classes from "./marks.module.css";
import { isRightlyPlaced } from "./match.ts";
import { VisuallyHidden } from "./VisuallyHidden.tsx";

const icons = {
  there: IconCalendarCheck,
  waiting: IconHourglass,
  failed: IconAlertOctagon,
  differs: IconCalendarQuestion,
  skipped: IconCalendarOff,
} as const;

/** The mark of a state; null where there is no place at all. */
export const PlacementIcon = ({ state }: { readonly state: Placement["state"] | null }) => {
  const Icon = state === null ? IconCalendarOff : icons[state];
  return (
    <span className={classes.placement} data-state={state}>
      <Icon size={16} stroke={1.8} aria-hidden="true" />
    </span>
  );
};

/** A match's place in one calendar, or somebody's in an address book, in words; a failure with what happened. */
export const placementText = (placement: Placement, texts: Texts, book: AddressBookName | null = null): string => {
  const say = book === null ? texts.match.placement : texts.addressBooks.placement;
  switch (placement.state) {
    case "skipped":
      return say.skipped[placement.reason];
    case "failed":
      return `${say.failed}: ${adviceFor(texts, placement.problem.kind, book).what}`;
    case "waiting":
    case "there":
    case "differs":
      return say[placement.state];
  }
};

/** One mark for each calendar that is not as it should be, always in the same order. Plain: tables draw many. */
export const PlacementMarks = ({ placements }: { readonly placements: MatchView["placements"] }) => {
  const { texts } = useWords();
  return (
    <span className={classes.marks}>
      {calendarNames.map((target) => {
        const placement = placements[target];
        if (placement === undefined || isRightlyPlaced(placement)) return null;
        const label = `${texts.match.target[target]}: ${placementText(placement, texts)}`;
        return (
          <span key={target} title={label}>
            <PlacementIcon state={placement.state} />
            <VisuallyHidden>{label}</VisuallyHidden>
          </span>
        );
      })}
    </span>
  );
};
