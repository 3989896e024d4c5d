import { ActionIcon, Tooltip } from "@mantine/core";
import { IconBallFootball, IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useEffect, useMemo } from "react";
import { matchTitle } from "../../../../shared/match.ts";
import { isActive, type MatchView } from "../../../../shared/snapshot.ts";
import { hrefOf, stepTo } from "../../../navigation.ts";
import { ActionButton } from "../../../parts/ActionButton.tsx";
import { BackLink } from "../../../parts/BackLink.tsx";
import { CopyButton } from "../../../parts/CopyButton.tsx";
import { WriteButton } from "../../../parts/DraftDialog.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";
import { ProblemNote } from "../../../parts/ProblemNote.tsx";
import { useLetterKeys } from "../../../parts/useKeys.ts";
import { useMatchTold } from "../../../parts/useMatchTold.ts";
import { useDesk } from "../../../session.ts";
import { useWords } from "../../../words.tsx";
import { matchAsText } from "./asText.ts";
import { CalendarState, useSyncMatch } from "./CalendarState.tsx";
import { Facts } from "./Facts.tsx";
import classes from "./MatchPage.module.css";
import { Notes } from "./Notes.tsx";
import { Contacts, Officials } from "./People.tsx";
import { Standing } from "./Standing.tsx";
import { Timeline } from "./Timeline.tsx";
import { useDecisions, useMatchOffers } from "./useDecisions.ts";
import { Warnings } from "./Warnings.tsx";

type MatchPageProps = {
  readonly id: string;
  /** Its neighbours in the table as it stands. */
  readonly previousId: string | null;
  readonly nextId: string | null;
};

const Step = ({
  id,
  label,
  direction,
}: {
  readonly id: string | null;
  readonly label: string;
  readonly direction: "up" | "down";
}) => {
  const Glyph = direction === "up" ? IconChevronUp : IconChevronDown;
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} disabled={id === null} onClick={() => id !== null && stepTo("matches", id)}>
        <Glyph size={18} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
};

const Back = () => {
  const { texts } = useWords();
  return <BackLink href={hrefOf("matches")} label={texts.matches.page.back} />;
};

const Known = ({ match, previousId, nextId }: Omit<MatchPageProps, "id"> & { readonly match: MatchView }) => {
  const { texts, format } = useWords();
  const { told, problem } = useMatchTold(match);
  const letters = useLetterKeys();
  const sync = useSyncMatch(match.id, null);
  const decisions = useDecisions(match.id);
  useMatchOffers(match, sync, decisions);
  const matchIds = useMemo(() => [match.id], [match.id]);
  const words = texts.matches.page;
  return (
    <Page
      title={matchTitle(match)}
      lead={<Back />}
      actions={
        <>
          <CopyButton value={matchAsText(match, { texts, format })} label={words.copy} />
          <WriteButton matchIds={matchIds} />
          <ActionButton action={sync} />
          {isActive(match) && <ActionButton action={decisions.decline} variant="subtle" />}
          <Step id={previousId} label={texts.matches.previous} direction="up" />
          <Step id={nextId} label={texts.matches.next} direction="down" />
        </>
      }
    >
      <Standing match={match} decisions={decisions} />
      <Warnings warnings={match.warnings} />
      {problem !== null && <ProblemNote problem={problem} />}
      <div className={classes.columns}>
        <div className={classes.column}>
          <Facts match={match} />
          <Officials match={match} />
          <Notes key={match.id} match={match} />
          <Contacts contacts={match.contacts} />
        </div>
        <div className={classes.rest}>
          <CalendarState match={match} />
          <Timeline changes={told?.changes ?? null} />
        </div>
      </div>
      {letters && <p className={classes.keys}>{words.keys}</p>}
    </Page>
  );
};

/** Another match begins at its top, and takes the focus where what had it is gone. */
const useArrival = (id: string): void => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another match is the reason
  useEffect(() => {
    const content = document.getElementById("content");
    content?.scrollTo(0, 0);
    if (document.activeElement === document.body) content?.focus();
  }, [id]);
};

/** One match: what is known of it, who is to be called, what changed, whether it is in the calendar. */
export const MatchPage = ({ id, previousId, nextId }: MatchPageProps) => {
  const { texts } = useWords();
  const match = useDesk((state) => state.index.byId.get(id) ?? null);
  useArrival(id);
  if (match !== null) return <Known match={match} previousId={previousId} nextId={nextId} />;
  return (
    <Page title={texts.app.views.matches} lead={<Back />}>
      <Empty icon={IconBallFootball} title={texts.matches.page.notFound} about={id} />
    </Page>
  );
};
