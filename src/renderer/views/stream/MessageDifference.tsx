import { Select, Skeleton, Table } from "@mantine/core";
import { IconArrowsDiff } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import type { Output } from "../../../shared/contract.ts";
import type { Problem } from "../../../shared/problem.ts";
import { Empty } from "../../parts/Empty.tsx";
import { differences, type JsonDifference } from "../../parts/json/difference.ts";
import type { Json } from "../../parts/json/tree.ts";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { useCall } from "../../session.ts";
import { useWords } from "../../words.tsx";
import classes from "./MessageDetail.module.css";
import { matchIn, previousOf } from "./previous.ts";

type Opened = Output<"message">;
type Found =
  | { readonly state: "loading" }
  | { readonly state: "none" }
  | { readonly state: "failed"; readonly problem: Problem }
  | { readonly state: "ready"; readonly before: Opened };

/** How far back the previous message of a match is looked for. */
const lookBack = 200;

const parse = (payload: string | null): Json => {
  try {
    return JSON.parse(payload ?? "null");
  } catch {
    // Text that is not JSON holds no match to compare.
    return null;
  }
};

/** The message before this one about the match. */
const usePrevious = (opened: Opened, matchId: string, personal: boolean): Found => {
  const call = useCall();
  const [found, setFound] = useState<Found>({ state: "loading" });
  const { message } = opened;
  useEffect(() => {
    let stale = false;
    const look = async (): Promise<Found> => {
      const list = await call("messages", { matchId, limit: lookBack });
      if (!list.ok) return { state: "failed", problem: list.problem };
      const previous = previousOf(message, list.value.messages);
      if (previous === null) return { state: "none" };
      const before = await call("message", { id: previous.id, personal });
      return before.ok ? { state: "ready", before: before.value } : { state: "failed", problem: before.problem };
    };
    setFound({ state: "loading" });
    void look().then((result) => !stale && setFound(result));
    return () => {
      stale = true;
    };
  }, [call, message, matchId, personal]);
  return found;
};

const short = (value: Json): string => JSON.stringify(value);

const DifferenceRow = ({ difference }: { readonly difference: JsonDifference }) => {
  const { texts } = useWords();
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes.path ?? ""}>
        {difference.path}
        <span className={classes.kind}>{texts.stream.difference[difference.kind]}</span>
      </Table.Th>
      <Table.Td>{difference.kind !== "added" && <del>{short(difference.before)}</del>}</Table.Td>
      <Table.Td>{difference.kind !== "removed" && <ins>{short(difference.after)}</ins>}</Table.Td>
    </Table.Tr>
  );
};

type ComparedProps = { readonly opened: Opened; readonly matchId: string; readonly personal: boolean };

const Compared = ({ opened, matchId, personal }: ComparedProps) => {
  const { texts, format } = useWords();
  const found = usePrevious(opened, matchId, personal);
  const words = texts.stream.difference;
  const list = useMemo(
    () =>
      found.state === "ready"
        ? differences(matchIn(parse(found.before.payload), matchId), matchIn(parse(opened.payload), matchId))
        : [],
    [found, opened.payload, matchId],
  );
  if (found.state === "loading") return <Skeleton height={180} m="sm" />;
  if (found.state === "failed") return <ProblemNote problem={found.problem} />;
  if (found.state === "none") return <Empty icon={IconArrowsDiff} title={words.none} />;
  return (
    <>
      <p className={classes.against}>{words.previous(format.full(found.before.message.receivedAt))}</p>
      {list.length === 0 ? (
        <Empty icon={IconArrowsDiff} title={words.same} />
      ) : (
        <Table className={classes.differences ?? ""} aria-label={words.table}>
          <Table.Tbody>
            {list.map((difference) => (
              <DifferenceRow key={difference.path} difference={difference} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
};

type MessageDifferenceProps = {
  readonly opened: Opened;
  readonly personal: boolean;
  readonly titles: ReadonlyMap<string, string>;
};

/** What this message says differently of a match than the message before it. */
export const MessageDifference = ({ opened, personal, titles }: MessageDifferenceProps) => {
  const { texts } = useWords();
  const { gist } = opened.message;
  const matchIds = gist.type === "match_updates" ? gist.matchIds : [];
  const [chosen, setChosen] = useState<string | null>(null);
  const matchId = chosen !== null && matchIds.includes(chosen) ? chosen : matchIds[0];
  const words = texts.stream.difference;
  if (matchId === undefined) return <Empty icon={IconArrowsDiff} title={words.noMatch} />;
  return (
    <div className={classes.compare}>
      {matchIds.length > 1 && (
        <Select
          aria-label={words.match}
          data={matchIds.map((id) => ({ value: id, label: titles.get(id) ?? id }))}
          value={matchId}
          onChange={setChosen}
          allowDeselect={false}
        />
      )}
      <Compared opened={opened} matchId={matchId} personal={personal} />
    </div>
  );
};
