import { Table } from "@mantine/core";
import { type AlertLevel, isQuiet, levelOf, notifyRule } from "../../../shared/alert.ts";
import { configFields, type SettingName } from "../../../shared/config.ts";
import { minuteMs } from "../../../shared/duration.ts";
import { severities } from "../../../shared/message.ts";
import { hrefOf } from "../../navigation.ts";
import { LevelMark } from "../../parts/Level.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useNow } from "../../parts/useNow.ts";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import classes from "./Alerts.module.css";
import { Messengers } from "./Messengers.tsx";

const levels: readonly AlertLevel[] = ["critical", "warning", "info"];

/** The settings that decide, read as the service reads them. */
const useRules = () => {
  const settings = useDesk((state) => state.settings);
  const read = (name: SettingName): string => settings.find((setting) => setting.name === name)?.value ?? "";
  const notify = configFields.AVSPARK_NOTIFY.schema.safeParse(read("AVSPARK_NOTIFY"));
  const matchHours = configFields.AVSPARK_NOTIFY_MATCHES.schema.safeParse(read("AVSPARK_NOTIFY_MATCHES"));
  return {
    notify: notify.success ? notify.data : "warning",
    matchHours: matchHours.success ? matchHours.data : 0,
    quietHours: read("AVSPARK_QUIET_HOURS"),
  } as const;
};

/** What interrupts a person and when, in words, and where that is changed. */
export const Rules = () => {
  const { texts, format } = useWords();
  const { notify, matchHours, quietHours } = useRules();
  const muted = useDesk((state) => state.notificationsMuted);
  const now = useNow(minuteMs);
  const words = texts.alertsView.rules;
  const hasQuiet = quietHours !== "";
  const ruleText = (level: AlertLevel): string => {
    const rule = notifyRule(level, notify);
    return words.rule[rule === "outside-quiet-hours" && !hasQuiet ? "always-without-quiet" : rule];
  };
  return (
    <Panel title={words.title}>
      {muted && <p className={classes.muted}>{words.muted}</p>}
      <Table className={classes.rules ?? ""} aria-label={words.title} horizontalSpacing={0}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.level}</Table.Th>
            <Table.Th>{words.notifies}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {levels.map((level) => (
            <Table.Tr key={level}>
              <Table.Th scope="row">
                <span className={classes.ruleLevel}>
                  <LevelMark level={level} />
                  {texts.alerts.level[level]}
                </span>
                <span className={classes.meta}>
                  {severities
                    .filter((severity) => levelOf(severity) === level)
                    .map((severity) => texts.message.severity[severity].toLocaleLowerCase())
                    .join(", ")}
                </span>
              </Table.Th>
              <Table.Td>{ruleText(level)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <a className={classes.link} href={hrefOf("settings", "AVSPARK_NOTIFY")}>
        {words.change.notify}
      </a>
      <h3 className={classes.ruleTitle}>{words.matches}</h3>
      <p className={classes.ruleText}>{matchHours === 0 ? words.noMatches : words.matchesWithin(matchHours)}</p>
      <a className={classes.link} href={hrefOf("settings", "AVSPARK_NOTIFY_MATCHES")}>
        {words.change.matches}
      </a>
      <h3 className={classes.ruleTitle}>{words.quietHours}</h3>
      <p className={classes.ruleText}>
        {hasQuiet ? words.quiet(quietHours.replace("-", "–")) : words.noQuiet}
        {isQuiet(quietHours, format.time(now)) && ` ${words.quietNow(quietHours.split("-")[1] ?? "")}`}
      </p>
      <a className={classes.link} href={hrefOf("settings", "AVSPARK_QUIET_HOURS")}>
        {words.change.quietHours}
      </a>
      <Messengers />
      <p className={classes.ruleNote}>{words.once}</p>
    </Panel>
  );
};
