import { Button, Loader, Menu } from "@mantine/core";
import { IconDownload, IconUserOff, IconUserScan } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { ok } from "../../../shared/problem.ts";
import type { Action } from "../../parts/action.ts";
import { useOffer } from "../../parts/offers.tsx";
import { useToast } from "../../parts/useToast.tsx";
import { useCall } from "../../session.ts";
import { useWords } from "../../words.tsx";
import type { Filter } from "./filter.ts";
import classes from "./Stream.module.css";

/** Exports what is filtered; each time the person says whether with personal data. */
const useExports = (filter: Filter): { readonly redacted: Action; readonly personal: Action } => {
  const { texts } = useWords();
  const call = useCall();
  return useMemo(() => {
    const words = texts.stream;
    const run = (personal: boolean): Action["run"] => {
      const { channel, type, verdict, search } = filter;
      return async () => {
        const answer = await call("exportMessages", {
          personal,
          ...(channel !== null && { channel }),
          ...(type !== null && { type }),
          ...(verdict !== null && { verdict }),
          ...(search.trim() !== "" && { search: search.trim() }),
        });
        if (!answer.ok) return answer;
        const { file, messages } = answer.value;
        return ok(file === null ? words.exportCancelled : words.exported({ messages, file }));
      };
    };
    const action = (id: "redacted" | "personal", icon: Action["icon"]): Action => ({
      id: `export-${id}`,
      label: words.export[id],
      icon,
      run: run(id === "personal"),
    });
    return { redacted: action("redacted", IconUserOff), personal: action("personal", IconUserScan) };
  }, [texts, call, filter]);
};

export const ExportMenu = ({ filter }: { readonly filter: Filter }) => {
  const { texts } = useWords();
  const exports = useExports(filter);
  const [running, setRunning] = useState(false);
  const tell = useToast();
  const words = texts.stream.export;
  useOffer(
    useMemo(
      () => Object.values(exports).map((action) => ({ ...action, label: `${words.open}: ${action.label}` })),
      [exports, words],
    ),
  );
  const start = async ({ run }: Action): Promise<void> => {
    setRunning(true);
    const result = await run();
    setRunning(false);
    tell(result, null);
  };
  return (
    <Menu width={320}>
      <Menu.Target>
        <Button
          aria-busy={running}
          disabled={running}
          leftSection={running ? <Loader size={14} color="gray" /> : <IconDownload size={16} aria-hidden="true" />}
        >
          {words.open}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words.about}</Menu.Label>
        <Menu.Item
          leftSection={<exports.redacted.icon size={16} aria-hidden="true" />}
          onClick={() => void start(exports.redacted)}
        >
          {words.redacted}
        </Menu.Item>
        <Menu.Item
          leftSection={<exports.personal.icon size={16} aria-hidden="true" />}
          onClick={() => void start(exports.personal)}
        >
          {words.personal}
          <span className={classes.itemAbout}>{words.personalAbout}</span>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
