import { CloseButton, Skeleton, Tabs } from "@mantine/core";
import { IconFileUnknown, IconHandClick } from "@tabler/icons-react";
import { useMemo } from "react";
import type { Output } from "../../../shared/contract.ts";
import type { MessageSummary } from "../../../shared/message.ts";
import { hrefOf } from "../../navigation.ts";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { JsonTree } from "../../parts/json/JsonTree.tsx";
import type { Json } from "../../parts/json/tree.ts";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { useQuery } from "../../parts/useQuery.ts";
import { useWords } from "../../words.tsx";
import classes from "./MessageDetail.module.css";
import { MessageDifference } from "./MessageDifference.tsx";

/** Time from the publisher to here; null when the publisher gave no time. */
const latency = ({ publishedAt, receivedAt }: MessageSummary): number | null =>
  publishedAt === null ? null : Math.max(0, Date.parse(receivedAt) - Date.parse(publishedAt));

type Opened = Output<"message">;

const parse = (text: string): { readonly json: Json } | null => {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return null;
  }
};

const Content = ({ payload }: { readonly payload: string | null }) => {
  const { texts } = useWords();
  const parsed = useMemo(() => (payload === null ? null : parse(payload)), [payload]);
  const words = texts.stream.detail;
  if (payload === null) return <Empty icon={IconFileUnknown} title={words.noPayload} about={words.noPayloadAbout} />;
  if (parsed !== null) return <JsonTree key={payload} value={parsed.json} />;
  return (
    <div className={classes.raw}>
      <p>
        {words.notJson} <CopyButton value={payload} />
      </p>
      <pre>{payload}</pre>
    </div>
  );
};

const Facts = ({ opened, titles }: { readonly opened: Opened; readonly titles: ReadonlyMap<string, string> }) => {
  const { texts, format } = useWords();
  const { message, rejections } = opened;
  const words = texts.stream.detail;
  const late = latency(message);
  const matchIds = message.gist.type === "match_updates" ? message.gist.matchIds : [];
  return (
    <dl className={classes.facts}>
      <dt>{words.received}</dt>
      <dd>{format.full(message.receivedAt)}</dd>
      {message.publishedAt !== null && late !== null && (
        <>
          <dt>{words.latency}</dt>
          <dd>{format.duration(late)}</dd>
        </>
      )}
      <dt>{texts.stream.filter.channel}</dt>
      <dd>{message.channel}</dd>
      <dt>{texts.stream.filter.verdict}</dt>
      <dd>
        {texts.message.verdict[message.verdict]} · {format.bytes(message.bytes)}
      </dd>
      {message.messageId !== null && (
        <>
          <dt>{words.id}</dt>
          <dd>
            <code>{message.messageId}</code>
          </dd>
        </>
      )}
      {matchIds.length > 0 && (
        <>
          <dt>{words.matches}</dt>
          <dd className={classes.matches}>
            {matchIds.map((id) => (
              <a key={id} href={hrefOf("matches", id)}>
                {titles.get(id) ?? id}
              </a>
            ))}
          </dd>
        </>
      )}
      {rejections.length > 0 && (
        <>
          <dt>{words.refused}</dt>
          <dd>
            {rejections.map(({ path, reason }) => (
              <div key={`${path} ${reason}`} className={classes.rejection}>
                <code>{path}</code> {reason}
              </div>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
};

const Opening = () => {
  const { texts } = useWords();
  return (
    <div className={classes.opening} role="status" aria-label={texts.app.loading}>
      <Skeleton height={104} />
      <Skeleton height={260} />
    </div>
  );
};

type MessageDetailProps = {
  readonly id: number | null;
  readonly personal: boolean;
  readonly titles: ReadonlyMap<string, string>;
  /** What to say while none is chosen. */
  readonly nothing: { readonly title: string; readonly about: string };
  readonly onClose: () => void;
};

/** What is in the chosen message, and how it differs from the one before. */
export const MessageDetail = ({ id, personal, titles, nothing, onClose }: MessageDetailProps) => {
  const { texts } = useWords();
  const query = useQuery("message", id === null ? null : { id, personal });
  const words = texts.stream.detail;
  if (id === null) return <Empty icon={IconHandClick} {...nothing} />;
  return (
    <section className={classes.detail} aria-label={words.title}>
      <header className={classes.header}>
        <h2>
          {query.state === "ready" ? texts.message.type[query.value.message.gist.type] : words.title}{" "}
          <span className={classes.number}>{id}</span>
        </h2>
        <CloseButton size="sm" aria-label={texts.app.actions.close} onClick={onClose} />
      </header>
      {query.state === "loading" && <Opening />}
      {query.state === "failed" && (
        <div className={classes.opening}>
          <ProblemNote problem={query.problem} />
        </div>
      )}
      {query.state === "ready" && (
        <>
          <Facts opened={query.value} titles={titles} />
          <Tabs defaultValue="content" keepMounted={false} className={classes.tabs ?? ""}>
            <Tabs.List>
              <Tabs.Tab value="content">{words.content}</Tabs.Tab>
              <Tabs.Tab value="difference">{words.difference}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="content" className={classes.panel ?? ""}>
              <Content payload={query.value.payload} />
            </Tabs.Panel>
            <Tabs.Panel value="difference" className={classes.panel ?? ""}>
              <MessageDifference opened={query.value} personal={personal} titles={titles} />
            </Tabs.Panel>
          </Tabs>
        </>
      )}
    </section>
  );
};
