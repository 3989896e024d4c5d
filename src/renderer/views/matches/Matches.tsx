import { Button } from "@mantine/core";
import { IconBallFootball, IconFilterOff, IconPlugConnectedX } from "@tabler/icons-react";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { minuteMs } from "../../../shared/duration.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { stockholmDay, stockholmInstant } from "../../../shared/text/format.ts";
import { openView, stepTo } from "../../navigation.ts";
import { Empty } from "../../parts/Empty.tsx";
import { Page } from "../../parts/Page.tsx";
import { useKeys, useLetterKeys } from "../../parts/useKeys.ts";
import { useNow } from "../../parts/useNow.ts";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import { Bulk } from "./Bulk.tsx";
import { type Column, shownColumns } from "./columns.ts";
import { EnterMatch } from "./EnterMatch.tsx";
import { isFiltering } from "./filter.ts";
import { marksAfter } from "./lines.ts";
import classes from "./Matches.module.css";
import { MatchTable, type TableHandle } from "./MatchTable.tsx";
import { MatchPage } from "./page/MatchPage.tsx";
import { type Sort, sortAfter, usualSort } from "./sort.ts";
import { TableActions, TableOffers } from "./TableActions.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { matchTable } from "./table.ts";
import { useTable } from "./useTable.ts";
import { filterAt } from "./views.ts";

const Nothing = ({ table: { filter, typed, reset } }: { readonly table: ReturnType<typeof useTable> }) => {
  const { texts } = useWords();
  const live = useDesk((state) => state.connection.state === "live" || state.source.state === "fetched");
  const words = texts.matches;
  if (isFiltering(filter) || typed.trim() !== "") {
    return (
      <Empty icon={IconBallFootball} title={words.emptyFiltered} about={words.emptyFilteredAbout}>
        <Button mt="sm" leftSection={<IconFilterOff size={15} aria-hidden="true" />} onClick={reset}>
          {texts.app.filters.reset}
        </Button>
      </Empty>
    );
  }
  return (
    <Empty
      icon={live ? IconBallFootball : IconPlugConnectedX}
      title={words.empty}
      about={live ? words.emptyAbout : words.emptyDisconnected}
    />
  );
};

/** The first match of today or later, in the order of kick-off; the last one there is when all are over. */
const placeOfToday = (rows: readonly MatchView[], today: string, { by, descending }: Sort): number | null => {
  if (by !== "kickoff") return null;
  const start = stockholmInstant(today, "00:00");
  const index = descending
    ? rows.findIndex(({ kickoff }) => kickoff !== null && kickoff < start) - 1
    : rows.findIndex(({ kickoff }) => kickoff === null || kickoff >= start);
  return index < 0 ? rows.length - 1 : index;
};

const nothing: ReadonlySet<string> = new Set();

/** Which rows are marked. What is not shown is not marked either: nothing is done with what one does not see. */
const useMarks = (rows: readonly MatchView[]) => {
  const [marked, setMarked] = useState(nothing);
  const before = useRef<string | null>(null);
  const shown = useRef(rows);
  useLayoutEffect(() => {
    shown.current = rows;
  });
  const matches = useMemo(
    () => (marked.size === 0 ? [] : rows.filter((match) => marked.has(match.id))),
    [rows, marked],
  );
  const ids = useMemo(() => (matches.length === 0 ? nothing : new Set(matches.map(({ id }) => id))), [matches]);
  const mark = useCallback((id: string, range: boolean) => {
    const press = { ids: shown.current.map((row) => row.id), id, before: range ? before.current : null };
    before.current = id;
    setMarked((now) => marksAfter(now, press));
  }, []);
  const markAll = useCallback(
    (all: boolean) => setMarked(all ? new Set(shown.current.map((row) => row.id)) : nothing),
    [],
  );
  const clear = useCallback(() => setMarked(nothing), []);
  return { matches, ids, mark, markAll, clear };
};

/** The form for a match by hand. */
const entryPlace = "enter";

