import { Button, Menu } from "@mantine/core";
import {
  IconCopy,
  IconFileSpreadsheet,
  IconFileTypeCsv,
  IconFileTypePdf,
  IconPrinter,
  IconShare2,
} from "@tabler/icons-react";
import { memo, useLayoutEffect, useMemo, useRef } from "react";
import type { Input } from "../../shared/contract.ts";
import { ok } from "../../shared/problem.ts";
import { csvOf, type Table, textOf } from "../../shared/table.ts";
import { useCall } from "../session.ts";
import { useWords } from "../words.tsx";
import type { Action } from "./action.ts";
import { useOffer } from "./offers.tsx";
import classes from "./Shown.module.css";
import { useToast } from "./useToast.tsx";

/** What a view shows, made when it is asked for; it stays the same while what is shown does. */
export type TableOf = () => Table;

/** Numbers stand in Swedish with a comma, so that the cells do not. */
const separators = { sv: ";", en: "," } as const;

const useActions = (tableOf: TableOf): readonly Action[] => {
  const { texts, language } = useWords();
  const call = useCall();
  const latest = useRef(tableOf);
  useLayoutEffect(() => {
    latest.current = tableOf;
  });
  return useMemo(() => {
    const table = (): Table => latest.current();
    const words = texts.app.shown;
    const action = (
      id: "copy" | "csv" | "xlsx" | "pdf" | "print",
      icon: Action["icon"],
      run: Action["run"],
    ): Action => ({
      id: `shown-${id}`,
      label: words[id],
      icon,
      run,
    });
    const saving = (make: (table: Table) => Input<"saveShown">) => async () => {
      const answer = await call("saveShown", make(table()));
      if (!answer.ok) return answer;
      return ok(answer.value.file === null ? "" : words.saved(answer.value.file));
    };
    return [
      action("copy", IconCopy, async () => {
        await navigator.clipboard.writeText(textOf(table()));
        return ok(texts.app.actions.copied);
      }),
      action(
        "csv",
        IconFileTypeCsv,
        saving((table) => ({ as: "csv", name: table.title, text: csvOf(table, separators[language]) })),
      ),
      action(
        "xlsx",
        IconFileSpreadsheet,
        saving((table) => ({ as: "xlsx", name: table.title, table })),
      ),
      action(
        "pdf",
        IconFileTypePdf,
        saving(({ title }) => ({ as: "pdf", name: title })),
      ),
      action("print", IconPrinter, async () => {
        window.print();
        return ok("");
      }),
    ];
  }, [texts, language, call]);
};

/** Takes away what is shown: copied, as a file, or on paper. */
export const ShownMenu = ({ tableOf }: { readonly tableOf: TableOf }) => {
  const actions = useActions(tableOf);
  useOffer(actions);
  return <ActionsMenu actions={actions} />;
};

const ActionsMenu = memo(({ actions }: { readonly actions: readonly Action[] }) => {
  const { texts } = useWords();
  const toast = useToast();
  const run = async (action: Action): Promise<void> => {
    toast(await action.run(), null);
  };
  return (
    <Menu>
      <Menu.Target>
        <Button leftSection={<IconShare2 size={15} aria-hidden="true" />}>{texts.app.shown.open}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action) => (
          <Menu.Item
            key={action.id}
            leftSection={<action.icon size={15} aria-hidden="true" />}
            onClick={() => void run(action)}
          >
            {action.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
});

/** So many columns have room on a sheet that stands. */
const mostUpright = 6;

/** The whole of a table on paper, its head on each sheet; on the screen only what is seen is drawn. */
export const PaperTable = ({ table: { columns, rows } }: { readonly table: Table }) => (
  <table className={classes.paper} data-wide={columns.length > mostUpright || undefined}>
    <thead>
      <tr>
        {columns.map(({ label }) => (
          <th key={label} scope="col">
            {label}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: drawn once, for the printer
        <tr key={index}>
          {columns.map(({ label, kind }, column) => (
            <td key={label} data-kind={kind}>
              {row[column]}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);
