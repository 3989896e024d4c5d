import { Button, Modal, Textarea } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { configFields, type SettingName, shownValue } from "../../../shared/config.ts";
import { ok } from "../../../shared/problem.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import type { Action } from "../../parts/action.ts";
import { Badge } from "../../parts/Badge.tsx";
import { FileButton, useFileDrop } from "../../parts/files.tsx";
import { LongList } from "../../parts/LongList.tsx";
import { useToast } from "../../parts/useToast.tsx";
import { useCall } from "../../session.ts";
import { type Settings, useSettings } from "../../settings.ts";
import { useWords } from "../../words.tsx";
import classes from "./Dialogs.module.css";
import { type Imported, importedText, importedValues, planImport } from "./dotenv.ts";
import { draftProblem } from "./validity.ts";

const levels = {
  new: "info",
  same: "off",
  locked: "off",
  invalid: "critical",
  hidden: "critical",
  unknown: "warning",
  unset: "critical",
  unreadable: "warning",
} as const;

type LineProps = { readonly each: Imported; readonly settings: Settings };

const Line = ({ each, settings }: LineProps) => {
  const { texts, format, language } = useWords();
  const say = texts.settings.import;
  const shown = (name: SettingName, value: string): string => {
    if (value === "") return texts.settings.notSet;
    return configFields[name].secret === true ? say.secret : shownValue(name, value);
  };
  const detail = (): string => {
    switch (each.verdict) {
      case "new":
        return `${shown(each.name, settings[each.name]?.value ?? "")} → ${shown(each.name, each.value)}`;
      case "invalid":
      case "hidden":
        return draftProblem(each.name, each.value, { texts, language }) ?? "";
      case "locked":
      case "same":
        return shown(each.name, settings[each.name]?.value ?? "");
      case "unknown":
      case "unset":
      case "unreadable":
        return say.line(format.number(each.line));
    }
  };
  return (
    <>
      <code className={classes.name}>{each.name === "" ? say.line(format.number(each.line)) : each.name}</code>
      <span className={classes.detail} title={detail()}>
        {each.name === "" ? "" : detail()}
      </span>
      <Badge level={levels[each.verdict]}>{say.verdict[each.verdict]}</Badge>
    </>
  );
};

const Content = ({ onClose }: { readonly onClose: () => void }) => {
  const { texts } = useWords();
  const call = useCall();
  const settings = useSettings();
  const say = texts.settings.import;
  const [text, setText] = useState("");
  const plan = useMemo(() => planImport(text, settings), [text, settings]);
  const values = useMemo(() => importedValues(plan), [plan]);
  const count = Object.keys(values).length;
  const [isText, setIsText] = useState(true);
  const take = async (file: File) => {
    const read = importedText(new Uint8Array(await file.arrayBuffer()));
    setIsText(read !== null);
    setText(read ?? "");
  };
  const tell = useToast();
  const drop = useFileDrop((file) => void take(file));

  const run = useMemo(
    (): Action => ({
      id: "import",
      label: say.run(count),
      icon: IconCheck,
      run: async () => {
        const answer = await call("saveSettings", { values });
        if (!answer.ok) return answer;
        tell(ok(say.done(count)), null);
        onClose();
        return ok(say.done(count));
      },
    }),
    [call, say, values, count, onClose, tell],
  );
  return (
    <div className={classes.drop} data-over={drop.over} {...drop.handlers}>
      <Textarea
        aria-label={say.text}
        placeholder={texts.settings.example.file}
        classNames={{ input: classes.text ?? "" }}
        autosize
        minRows={5}
        maxRows={8}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {!isText && (
        <p className={classes.left} role="alert">
          {say.encoding}
        </p>
      )}
      {plan.length > 0 && (
        <div className={classes.plan}>
          <LongList rows={plan} keyOf={(each) => `${each.line}`} rowHeight={36} label={say.list}>
            {(each) => <Line each={each} settings={settings} />}
          </LongList>
        </div>
      )}
      {plan.length > 0 && count === 0 && <p className={classes.left}>{say.nothing}</p>}
      <div className={classes.foot}>
        <FileButton label={say.choose} accept=".env,text/plain" onFile={(file) => void take(file)} />
        <Button onClick={onClose}>{texts.app.actions.cancel}</Button>
        <ActionButton action={run} variant="filled" disabled={count === 0} />
      </div>
    </div>
  );
};

type ImportDialogProps = { readonly opened: boolean; readonly onClose: () => void };

/** Reads a .env file, shows what would change, and changes it when told to. */
export const ImportDialog = ({ opened, onClose }: ImportDialogProps) => {
  const { texts } = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={640}
      title={texts.settings.import.title}
      closeButtonProps={{ "aria-label": texts.app.actions.close }}
    >
      <p className={classes.about}>{texts.settings.import.about}</p>
      <Content onClose={onClose} />
    </Modal>
  );
};
