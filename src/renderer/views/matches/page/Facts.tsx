import { IconExternalLink, IconMapPin } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { minuteMs } from "../../../../shared/duration.ts";
import { type MatchField, matchFields, matchPageOf } from "../../../../shared/match.ts";
import type { MatchView } from "../../../../shared/snapshot.ts";
import { hrefOf } from "../../../navigation.ts";
import { Badge, StatusBadge } from "../../../parts/Badge.tsx";
import { CopyButton } from "../../../parts/CopyButton.tsx";
import { ExternalLink } from "../../../parts/ExternalLink.tsx";
import { mapUrl, standingOf } from "../../../parts/match.ts";
import { Panel } from "../../../parts/Panel.tsx";
import { Ago, Moment } from "../../../parts/Times.tsx";
import { toldOf } from "../../../parts/told.ts";
import { useNow } from "../../../parts/useNow.ts";
import { useWords, type Words } from "../../../words.tsx";
import classes from "./MatchPage.module.css";

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

const Venue = ({ match }: { readonly match: MatchView }) => {
  const { texts } = useWords();
  const url = mapUrl(match);
  const venue = match.venue ?? texts.match.noVenue;
  if (url === null) return <span className={classes.dim}>{venue}</span>;
  return (
    <ExternalLink url={url} label={texts.matches.page.map(venue)} about={texts.matches.page.mapAbout}>
      <IconMapPin size={15} aria-hidden="true" />
      {venue}
    </ExternalLink>
  );
};

const Kickoff = ({ kickoff }: Pick<MatchView, "kickoff">) => {
  const { texts, format } = useWords();
  const now = useNow(minuteMs);
  if (kickoff === null) return <span className={classes.dim}>{texts.match.noKickoff}</span>;
  return (
    <time dateTime={kickoff} title={format.full(kickoff)}>
      <span className={classes.strong}>
        {format.weekday(kickoff)} {format.time(kickoff)}
      </span>{" "}
      <span className={classes.dim}>{format.relative(kickoff, now)}</span>
    </time>
  );
};

const Status = ({ match }: { readonly match: MatchView }) => {
  const { texts } = useWords();
  const standing = standingOf(match);
  const since = match.goneAt ?? match.declinedAt ?? match.inDoubt?.since ?? null;
  return (
    <span className={classes.inline}>
      <StatusBadge status={match.status} />
      {standing !== null && (
        <Badge level={standing === "declined" ? "off" : "warning"}>{texts.matches.standing[standing]}</Badge>
      )}
      {since !== null && (
        <span className={classes.dim}>
          <Moment at={since} />
        </span>
      )}
    </span>
  );
};

const MatchNumber = ({ number }: Pick<MatchView, "number">) => {
  const { texts } = useWords();
  const label = texts.matches.page.copyValue(texts.match.field.number.toLocaleLowerCase());
  return (
    <span className={classes.inline}>
      {number ?? texts.app.none}
      {number !== null && <CopyButton look="icon" value={number} label={label} />}
    </span>
  );
};

type Show = (match: MatchView, words: Words) => ReactNode;

/** How each field is shown among the facts. null: it stands elsewhere on the page, or says nothing to a person. */
const shown: Readonly<Record<MatchField, Show | null>> = {
  kickoff: ({ kickoff }) => <Kickoff kickoff={kickoff} />,
  status: (match) => <Status match={match} />,
  venue: (match) => <Venue match={match} />,
  officials: null,
  openPlaces: null,
  placeStatuses: null,
  home: null,
  away: null,
  competition: ({ competition }, { texts }) => competition ?? texts.app.none,
  number: ({ number }) => <MatchNumber number={number} />,
  position: null,
  contacts: null,
  playingTime: ({ playingTime }, { texts }) => (playingTime === null ? null : texts.match.playingTime(playingTime)),
  venueId: null,
  homeId: null,
  awayId: null,
  competitionId: null,
};

const FieldFact = ({ field, match }: { readonly field: MatchField; readonly match: MatchView }) => {
  const words = useWords();
  const value = shown[field]?.(match, words) ?? null;
  return value === null ? null : <Fact name={words.texts.match.field[field]}>{value}</Fact>;
};

/** What is known of the match. */
export const Facts = ({ match }: { readonly match: MatchView }) => {
  const { texts } = useWords();
  const words = texts.matches.page;
  const page = matchPageOf(match.id);
  return (
    <Panel title={words.facts}>
      <dl className={classes.facts}>
        {matchFields.map((field) => (
          <FieldFact key={field} field={field} match={match} />
        ))}
        {page !== null && (
          <Fact name={words.link}>
            <ExternalLink url={page}>
              {words.linkAbout}
              <IconExternalLink size={14} aria-hidden="true" />
            </ExternalLink>
          </Fact>
        )}
        <Fact name={words.changed}>
          <Ago at={match.changedAt} />
        </Fact>
        <Fact name={words.sources}>
          <a href={hrefOf("stream", toldOf(match.id))}>{words.told}</a>
        </Fact>
      </dl>
    </Panel>
  );
};
