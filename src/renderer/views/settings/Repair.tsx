import { Button, Loader } from "@mantine/core";
import { IconPlayerPlay, IconRefresh } from "@tabler/icons-react";
import { configFields, type Setting, type SettingName } from "../../../shared/config.ts";
import type { Problem, ProblemKind } from "../../../shared/problem.ts";
import { Panel } from "../../parts/Panel.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { useSession } from "../../session.ts";
import { useWords } from "../../words.tsx";
import { DraftRow } from "./DraftRow.tsx";
import classes from "./Settings.module.css";
import { useSave } from "./useSave.ts";

/** The settings that mend what is no setting's own fault. */
const mending: Readonly<Partial<Record<ProblemKind, readonly SettingName[]>>> = {
  "settings-unreadable": ["REDIS_URL", "AVSPARK_MATCHES_URL"],
  "listen-failed": ["AVSPARK_HTTP_HOST", "AVSPARK_HTTP_PORT", "AVSPARK_HTTP_SOCKET"],
  "service-unreachable": ["AVSPARK_SERVICE_URL"],
  "service-strange": ["AVSPARK_SERVICE_URL"],
  "service-insecure": ["AVSPARK_SERVICE_URL"],
  "service-certificate": ["AVSPARK_SERVICE_URL", "AVSPARK_SERVICE_CA_FILE"],
  "service-sign-in": ["AVSPARK_SERVICE_TOKEN"],
  "token-required": ["AVSPARK_HTTP_HOST", "AVSPARK_HTTP_TOKEN"],
};

/** Whether it leads to a service elsewhere. */
const isWayThere = (name: SettingName): boolean => configFields[name].group === "service";

type RepairProps = { readonly problem: Problem; readonly settings: readonly Setting[] };

/** What a person can do when the service cannot start: the settings that are wrong, on the spot, and another try. */
export const Repair = ({ problem, settings }: RepairProps) => {
  const { texts } = useWords();
  const { call, connect } = useSession();
  const save = useSave();
  // Where the service is elsewhere, what this computer's own would lack is no matter.
  const isElsewhere = problem.kind.startsWith("service-");
  const wrong = settings.filter(
    (setting) =>
      (setting.problem !== null && (!isElsewhere || isWayThere(setting.name))) ||
      mending[problem.kind]?.includes(setting.name),
  );
  const saving = save.state.name === "saving";
  const saveAndStart = async (): Promise<void> => {
    await save.save(false);
    await connect();
  };
  const way = settings.filter(({ name, locked }) => isWayThere(name) && !locked);
  const attached = way.some(({ name, value }) => name === "AVSPARK_SERVICE_URL" && value !== "");
  const runHere = async (): Promise<void> => {
    await call("saveSettings", { values: Object.fromEntries(way.map(({ name }) => [name, ""])) });
    await connect();
  };
  const locked = wrong.every((setting) => setting.locked);
  const start = (
    <Button
      variant="filled"
      disabled={save.count === 0 || save.wrong.length > 0}
      aria-busy={saving}
      leftSection={saving ? <Loader size={14} color="currentColor" /> : <IconPlayerPlay size={15} aria-hidden="true" />}
      onClick={() => !saving && void saveAndStart()}
    >
      {texts.settings.repair.run}
    </Button>
  );
  return (
    <div className={classes.repair}>
      <ProblemNote problem={problem}>
        <Button
          {...(save.count === 0 && { variant: "filled" })}
          leftSection={<IconRefresh size={16} aria-hidden="true" />}
          onClick={() => void connect()}
        >
          {texts.app.actions.retry}
        </Button>
        {attached && <Button onClick={() => void runHere()}>{texts.attached.here}</Button>}
        <Button onClick={() => void call("showLog", {})}>{texts.app.actions.showLog}</Button>
        <Button onClick={() => void call("quit", {})}>{texts.desktop.quit}</Button>
      </ProblemNote>
      {wrong.length > 0 && (
        <Panel
          title={texts.settings.repair.title}
          padding="none"
          {...(locked ? { note: texts.advice["setting-locked"].remedy } : { actions: start })}
        >
          {wrong.map((setting) => (
            <DraftRow key={setting.name} setting={setting} refused={save.refused[setting.name] ?? null} />
          ))}
        </Panel>
      )}
    </div>
  );
};
