import { SegmentedControl } from "@mantine/core";
import { IconPlugConnectedX, IconStack2 } from "@tabler/icons-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { z } from "zod";
import { matchTitle } from "../../../shared/match.ts";
import { messageTypes, verdictSchema } from "../../../shared/message.ts";
import { windowLimits } from "../../../shared/snapshot.ts";
import { openView } from "../../navigation.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { choiceOf, FilterBar } from "../../parts/FilterBar.tsx";
import { Page } from "../../parts/Page.tsx";
import { PaperTable } from "../../parts/Shown.tsx";
import { matchIn } from "../../parts/told.ts";
import { useKeys } from "../../parts/useKeys.ts";
import { useRemembered } from "../../parts/useRemembered.ts";
import { useDesk, useSession } from "../../session.ts";
import { useWords } from "../../words.tsx";
import { type Filter, filterSchema, isFiltering, noFilter } from "./filter.ts";
import { MatchTold } from "./MatchTold.tsx";
import { MessageDetail } from "./MessageDetail.tsx";
import { MessageList } from "./MessageList.tsx";
import { messagesTable } from "./paper.ts";
import { Quarantine } from "./Quarantine.tsx";
import classes from "./Stream.module.css";
import { StreamActions } from "./StreamActions.tsx";
import { useStream } from "./useStream.ts";

const windowMs = 2000;

/** Messages a second, over the last two; whether the list is live. */
const Rate = ({ paused }: { readonly paused: boolean }) => {
  const { texts, format } = useWords();
  const { store } = useSession();
  const live = useDesk((state) => state.connection.state === "live");
  const [rate, setRate] = useState(0);
  const before = useRef<{ readonly at: number; readonly heard: number } | null>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      const { phase } = store.getState();
      if (phase.name !== "ready") return;
      const at = performance.now();
      const last = before.current;
      if (last !== null) setRate(((phase.state.heard - last.heard) * 1000) / (at - last.at));
      if (last === null || at - last.at >= windowMs) before.current = { at, heard: phase.state.heard };
    }, 1000);
    return () => clearInterval(timer);
  }, [store]);
  return (
    <span style={{ display: "inline-flex", alignItems: "center", gap: 8 }}>
      {live ? (
        <Badge level={paused ? "warning" : "ok"}>{paused ? texts.stream.paused : texts.stream.live}</Badge>
      ) : (
        <Badge level="critical">{texts.stream.emptyDisconnected}</Badge>
      )}
      <span className="tabular">{texts.stream.rate(rate < 10 ? format.decimal(rate) : format.number(rate))}</span>
    </span>
  );
};

const useTitles = (): ReadonlyMap<string, string> => {
  const matches = useDesk((state) => state.matches);
  return useMemo(() => new Map(matches.map((match) => [match.id, matchTitle(match)])), [matches]);
};

const namesMore: ReadonlySet<string> = new Set(["AVSPARK_EXTRA_MATCH_CHANNELS", "REDIS_STREAM"]);

/** The channels that are listened to, and any other that has been heard: sorted, and the same list while they are. */
const useChannels = (): readonly string[] => {
  const joined = useDesk(({ connection, settings }) => {
    const names = "channels" in connection ? connection.channels : [];
    const set = settings
      .filter((setting) => setting.name.endsWith("_CHANNEL") || namesMore.has(setting.name))
      .flatMap((setting) => setting.value.split(","));
    return [...new Set([...names, ...set.map((name) => name.trim()).filter(Boolean)])].sort().join("\n");
  });
  return useMemo(() => (joined === "" ? [] : joined.split("\n")), [joined]);
};

const Nothing = ({ filter }: { readonly filter: Filter }) => {
  const { texts } = useWords();
  const connection = useDesk((state) => state.connection);
  const words = texts.stream;
  if (isFiltering(filter))
    return <Empty icon={IconStack2} title={words.emptyFiltered} about={words.emptyFilteredAbout} />;
  if (connection.state === "live") return <Empty icon={IconStack2} title={words.empty} about={words.emptyAbout} />;
  return (
    <Empty
      icon={IconPlugConnectedX}
      title={words.emptyDisconnected}
      about={texts.health.connection[connection.state]}
    />
  );
};

/** The address of the quarantine, in the place of a message's number. */
const quarantineId = "quarantine";

const PartSwitch = ({ part }: { readonly part: "messages" | "quarantine" }) => {
  const { texts, format } = useWords();
  const refused = useDesk((state) => state.quarantine.count);
  const words = texts.stream.part;
  return (
    <SegmentedControl
      aria-label={words.title}
      data={[
        { value: "messages", label: words.messages },
        { value: "quarantine", label: words.quarantine(format.number(refused)) },
      ]}
      value={part}
      onChange={(wanted) => openView("stream", wanted === "quarantine" ? quarantineId : null)}
    />
  );
};

const idIn = (id: string | null): number | null => (id !== null && /^\d{1,15}$/.test(id) ? Number(id) : null);

