import { IconReload } from "@tabler/icons-react";
import { type ReactNode, useMemo, useState } from "react";
import { ok } from "../../../shared/problem.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import type { Action } from "../../parts/action.ts";
import { useOffer } from "../../parts/offers.tsx";
import { Page } from "../../parts/Page.tsx";
import { PaperTable } from "../../parts/Shown.tsx";
import { useKeys } from "../../parts/useKeys.ts";
import { useCall, useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import { MessageDetail } from "./MessageDetail.tsx";
import { refusedTable } from "./paper.ts";
import classes from "./Quarantine.module.css";
import { QuarantineList } from "./QuarantineList.tsx";
import stream from "./Stream.module.css";
import { useQuarantine } from "./useQuarantine.ts";

/** Decodes one refused message again, or all of them. */
const useReplay = (id: number | null, done: () => void): Action => {
  const { texts, format } = useWords();
  const call = useCall();
  return useMemo(
    () => ({
      id: id === null ? "replay-all" : `replay-${id}`,
      label: id === null ? texts.stream.quarantine.replayAll : texts.stream.quarantine.replay,
      icon: IconReload,
      run: async () => {
        const answer = await call("replay", id === null ? {} : { id });
        if (!answer.ok) return answer;
        done();
        const { replayed, accepted } = answer.value;
        return ok(
          texts.stream.quarantine.replayed({ replayed: format.number(replayed), accepted: format.number(accepted) }),
        );
      },
    }),
    [id, done, call, texts, format],
  );
};

const noTitles: ReadonlyMap<string, string> = new Map();

/** What could not be read, with the exact place and reason; it can be replayed, one or all. `part` switches back. */
export const Quarantine = ({ part }: { readonly part: ReactNode }) => {
  const said = useWords();
  const { texts } = said;
  const held = useDesk((state) => state.quarantine.count);
  const quarantine = useQuarantine();
  const [chosenId, setChosenId] = useState<number | null>(null);
  const { items, again } = quarantine;
  const all = useReplay(null, again);
  const one = useReplay(chosenId, again);
  useOffer(useMemo(() => [all], [all]));
  const words = texts.stream.quarantine;

  const move = (by: number): void => {
    const index = items.findIndex((item) => item.id === chosenId);
    const next = items[index === -1 ? 0 : Math.min(items.length - 1, Math.max(0, index + by))];
    if (next !== undefined) setChosenId(next.id);
  };
  useKeys([
    ["j", () => move(1)],
    ["ArrowDown", () => move(1)],
    ["k", () => move(-1)],
    ["ArrowUp", () => move(-1)],
    ["Escape", () => setChosenId(null)],
  ]);

  return (
    <Page
      title={texts.app.views.stream}
      layout="fill"
      paper={() => <PaperTable table={refusedTable(items, said)} />}
      note={part}
      actions={<ActionButton action={all} variant="filled" disabled={held === 0} />}
    >
      <div className={stream.frame} data-chosen={chosenId !== null}>
        <div className={stream.left}>
          <div className={classes.head}>
            <p className={classes.about}>{words.about}</p>
            {chosenId !== null && <ActionButton action={one} />}
          </div>
          <QuarantineList quarantine={quarantine} chosenId={chosenId} onChoose={setChosenId} />
          <p className={stream.foot}>
            <span>{words.count(held)}</span>
          </p>
        </div>
        <div className={stream.right}>
          <MessageDetail
            id={chosenId}
            personal={false}
            titles={noTitles}
            nothing={{ title: words.choose, about: words.keys }}
            onClose={() => setChosenId(null)}
          />
        </div>
      </div>
    </Page>
  );
};
