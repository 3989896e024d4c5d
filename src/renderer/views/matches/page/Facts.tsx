import { IconExternalLink, IconMapPin } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { matchPageOf } from "../../../../shared/match.ts";
import type { MatchView } from "../../../../shared/snapshot.ts";
import { Badge } from "../../../parts/Badge.tsx";
import { CopyButton } from "../../../parts/CopyButton.tsx";
import { channelText } from "../../../parts/channel.ts";
import { ExternalLink } from "../../../parts/ExternalLink.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { StatusBadge } from "../../../parts/StatusBadge.tsx";
import { Ago, Moment } from "../../../parts/Times.tsx";
import { useNow } from "../../../parts/useNow.ts";
import { useWords } from "../../../words.tsx";
import classes from "./MatchPage.module.css";
import { mapUrl } from "./map.ts";

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
  const now = useNow(60_000);
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

/** What is known of the match. */
export const Facts = ({ match }: { readonly match: MatchView }) => {
  const { texts } = useWords();
  const words = texts.matches.page;
  return (
    <Panel title={words.facts}>
      <dl className={classes.facts}>
        <Fact name={words.kickoff}>
          <Kickoff kickoff={match.kickoff} />
        </Fact>
        <Fact name={words.status}>
          <span className={classes.inline}>
            <StatusBadge status={match.status} />
            {match.goneAt !== null && (
              <>
                <Badge level="warning">{texts.matches.gone}</Badge>
                <span className={classes.dim}>
                  <Moment at={match.goneAt} />
                </span>
              </>
            )}
          </span>
        </Fact>
        <Fact name={words.venue}>
          <Venue match={match} />
        </Fact>
        <Fact name={words.competition}>{match.competition ?? texts.app.none}</Fact>
        <Fact name={words.number}>
          <span className={classes.inline}>
            {match.number ?? texts.app.none}
            {match.number !== null && (
              <CopyButton look="icon" value={match.number} label={words.copyValue(words.number.toLocaleLowerCase())} />
            )}
          </span>
        </Fact>
        <Fact name={words.id}>
          <span className={classes.inline}>
            {match.id}
            <CopyButton look="icon" value={match.id} label={words.copyValue(words.id)} />
          </span>
        </Fact>
        <Fact name={words.link}>
          <ExternalLink url={matchPageOf(match.id)}>
            {words.linkAbout}
            <IconExternalLink size={14} aria-hidden="true" />
          </ExternalLink>
        </Fact>
        <Fact name={words.changed}>
          <Ago at={match.changedAt} />
        </Fact>
        <Fact name={words.sources}>
          {match.sources.map(({ dialect, channel }) => (
            <div key={`${dialect} ${channel}`} className={classes.source}>
              {texts.match.dialect[dialect]} <code>{channelText(channel, texts)}</code>
            </div>
          ))}
        </Fact>
      </dl>
    </Panel>
  );
};
