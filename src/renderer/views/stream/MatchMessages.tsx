import { Skeleton } from "@mantine/core";
import { IconMessageOff } from "@tabler/icons-react";
import { useState } from "react";
import { minuteMs } from "../../../shared/duration.ts";
import type { MessageSummary } from "../../../shared/message.ts";
import { hrefOf } from "../../navigation.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { MoreButton } from "../../parts/MoreButton.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useNow } from "../../parts/useNow.ts";
import { VisuallyHidden } from "../../parts/VisuallyHidden.tsx";
import { useWords } from "../../words.tsx";
import { channelText } from "../matches/page/asText.ts";
import classes from "./MatchTold.module.css";

const shownFirst = 10;

const levels = { valid: "ok", partly: "warning", duplicate: "off", invalid: "critical" } as const;

const MessageRow = ({ message }: { readonly message: MessageSummary }) => {
  const { texts, format } = useWords();
  const now = useNow(minuteMs);
  const { gist } = message;
  const dialect = gist.type === "match_updates" && gist.dialect !== null ? texts.match.dialect[gist.dialect] : null;
  return (
    <li className={classes.message}>
      <a className={classes.messageLink} href={hrefOf("stream", String(message.id))}>
        <time dateTime={message.receivedAt} title={format.full(message.receivedAt)}>
          {format.moment(message.receivedAt, now)}
        </time>
        <VisuallyHidden> {texts.matches.page.openMessage(format.number(message.id))}</VisuallyHidden>
      </a>
      <span className={classes.messageMain}>
        {dialect !== null && `${dialect} · `}
        <span className={classes.dim}>{channelText(message.channel, texts)}</span>
      </span>
      {message.verdict !== "valid" && (
        <Badge level={levels[message.verdict]}>{texts.message.verdict[message.verdict]}</Badge>
      )}
      <span className={classes.size}>{format.bytes(message.bytes)}</span>
    </li>
  );
};

/** The raw messages that spoke of the match, newest first; null while they are fetched. */
export const MatchMessages = ({ messages }: { readonly messages: readonly MessageSummary[] | null }) => {
  const { texts } = useWords();
  const [all, setAll] = useState(false);
  const words = texts.matches.page;
  return (
    <Panel
      title={words.messages}
      note={messages === null || messages.length === 0 ? undefined : texts.stream.shown(messages.length)}
      padding="none"
    >
      {messages === null && <Skeleton height={120} m="md" w="auto" />}
      {messages?.length === 0 && <Empty icon={IconMessageOff} title={words.noMessages} about={words.noMessagesAbout} />}
      <ul className={classes.list}>
        {messages?.slice(0, all ? messages.length : shownFirst).map((message) => (
          <MessageRow key={message.id} message={message} />
        ))}
      </ul>
      {messages !== null && messages.length > shownFirst && (
        <div className={classes.foot}>
          <MoreButton open={all} more={messages.length - shownFirst} onToggle={() => setAll(!all)} />
        </div>
      )}
    </Panel>
  );
};
