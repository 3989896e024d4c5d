import { IconBallFootball } from "@tabler/icons-react";
import { isHandId, matchTitle } from "../../../shared/match.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { hrefOf } from "../../navigation.ts";
import { BackLink } from "../../parts/BackLink.tsx";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { useMatchTold } from "../../parts/useMatchTold.ts";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import { channelText } from "../matches/page/asText.ts";
import { Timeline } from "../matches/page/Timeline.tsx";
import { MatchMessages } from "./MatchMessages.tsx";
import classes from "./MatchTold.module.css";

/** The newest message in the window that speaks of the match: another one says that there is more to fetch. */
const useNewestMessage = (id: string): number =>
  useDesk(
    (state) => state.messages.find(({ gist }) => gist.type === "match_updates" && gist.matchIds.includes(id))?.id ?? 0,
  );

/** What a person entered speaks no dialect but theirs. */
const toldBy = ({ id, sources }: MatchView): MatchView["sources"] => (isHandId(id) ? [] : sources);

const Sources = ({ match }: { readonly match: MatchView }) => {
  const { texts } = useWords();
  const words = texts.matches.page;
  return (
    <Panel title={words.sources}>
      <dl className={classes.facts}>
        <dt>{isHandId(match.id) ? words.ownId : words.id}</dt>
        <dd>
          {match.id} <CopyButton look="icon" value={match.id} label={words.copyValue(words.id)} />
        </dd>
        <dt>{words.sources}</dt>
        <dd>
          {match.enteredByHand && <div>{words.byHand}</div>}
          {toldBy(match).map(({ dialect, channel }) => (
            <div key={`${dialect} ${channel}`} className={classes.source}>
              {texts.match.dialect[dialect]} <code>{channelText(channel, texts)}</code>
            </div>
          ))}
        </dd>
        {match.noted.length > 0 && (
          <>
            <dt>{words.noted}</dt>
            <dd>
              {match.noted.map(({ path, reason }) => (
                <div key={path} className={classes.source}>
                  <code>{path}</code> {reason}
                </div>
              ))}
            </dd>
          </>
        )}
      </dl>
    </Panel>
  );
};

const Back = ({ id }: { readonly id: string }) => {
  const { texts } = useWords();
  return <BackLink href={hrefOf("matches", id)} label={texts.matches.page.toMatch} />;
};

const Known = ({ match }: { readonly match: MatchView }) => {
  const { told, problem } = useMatchTold(match, useNewestMessage(match.id));
  return (
    <Page title={matchTitle(match)} lead={<Back id={match.id} />}>
      {problem !== null && <ProblemNote problem={problem} />}
      <Sources match={match} />
      <MatchMessages messages={told?.messages ?? null} />
      <Timeline changes={told?.changes ?? null} withSources />
    </Page>
  );
};

/** What was told of one match: by whom, in which messages, and what of it could not be read. */
export const MatchTold = ({ id }: { readonly id: string }) => {
  const { texts } = useWords();
  const match = useDesk((state) => state.index.byId.get(id) ?? null);
  if (match !== null) return <Known match={match} />;
  return (
    <Page title={texts.app.views.stream} lead={<Back id={id} />}>
      <Empty icon={IconBallFootball} title={texts.matches.page.notFound} about={id} />
    </Page>
  );
};
