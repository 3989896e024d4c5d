import { IconHistory } from "@tabler/icons-react";
import { memo, useDeferredValue, useMemo, useState } from "react";
import type { Change } from "../../../shared/change.ts";
import { useActions } from "../../actions.ts";
import { hrefOf } from "../../navigation.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { Badge } from "../../parts/Badge.tsx";
import { ChangeLine } from "../../parts/ChangeLine.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { MoreButton } from "../../parts/MoreButton.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { Ago } from "../../parts/Times.tsx";
import { VisuallyHidden } from "../../parts/VisuallyHidden.tsx";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import { unseenView } from "../matches/views.ts";
import { type MatchNews, type NewsLine, newsLines, newsOf } from "./news.ts";
import classes from "./Rows.module.css";

/** So much is shown at first; the rest is counted and a press away. */
const seenShown = 12;
const unseenShown = 40;

type Many = Extract<NewsLine, { of: "many" }>;

type NewsRowProps = { readonly news: MatchNews; readonly unseen: boolean };

/** What is new is summed up anew with every change; of most matches it comes to the same. */
const isSame = (one: NewsRowProps, other: NewsRowProps): boolean =>
  one.unseen === other.unseen && (one.news === other.news || JSON.stringify(one.news) === JSON.stringify(other.news));

const NewsRow = memo(({ news, unseen }: NewsRowProps) => {
  const { texts, format } = useWords();
  return (
    <li className={classes.news} data-unseen={unseen || undefined}>
      <span className={classes.dot} />
      <span className={classes.main}>
        <span className={classes.first}>
          {unseen && <VisuallyHidden>{texts.match.change.unseen}</VisuallyHidden>}
          <a className={classes.title} href={hrefOf("matches", news.matchId)}>
            {news.title}
          </a>
          {news.urgent && <Badge level="warning">{texts.match.change.urgent}</Badge>}
          <span className={classes.kickoff}>
            {news.kickoff === null ? texts.match.noKickoff : format.kickoff(news.kickoff)}
          </span>
        </span>
        {news.changes.map((change) => (
          <ChangeLine key={change.id} difference={change.difference} wrap />
        ))}
      </span>
      <span className={classes.at}>
        <Ago at={news.at} />
      </span>
    </li>
  );
}, isSame);

/** Many matches that are gone, or back, together: how many, and on a press which. */
const ManyRow = ({ line, unseen }: { readonly line: Many; readonly unseen: boolean }) => {
  const { texts } = useWords();
  const { field, competition, matches } = line;
  return (
    <li className={classes.news} data-unseen={unseen || undefined}>
      <span className={classes.dot} />
      <details className={classes.many}>
        <summary>
          {unseen && <VisuallyHidden>{texts.match.change.unseen}</VisuallyHidden>}
          {texts.overview.changes[field](matches.length, competition)}
        </summary>
        <ul className={classes.list}>
          {matches.map((news) => (
            <NewsRow key={news.matchId} news={news} unseen={false} />
          ))}
        </ul>
      </details>
    </li>
  );
};

const Line = ({ line, unseen }: { readonly line: NewsLine; readonly unseen: boolean }) =>
  line.of === "match" ? <NewsRow news={line.news} unseen={unseen} /> : <ManyRow line={line} unseen={unseen} />;

const keyOf = (line: NewsLine): string =>
  line.of === "match" ? line.news.matchId : `${line.field} ${line.competition}`;

/** What is new in many matches, in one line, which may lead to them. */
const Counted = ({ text, href }: { readonly text: string; readonly href?: string }) => (
  <li className={classes.news}>
    <span className={classes.second}>{href === undefined ? text : <a href={href}>{text}</a>}</span>
  </li>
);

/** What changed since the person last looked, a match once; and before that. */
export const Changes = () => {
  const { texts } = useWords();
  // Hundreds of matches may change at once: the rest of the window goes before their rows.
  const changes = useDeferredValue(useDesk((state) => state.changes));
  const seenId = useDeferredValue(useDesk((state) => state.seenChangeId));
  const { byId, unseen: unseenIds } = useDeferredValue(useDesk((state) => state.index));
  const { markSeen } = useActions();
  const [all, setAll] = useState(false);
  const { unseen, newLines, oldLines } = useMemo(() => {
    const newsWhere = (passes: (change: Change) => boolean) => newsOf(changes.filter(passes), (id) => byId.get(id));
    const unseen = newsWhere(({ id }) => id > seenId);
    const seen = newsWhere(({ id }) => id <= seenId);
    return { unseen, newLines: newsLines(unseen.matches), oldLines: newsLines(seen.matches) };
  }, [changes, seenId, byId]);
  const words = texts.overview.changes;
  const before = useMemo(() => {
    const told = new Set(changes.map(({ matchId }) => matchId));
    return unseenIds.size - [...told].filter((id) => unseenIds.has(id)).length;
  }, [changes, unseenIds]);
  const count = unseen.matches.length + unseen.added.length + unseen.contacts.length + before;
  const news = newLines.slice(0, all ? undefined : unseenShown);
  const earlier = oldLines.slice(0, all ? undefined : seenShown);
  const more = Math.max(0, newLines.length - unseenShown) + Math.max(0, oldLines.length - seenShown);
  return (
    <Panel
      title={words.title}
      note={changes.length === 0 ? undefined : count === 0 ? words.noneUnseen : words.unseen(count)}
      actions={count > 0 && <ActionButton action={markSeen} variant="subtle" />}
      padding="none"
    >
      {changes.length === 0 && <Empty icon={IconHistory} title={words.empty} about={words.emptyAbout} />}
      <ul className={classes.list}>
        {news.map((line) => (
          <Line key={keyOf(line)} line={line} unseen />
        ))}
        {unseen.added.length > 0 && <Counted text={words.added(unseen.added.length)} />}
        {unseen.contacts.length > 0 && <Counted text={words.contacts(unseen.contacts.length)} />}
        {before > 0 && <Counted text={words.before(before)} href={hrefOf("matches", unseenView)} />}
      </ul>
      {earlier.length > 0 && (
        <>
          <h3 className={classes.group}>{words.earlier}</h3>
          <ul className={classes.list}>
            {earlier.map((line) => (
              <Line key={keyOf(line)} line={line} unseen={false} />
            ))}
          </ul>
        </>
      )}
      {more > 0 && (
        <div className={classes.foot}>
          <MoreButton open={all} more={more} onToggle={() => setAll(!all)} />
        </div>
      )}
    </Panel>
  );
};
