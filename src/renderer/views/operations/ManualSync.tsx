import { Button, Textarea } from "@mantine/core";
import { IconBraces, IconCalendarPlus, IconEraser, IconFileText } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { FileButton, useFileDrop } from "../../parts/files.tsx";
import { LevelMark } from "../../parts/Level.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useWords } from "../../words.tsx";
import classes from "./ManualSync.module.css";
import { type MatchFile, readMatchFile, textOfFile } from "./manual/matchFile.ts";
import { RunResult } from "./manual/RunResult.tsx";
import { useManualSync } from "./manual/useManualSync.ts";

/** A longer text would make the field slow; it is named instead of shown. */
const shownCharacters = 100_000;
const largestFile = 50_000_000;

type Source = { readonly text: string; readonly fileName: string | null };
const nothing: Source = { text: "", fileName: null };

/** Why a file is not even looked into. */
type FileFault = "tooLarge" | "notText";

const Verdict = ({ file, source }: { readonly file: MatchFile; readonly source: Source }) => {
  const { texts, format } = useWords();
  const say = texts.calendars.manual;
  switch (file.kind) {
    case "empty":
      return <span className={classes.dim}>{say.hint}</span>;
    case "not-json":
      return (
        <>
          <LevelMark level="critical" size={15} />
          <span title={file.message}>
            {file.line === null ? say.notJson : say.notJsonLine(format.number(file.line))}
            <span className={classes.technical}> {file.message}</span>
          </span>
        </>
      );
    case "no-list":
      return (
        <>
          <LevelMark level="critical" size={15} />
          <span>{say.noList}</span>
        </>
      );
    case "matches":
      return (
        <>
          <LevelMark level="ok" size={15} />
          <span>
            {texts.match.matches(file.matches.length)}
            <span className={classes.dim}> · {format.bytes(source.text.length)}</span>
          </span>
        </>
      );
  }
};

/** Matches put in by hand: pasted or dropped, read, sent, and each one's fate told. */
export const ManualSync = ({ asked }: { readonly asked: boolean }) => {
  const { texts } = useWords();
  const say = texts.calendars.manual;
  const [source, setSource] = useState<Source>(nothing);
  const [fault, setFault] = useState<FileFault | null>(null);
  const { run, start, clear } = useManualSync();
  const field = useRef<HTMLTextAreaElement>(null);
  const file = useMemo(() => readMatchFile(source.text), [source.text]);
  const running = run.name === "running";

  useEffect(() => {
    if (asked) field.current?.focus();
  }, [asked]);

  const put = (next: Source) => {
    setSource(next);
    setFault(null);
    clear();
  };
  const refuse = (why: FileFault) => {
    put(nothing);
    setFault(why);
  };
  const take = async (chosen: File) => {
    if (chosen.size > largestFile) return refuse("tooLarge");
    const text = textOfFile(new Uint8Array(await chosen.arrayBuffer()));
    if (text === null) return refuse("notText");
    put({ text, fileName: chosen.name });
  };
  const drop = useFileDrop((dropped) => void take(dropped));
  const hidden = source.text.length > shownCharacters;

  return (
    <Panel title={say.title} note={say.about}>
      <div className={classes.body}>
        <div className={classes.input} data-over={drop.over} {...drop.handlers}>
          {hidden ? (
            <div className={classes.file}>
              <IconFileText size={26} stroke={1.4} aria-hidden="true" />
              <span>{source.fileName ?? say.pasted}</span>
            </div>
          ) : (
            <Textarea
              ref={field}
              aria-label={say.field}
              placeholder={say.placeholder}
              classNames={{
                root: classes.fieldRoot ?? "",
                wrapper: classes.fieldRoot ?? "",
                input: classes.field ?? "",
              }}
              spellCheck={false}
              readOnly={running}
              value={source.text}
              onChange={(event) => put({ text: event.currentTarget.value, fileName: null })}
            />
          )}
          <p className={classes.verdict} role="status">
            {fault !== null ? (
              <>
                <LevelMark level="critical" size={15} />
                {say[fault]}
              </>
            ) : (
              <Verdict file={file} source={source} />
            )}
          </p>
          <div className={classes.buttons}>
            <FileButton label={say.choose} accept=".json,application/json" onFile={(chosen) => void take(chosen)} />
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconEraser size={16} aria-hidden="true" />}
              disabled={source.text === "" || running}
              onClick={() => put(nothing)}
            >
              {say.clear}
            </Button>
            <Button
              className={classes.run}
              variant="filled"
              leftSection={<IconCalendarPlus size={16} aria-hidden="true" />}
              disabled={file.kind !== "matches"}
              aria-busy={running}
              aria-disabled={running}
              onClick={() => file.kind === "matches" && !running && void start(file.matches)}
            >
              {file.kind === "matches" ? say.run(file.matches.length) : say.runNone}
            </Button>
          </div>
          {drop.over && (
            <div className={classes.over}>
              <IconBraces size={28} stroke={1.4} aria-hidden="true" />
              {say.drop}
            </div>
          )}
        </div>
        <RunResult run={run} matches={file.kind === "matches" ? file.matches : []} />
      </div>
    </Panel>
  );
};
