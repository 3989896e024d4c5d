import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { IconZzz } from "@tabler/icons-react";
import type { Alert } from "../../shared/alert.ts";
import { minuteMs } from "../../shared/duration.ts";
import { useDesk } from "../session.ts";
import { useWords } from "../words.tsx";
import { nextKickoff, snoozeTimes } from "./snooze.ts";
import { useAlertActions } from "./useAlertActions.ts";
import { useNow } from "./useNow.ts";

type SnoozeMenuProps = { readonly alert: Alert; readonly look?: "icon" | "button" };

/** Looked for when the menu is open, and no sooner. */
const UntilKickoff = ({ alert }: Pick<SnoozeMenuProps, "alert">) => {
  const { texts, format } = useWords();
  const { snooze } = useAlertActions();
  const now = useNow(minuteMs);
  const kickoff = useDesk((state) => nextKickoff(state.matches, now));
  if (kickoff === null) return null;
  return (
    <Menu.Item onClick={() => void snooze(alert, kickoff)}>
      {texts.alerts.snooze.kickoff(format.moment(kickoff, now))}
    </Menu.Item>
  );
};

/** Hides an alert for an hour, until tomorrow, or until the next kick-off. */
export const SnoozeMenu = ({ alert, look = "icon" }: SnoozeMenuProps) => {
  const { texts } = useWords();
  const { snooze } = useAlertActions();
  const label = texts.app.actions.snooze;
  return (
    <Menu>
      <Menu.Target>
        {look === "icon" ? (
          <Tooltip label={label}>
            <ActionIcon aria-label={label} size="sm">
              <IconZzz size={16} aria-hidden="true" />
            </ActionIcon>
          </Tooltip>
        ) : (
          <Button leftSection={<IconZzz size={15} aria-hidden="true" />}>{label}</Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{label}</Menu.Label>
        <Menu.Item onClick={() => void snooze(alert, snoozeTimes(Date.now()).hour)}>
          {texts.alerts.snooze.hour}
        </Menu.Item>
        <Menu.Item onClick={() => void snooze(alert, snoozeTimes(Date.now()).tomorrow)}>
          {texts.alerts.snooze.tomorrow}
        </Menu.Item>
        <UntilKickoff alert={alert} />
      </Menu.Dropdown>
    </Menu>
  );
};