/** Every match there is, to be searched, filtered and put in order; and the page of the one that is opened. */
export const Matches = ({ id: place }: { readonly id: string | null }) => {
  const words = useWords();
  const { texts, format } = words;
  const table = useTable();
  const { rows, sort, setSort, setTyped, setFilter, density } = table;
  const today = stockholmDay(useNow(minuteMs));
  const asked = useMemo(() => filterAt(place, today), [place, today]);
  const entering = place === entryPlace;
  const id = asked !== null || entering ? null : place;
  const [chosenId, setChosenId] = useState<string | null>(id);
  const handle = useRef<TableHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const columns = useMemo(() => shownColumns(table.columns), [table.columns]);
  const marks = useMarks(rows);
  const enter = useCallback(() => stepTo("matches", entryPlace), []);
  const leaveForm = useCallback(() => stepTo("matches"), []);

  // The table comes back at the match that was opened.
  useEffect(() => {
    if (id !== null) setChosenId(id);
  }, [id]);

  // A view that is asked for by its address becomes what the table shows, and is as any other from then on.
  useEffect(() => {
    if (asked === null) return;
    setTyped("");
    setFilter(asked);
    setSort(usualSort);
    stepTo("matches");
  }, [asked, setTyped, setFilter, setSort]);

  const indexOf = (wanted: string | null): number => rows.findIndex((row) => row.id === wanted);
  const choose = (index: number): void => {
    const place = Math.min(rows.length - 1, Math.max(0, index));
    const row = rows[place];
    if (row === undefined) return;
    if (id === null) {
      setChosenId(row.id);
      handle.current?.scrollTo(place, "auto");
    } else stepTo("matches", row.id);
  };
  const move = (by: number): void => {
    const index = indexOf(id ?? chosenId);
    choose(index === -1 ? (handle.current?.first() ?? 0) : index + by);
  };
  const open = useCallback((wanted: string) => openView("matches", wanted), []);
  const onSort = useCallback((column: Column) => setSort(sortAfter(sort, column)), [sort, setSort]);
  const todayAt = placeOfToday(rows, today, sort);
  // In another order there is no place of today: the order of kick-off comes first, the place once that is there.
  const seeksToday = useRef(false);
  useEffect(() => {
    if (!seeksToday.current || todayAt === null) return;
    seeksToday.current = false;
    handle.current?.scrollTo(todayAt, "start");
  }, [todayAt]);
  const toToday = useCallback(() => {
    if (todayAt === null) {
      seeksToday.current = true;
      setSort(usualSort);
    } else handle.current?.scrollTo(todayAt, "start");
  }, [todayAt, setSort]);

  const tableOf = useCallback(() => matchTable(rows, columns, words), [rows, columns, words]);

  const letters = useLetterKeys();
  const inList = id === null;
  const leave = (): void => {
    if (!inList) stepTo("matches");
    else if (marks.matches.length > 0) marks.clear();
    else setChosenId(null);
  };
  useKeys([
    ["j", () => move(1)],
    ["k", () => move(-1)],
    ["Escape", leave],
    ...(inList
      ? ([
          ["ArrowDown", () => move(1)],
          ["ArrowUp", () => move(-1)],
          ["PageDown", () => move(handle.current?.pageSize() ?? 20)],
          ["PageUp", () => move(-(handle.current?.pageSize() ?? 20))],
          ["Home", () => choose(0)],
          ["End", () => choose(rows.length - 1)],
          ["Enter", () => chosenId !== null && open(chosenId)],
          ["x", () => chosenId !== null && marks.mark(chosenId, false)],
          ["/", () => search.current?.focus()],
          ["t", toToday],
        ] as const)
      : []),
  ]);

  if (id !== null) {
    const index = indexOf(id);
    return (
      <MatchPage
        id={id}
        previousId={index > 0 ? (rows[index - 1]?.id ?? null) : null}
        nextId={index === -1 ? null : (rows[index + 1]?.id ?? null)}
      />
    );
  }

  const beginAt = chosenId !== null && indexOf(chosenId) !== -1 ? indexOf(chosenId) - 4 : todayAt;
  return (
    <Page
      title={texts.app.views.matches}
      layout="fill"
      tableOf={tableOf}
      note={
        rows.length === table.all
          ? texts.matches.shown(table.all)
          : texts.matches.shownOf({ shown: format.number(rows.length), all: format.number(table.all) })
      }
      actions={
        <TableActions
          columns={table.columns}
          density={density}
          onColumns={table.setColumns}
          onDensity={table.setDensity}
          onToday={toToday}
          onEnter={enter}
        />
      }
    >
      <TableOffers table={table} onToday={toToday} />
      <EnterMatch match={null} opened={entering} onClose={leaveForm} />
      <div className={classes.frame}>
        <Toolbar
          table={table}
          today={today}
          search={search}
          onLeave={() => {
            search.current?.blur();
            move(0);
          }}
        />
        {rows.length === 0 ? (
          <Nothing table={table} />
        ) : (
          <MatchTable
            rows={rows}
            columns={columns}
            density={density}
            sort={sort}
            today={today}
            chosenId={chosenId}
            unseen={table.unseen}
            marked={marks.ids}
            beginAt={Math.max(0, beginAt ?? 0)}
            handle={handle}
            onSort={onSort}
            onOpen={open}
            onMark={marks.mark}
            onMarkAll={marks.markAll}
          />
        )}
        {marks.matches.length > 0 ? (
          <Bulk matches={marks.matches} onClear={marks.clear} />
        ) : (
          letters && <p className={classes.foot}>{texts.matches.keys}</p>
        )}
      </div>
    </Page>
  );
};