/** What is chosen survives a restart; the search is forgotten with the window, so that nobody wonders what is missing. */
const useFilter = () => {
  const [chosen, choose] = useRemembered("stream.filter", filterSchema, noFilter);
  const [search, type] = useRemembered("stream.search", z.string().max(200), "", "session");
  const filter = useMemo((): Filter => ({ ...chosen, search }), [chosen, search]);
  const setFilter = (next: Filter): void => {
    choose({ ...next, search: "" });
    type(next.search);
  };
  return [filter, setFilter] as const;
};

/** The live stream, what was kept out of it, or what was told of one match. */
export const Stream = ({ id }: { readonly id: string | null }) => {
  const matchId = matchIn(id);
  if (matchId !== null) return <MatchTold key={matchId} id={matchId} />;
  return id === quarantineId ? <Quarantine part={<PartSwitch part="quarantine" />} /> : <Messages id={idIn(id)} />;
};

/** Every message as it arrives, and what is in the one that is chosen; `id` is one that a link leads to. */
const Messages = ({ id }: { readonly id: number | null }) => {
  const said = useWords();
  const { texts, format } = said;
  const words = texts.stream.filter;
  const [filter, setFilter] = useFilter();
  const [relative, setRelative] = useRemembered("stream.relative", z.boolean(), false);
  const [personal, setPersonal] = useState(false);
  const [chosenId, setChosenId] = useState(id);
  const scroller = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const channels = useChannels();
  const titles = useTitles();
  const { rows, still, waiting, hold, follow, settle, clear } = useStream(filter);
  const paused = still === "paused";
  useEffect(() => {
    if (id !== null) setChosenId(id);
  }, [id]);

  const toNewest = useCallback(() => {
    follow();
    scroller.current?.scrollTo({ top: 0 });
  }, [follow]);
  const pause = useCallback(() => (paused ? toNewest() : hold("paused")), [paused, toNewest, hold]);
  const leaveTop = useCallback(() => hold("scrolled"), [hold]);

  const move = (by: number): void => {
    const index = rows.findIndex((row) => row.id === chosenId);
    const next = rows[index === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, index + by))];
    if (next !== undefined) setChosenId(next.id);
  };
  useKeys([
    ["j", () => move(1)],
    ["ArrowDown", () => move(1)],
    ["k", () => move(-1)],
    ["ArrowUp", () => move(-1)],
    ["PageDown", () => move(20)],
    ["PageUp", () => move(-20)],
    [" ", pause],
    ["/", () => search.current?.focus()],
    ["Home", toNewest],
    ["Escape", () => setChosenId(null)],
  ]);

  return (
    <Page
      title={texts.app.views.stream}
      layout="fill"
      paper={() => <PaperTable table={messagesTable(rows, titles, said)} />}
      note={
        <span className={classes.note}>
          <Rate paused={paused} />
          <PartSwitch part="messages" />
        </span>
      }
      actions={
        <StreamActions
          filter={filter}
          paused={paused}
          relative={relative}
          personal={personal}
          onPause={pause}
          onClear={clear}
          onNewest={toNewest}
          onRelative={setRelative}
          onPersonal={setPersonal}
        />
      }
    >
      <div className={classes.frame} data-chosen={chosenId !== null}>
        <div className={classes.left}>
          <FilterBar
            search={{
              typed: filter.search,
              hint: words.search,
              label: words.search,
              field: search,
              onType: (typed) => setFilter({ ...filter, search: typed }),
            }}
            choices={[
              choiceOf({
                label: words.channel,
                values: channels,
                nameOf: (channel) => channel,
                value: filter.channel,
                onValue: (channel) => setFilter({ ...filter, channel }),
              }),
              choiceOf({
                label: words.type,
                values: messageTypes,
                nameOf: (type) => texts.message.type[type],
                value: filter.type,
                onValue: (type) => setFilter({ ...filter, type }),
              }),
              choiceOf({
                label: words.verdict,
                values: verdictSchema.options,
                nameOf: (verdict) => texts.message.verdict[verdict],
                value: filter.verdict,
                onValue: (verdict) => setFilter({ ...filter, verdict }),
              }),
            ]}
            filtering={isFiltering({ ...filter, search: "" })}
            onReset={() => setFilter({ ...noFilter, search: filter.search })}
          />
          {rows.length === 0 ? (
            <Nothing filter={filter} />
          ) : (
            <MessageList
              rows={rows}
              chosenId={chosenId}
              onChoose={setChosenId}
              relative={relative}
              titles={titles}
              scroller={scroller}
              waiting={waiting}
              onLeaveTop={leaveTop}
              onReachTop={settle}
              onNewest={toNewest}
            />
          )}
          <p className={classes.foot}>
            <span>{texts.stream.shown(rows.length)}</span>
            <span role="status">
              {paused &&
                (waiting > windowLimits.messages
                  ? texts.stream.waitingBounded({
                      messages: format.number(waiting),
                      kept: format.number(windowLimits.messages),
                    })
                  : texts.stream.waiting(waiting))}
            </span>
          </p>
        </div>
        <div className={classes.right}>
          <MessageDetail
            id={chosenId}
            personal={personal}
            titles={titles}
            nothing={{ title: texts.stream.choose, about: texts.stream.keys }}
            onClose={() => setChosenId(null)}
          />
        </div>
      </div>
    </Page>
  );
};
