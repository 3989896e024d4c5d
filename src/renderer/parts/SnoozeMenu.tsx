import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconZzz } from "@tabler/icons-react";
import type { Alert } from "../../shared/alert.ts";
import type { Instant } from "../../shared/instant.ts";
import { dayAfter, stockholmDay, stockholmInstant } from "../../shared/text/format.ts";
import { useCall, useDesk } from "../session.ts";
import { useWords } from "../words.tsx";
import { useNow } from "./useNow.ts";

/** Hides an alert for an hour, until tomorrow, or until the next kick-off. */
export const SnoozeMenu = ({ alert }: { readonly alert: Alert }) => {
  const { texts, format } = useWords();
  const call = useCall();
  const now = useNow(60_000);
  const soon = new Date(now + 60_000).toISOString();
  const nextKickoff = useDesk(
    (state) => state.matches.find(({ kickoff }) => kickoff !== null && kickoff > soon)?.kickoff ?? null,
  );
  const snooze = async (until: Instant) => {
    const answer = await call("snooze", { id: alert.id, until });
    if (!answer.ok) {
      const { what, remedy } = texts.advice[answer.problem.kind];
      notifications.show({ color: "red", title: what, message: remedy });
    }
  };
  const tomorrow = stockholmInstant(dayAfter(stockholmDay(now), 1), "07:00");
  return (
    <Menu>
      <Menu.Target>
        <Tooltip label={texts.app.actions.snooze}>
          <ActionIcon aria-label={texts.app.actions.snooze} size="sm">
            <IconZzz size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{texts.app.actions.snooze}</Menu.Label>
        <Menu.Item onClick={() => void snooze(new Date(Date.now() + 3_600_000).toISOString())}>
          {texts.alerts.snooze.hour}
        </Menu.Item>
        <Menu.Item onClick={() => void snooze(tomorrow)}>{texts.alerts.snooze.tomorrow}</Menu.Item>
        {nextKickoff !== null && (
          <Menu.Item onClick={() => void snooze(nextKickoff)}>
            {texts.alerts.snooze.kickoff(format.moment(nextKickoff, now))}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
};
